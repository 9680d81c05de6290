"""What was found to look like an incident, in the fakes' rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from core.domain.events import Event, LikenessesFound, LikenessJudged
from core.domain.ids import IncidentId
from core.domain.likeness import Likeness
from core.domain.state import ACTIVE
from tests.fakes.rows import OrganizationRows


@dataclass(frozen=True, slots=True)
class FakeLikenesses:
    rows: OrganizationRows
    record: Callable[[Event], None]

    async def of(self, incident_id: IncidentId) -> list[Likeness]:
        return likenesses_of(self.rows, incident_id)

    async def shown_in(self, other_id: str) -> list[IncidentId]:
        going_on = {
            id
            for id, incident in self.rows.incidents.items()
            if incident.deleted_at is None and incident.state in ACTIVE
        }
        return sorted(
            one.incident_id
            for one in self.rows.likenesses.values()
            if one.other_id == other_id and one.incident_id in going_on
        )

    async def found(self, found: Sequence[Likeness], *, because: LikenessesFound) -> None:
        for one in found:
            known = self._known(one)
            self._keep(
                replace(
                    one,
                    verdict=known.verdict,
                    judged_by=known.judged_by,
                    judged_at=known.judged_at,
                )
            )
        self.record(because)

    async def judged(self, likeness: Likeness, *, because: LikenessJudged) -> None:
        self._keep(
            replace(
                self._known(likeness),
                verdict=likeness.verdict,
                judged_by=likeness.judged_by,
                judged_at=likeness.judged_at,
            )
        )
        self.record(because)

    def _known(self, likeness: Likeness) -> Likeness:
        return self.rows.likenesses.get((likeness.incident_id, likeness.other_id), likeness)

    def _keep(self, likeness: Likeness) -> None:
        self.rows.likenesses[likeness.incident_id, likeness.other_id] = likeness


def likenesses_of(rows: OrganizationRows, incident_id: IncidentId) -> list[Likeness]:
    ours = [one for one in rows.likenesses.values() if one.incident_id == incident_id]
    return sorted(ours, key=lambda one: (one.rank == 0, one.rank, one.found_at, one.other_id))
