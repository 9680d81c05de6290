"""What was found to look like an incident, and what people said of it, in SQL."""

from collections.abc import Collection, Sequence

from sqlalchemy import bindparam, select, union

from core.domain.events import LikenessesFound, LikenessJudged
from core.domain.ids import IncidentId, OrganizationId
from core.domain.likeness import Likeness
from core.domain.state import ACTIVE
from core.ports import JudgedPair
from storage.connection import Connection
from storage.expressions import OneOf
from storage.incidents import Record
from storage.mapping import Mapping
from storage.session import EVERY, Draft
from storage.statements import Statement, replacement
from storage.tables import incidents, likenesses

LIKENESS = Mapping(Likeness)
_KEY = ("incident_id", "other_id")
_VERDICT = frozenset({"verdict", "judged_by", "judged_at"})
_FINDING = frozenset({"kind", "found_at", "score", "rank", "reason", "model"})
_ours = likenesses.c.organization_id == bindparam("organization")
OF_INCIDENT = Statement(
    select(*LIKENESS.columns(likenesses))
    .where(_ours, likenesses.c.incident_id == bindparam("incident"))
    .order_by(
        likenesses.c.rank == 0, likenesses.c.rank, likenesses.c.found_at, likenesses.c.other_id
    )
)
_SHOWN_IN = Statement(
    select(likenesses.c.incident_id)
    .join(incidents, incidents.c.id == likenesses.c.incident_id)
    .where(
        _ours,
        likenesses.c.other_id == bindparam("other"),
        incidents.c.deleted_at.is_(None),
        OneOf(incidents.c.state, "states"),
    )
    .order_by(likenesses.c.incident_id)
)
_FOUND = replacement(likenesses, *_KEY, keep=_VERDICT | {"organization_id"})
_JUDGED = replacement(likenesses, *_KEY, keep=_FINDING | {"organization_id"})
_judged = select(likenesses.c.incident_id, likenesses.c.other_id, likenesses.c.verdict).where(
    _ours, likenesses.c.verdict.is_not(None)
)
_PAIRS = Statement(
    union(
        _judged.where(OneOf(likenesses.c.incident_id, "ids")),
        _judged.where(OneOf(likenesses.c.other_id, "ids")),
    )
)
"""From either side by an index of its own: with OR a database would read all that was found."""


class SqlLikenesses:
    def __init__(self, draft: Draft, organization_id: OrganizationId, record: Record) -> None:
        self._draft = draft
        self._organization_id = organization_id
        self._record = record

    async def of(self, incident_id: IncidentId) -> list[Likeness]:
        which = {"organization": self._organization_id, "incident": incident_id}
        rows = await self._draft.fetch(OF_INCIDENT, which, ("likenesses", incident_id))
        return [LIKENESS.value(row) for row in rows]

    async def shown_in(self, other_id: str) -> list[IncidentId]:
        states = sorted(state.value for state in ACTIVE)
        which = {"organization": self._organization_id, "other": other_id, "states": states}
        sees = ("likenesses", EVERY), ("incidents", EVERY)
        rows = await self._draft.fetch(_SHOWN_IN, which, *sees)
        return [id for (id,) in rows]

    async def found(self, found: Sequence[Likeness], *, because: LikenessesFound) -> None:
        for likeness in found:
            self._stage(_FOUND, likeness)
        self._record(because)

    async def judged(self, likeness: Likeness, *, because: LikenessJudged) -> None:
        self._stage(_JUDGED, likeness)
        self._record(because)

    def _stage(self, statement: Statement, likeness: Likeness) -> None:
        row = LIKENESS.row(likeness, organization_id=self._organization_id)
        self._draft.stage(statement, row, ("likenesses", likeness.incident_id))


async def pairs_with(
    connection: Connection, organization_id: OrganizationId, others: Collection[str]
) -> list[JudgedPair]:
    which = {"organization": organization_id, "ids": sorted(set(others))}
    rows = await connection.fetch(_PAIRS, which)
    return [
        JudgedPair(incident_id=incident_id, other_id=other_id, verdict=verdict)
        for incident_id, other_id, verdict in sorted(rows, key=tuple)
    ]
