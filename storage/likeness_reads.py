"""What looks like an incident as it is shown, answered from SQL outside any transaction."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from sqlalchemy import BigInteger, Integer, bindparam, func, select, tuple_

from core.domain.ids import IncidentId, OrganizationId
from core.domain.state import State
from core.domain.viewer import EVERYTHING, Viewer
from core.ports import Found, VerdictPage, VerdictQuery
from core.views import LikenessRow
from storage import incident_lists
from storage.connection import Connection
from storage.expressions import Beside, OneOf
from storage.likenesses import LIKENESS, OF_INCIDENT
from storage.privacy import Eyed, hidden_among
from storage.readers import Readers
from storage.statements import Statement
from storage.tables import incidents, likenesses, search_documents
from storage.types import UtcDateTime

_INCIDENTS = Statement(
    select(*incident_lists.COLUMNS)
    .select_from(incident_lists.FROM)
    .where(
        Beside(incidents.c.organization_id) == bindparam("organization"),
        incidents.c.deleted_at.is_(None),
        incidents.c.state != State.DRAFT,
        OneOf(incidents.c.id, "ids"),
    )
)
_RECORDS = Statement(
    select(search_documents.c.id, search_documents.c.kind, search_documents.c.title).where(
        Beside(search_documents.c.organization_id) == bindparam("organization"),
        search_documents.c.kind != "incident",
        OneOf(search_documents.c.id, "ids"),
    )
)

_PLACE = (likenesses.c.judged_at, likenesses.c.incident_id, likenesses.c.other_id)
_judged = (
    likenesses.c.organization_id == bindparam("organization"),
    likenesses.c.verdict.is_not(None),
    OneOf(likenesses.c.kind, "kinds"),
    incidents.c.deleted_at.is_(None),
)
_of_incidents = likenesses.join(incidents, incidents.c.id == likenesses.c.incident_id)
_newest = (
    select(*LIKENESS.columns(likenesses))
    .select_from(_of_incidents)
    .where(*_judged)
    .order_by(*(column.desc() for column in _PLACE))
    .limit(bindparam("limit", type_=Integer))
    .offset(bindparam("offset", type_=BigInteger))
)
_PAIR = (likenesses.c.incident_id, likenesses.c.other_id)
_VERDICTS = Eyed(_newest, *_PAIR)
_LATER_VERDICTS = Eyed(
    _newest.where(
        tuple_(*_PLACE)
        < tuple_(bindparam("at", type_=UtcDateTime), bindparam("incident"), bindparam("other"))
    ),
    *_PAIR,
)
_HOW_MANY = Eyed(select(func.count()).select_from(_of_incidents).where(*_judged), *_PAIR)


class SqlLikenessReads:
    def __init__(self, readers: Readers) -> None:
        self._readers = readers
        self._viewer: Viewer = EVERYTHING

    async def likenesses(
        self, organization_id: OrganizationId, id: IncidentId
    ) -> list[LikenessRow]:
        async def question(connection: Connection) -> list[LikenessRow]:
            which = {"organization": organization_id, "incident": id}
            found = [LIKENESS.value(row) for row in await connection.fetch(OF_INCIDENT, which)]
            ids = [one.other_id for one in found]
            hidden = await hidden_among(connection, organization_id, self._viewer, [id, *ids])
            if id in hidden:
                return []
            rows = await _rows(connection, organization_id, frozenset(ids) - hidden)
            return [rows[one.other_id].as_found(one) for one in found if one.other_id in rows]

        return await self._readers.glance(question)

    async def likenesses_among(
        self, organization_id: OrganizationId, found: Sequence[Found]
    ) -> list[LikenessRow]:
        async def question(connection: Connection) -> list[LikenessRow]:
            ids = frozenset(one.id for one in found)
            hidden = await hidden_among(connection, organization_id, self._viewer, ids)
            rows = await _rows(connection, organization_id, ids - hidden)
            return [
                replace(rows[one.id], score=one.score, rank=rank, reason=one.reason)
                for rank, one in enumerate(found, start=1)
                if one.id in rows
            ]

        return await self._readers.glance(question)

    async def verdicts(self, organization_id: OrganizationId, query: VerdictQuery) -> VerdictPage:
        at, incident_id, other_id = query.after or (None, "", "")
        values = {
            "organization": organization_id,
            "kinds": sorted(query.kinds),
            "limit": query.limit + 1,
            "offset": 0 if query.after else query.offset,
            **({"at": at, "incident": incident_id, "other": other_id} if query.after else {}),
        }
        statement = _LATER_VERDICTS if query.after else _VERDICTS

        async def question(connection: Connection) -> VerdictPage:
            rows = await statement.fetch(connection, self._viewer, values)
            [(total,)] = await _HOW_MANY.fetch(connection, self._viewer, values)
            shown = tuple(LIKENESS.value(row) for row in rows[: query.limit])
            return VerdictPage(rows=shown, total=total, more=len(rows) > query.limit)

        return await self._readers.ask(question)


async def _rows(
    connection: Connection, organization_id: OrganizationId, ids: Collection[str]
) -> dict[str, LikenessRow]:
    """By id; what is not there any more is left out."""
    if not ids:
        return {}
    which = {"organization": organization_id, "ids": sorted(set(ids))}
    found = await connection.fetch(_INCIDENTS, which)
    services = await incident_lists.services_of(
        connection, organization_id, [row[0] for row in found]
    )
    shown = [incident_lists.row_of(row, services.get(row[0], ())) for row in found]
    records = await connection.fetch(_RECORDS, which)
    return {row.id: LikenessRow.of_incident(row) for row in shown} | {
        id: LikenessRow(id=id, kind=kind, title=title) for id, kind, title in records
    }
