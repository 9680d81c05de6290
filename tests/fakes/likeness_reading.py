"""What looks like an incident as it is shown, from the fakes' rows."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from core.domain.article import Article
from core.domain.ids import IncidentId, OrganizationId
from core.domain.procedure import Procedure
from core.domain.state import State
from core.domain.viewer import EVERYTHING, Viewer
from core.ports import Found, VerdictPage, VerdictQuery
from core.views import LikenessRow
from tests.fakes.likenesses import likenesses_of
from tests.fakes.privacy import hidden_from
from tests.fakes.rows import OrganizationRows, Rows
from tests.fakes.showing import row_of


@dataclass(frozen=True)
class FakeLikenessReads:
    rows: Rows
    viewer: Viewer = field(default=EVERYTHING, kw_only=True)

    async def likenesses(
        self, organization_id: OrganizationId, id: IncidentId
    ) -> list[LikenessRow]:
        rows = self.rows.of(organization_id)
        shown = _shown(rows, self.viewer)
        return [
            shown[one.other_id].as_found(one)
            for one in likenesses_of(rows, id)
            if one.other_id in shown and id not in hidden_from(self.viewer, rows)
        ]

    async def likenesses_among(
        self, organization_id: OrganizationId, found: Sequence[Found]
    ) -> list[LikenessRow]:
        shown = _shown(self.rows.of(organization_id), self.viewer)
        return [
            replace(shown[one.id], score=one.score, rank=rank, reason=one.reason)
            for rank, one in enumerate(found, start=1)
            if one.id in shown
        ]

    async def verdicts(self, organization_id: OrganizationId, query: VerdictQuery) -> VerdictPage:
        rows = self.rows.of(organization_id)
        judged = sorted(
            (
                (one.judged_at, one.incident_id, one.other_id, one)
                for one in rows.likenesses.values()
                if one.judged_at
                and one.verdict
                and one.kind in query.kinds
                and not rows.incidents[one.incident_id].deleted_at
                and hidden_from(self.viewer, rows).isdisjoint((one.incident_id, one.other_id))
            ),
            key=lambda place: place[:3],
            reverse=True,
        )
        after = query.after
        rest = [one for one in judged if one[:3] < after] if after else judged[query.offset :]
        shown = tuple(one for *_, one in rest[: query.limit])
        return VerdictPage(rows=shown, total=len(judged), more=len(rest) > query.limit)


def _shown(rows: OrganizationRows, viewer: Viewer) -> dict[str, LikenessRow]:
    incidents = {
        str(one.id): LikenessRow.of_incident(row_of(one, rows))
        for one in rows.incidents.values()
        if one.deleted_at is None and one.state is not State.DRAFT and viewer.sees(one)
    }
    records = {
        one.id: LikenessRow(id=one.id, kind=one.NOUN, title=one.title)
        for one in rows.records.values()
        if isinstance(one, Procedure | Article) and one.deleted_at is None
    }
    return incidents | records
