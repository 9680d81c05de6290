"""`/api/incidents`: OpsKnight's requests for incidents, translated."""

import orjson
from aiohttp import hdrs, web

from bot.api.answers import answer
from bot.api.dialects.opsknight import operations, wire, words
from bot.api.dialects.opsknight.shapes import IncidentChange, IncidentsQuery, NewIncident
from bot.api.doors import Doors
from bot.api.entity_tags import entity_tag, expected_version
from bot.api.giving_up import record_after, record_to_change
from bot.api.operations import Call
from bot.web.problems import refusal
from core.commands import DeclareIncident, EditIncident
from core.domain.ids import ServiceId, UserId
from core.domain.incident import Incident
from core.domain.state import State
from core.domain.urgency import urgency_named
from core.errors import InvalidInput, NotFound
from core.views import Condition, IncidentQuery, IncidentRecord, IncidentRow, Op, Subject

FIELDS = {"service_ids": "serviceId", "assignee_id": "assigneeId"}
"""What the core calls otherwise."""


class Incidents:
    def __init__(self, doors: Doors, open_word: str) -> None:
        self._doors = doors
        self._open_word = open_word

    def register(self) -> None:
        server = self._doors.server
        server.add(operations.LIST, self.list)
        server.add(operations.CREATE, self.create)
        server.add(operations.SHOW, self.get)
        server.add(operations.EDIT, self.edit)

    async def list(self, call: Call) -> web.Response:
        return await self._doors.pages.answered(call, self._list)

    async def create(self, call: Call) -> web.Response:
        try:
            incident = await self._declare(call)
        except InvalidInput as error:
            if error.field == "service_ids":
                raise NotFound(f"There is no service {call.body.service_id[:80]}.") from error
            raise error.renamed(FIELDS) from error
        return self._shown(await self._read(call, incident.id), status=201)

    async def get(self, call: Call) -> web.Response:
        return self._shown(await self._read(call, call.params["id"]))

    async def edit(self, call: Call) -> web.Response:
        wish: IncidentChange = call.body
        assigns = "assignee_id" in wish.model_fields_set
        if wish.status is None and wish.urgency is None and not assigns:
            raise refusal(
                400, "nothing_to_update", "Nothing to update; send status, urgency or assigneeId."
            )
        client, id = call.client, call.params["id"]
        before = _published(await record_to_change(self._doors, client, call.key, id), id)
        try:
            changed = await self._doors.bus.execute(_edition(call, before))
        except InvalidInput as error:
            raise error.renamed(FIELDS) from error
        return self._shown((await record_after(self._doors, client, changed)).row)

    async def _list(self, call: Call) -> bytes:
        wish: IncidentsQuery = call.query
        page = await self._doors.seen_by(call.client).incidents(
            call.client.organization_id, _query(wish)
        )
        return orjson.dumps(wire.many(page, self._open_word, limit=wish.limit, offset=wish.offset))

    async def _declare(self, call: Call) -> Incident:
        wish: NewIncident = call.body
        urgency = urgency_named(wish.urgency) if wish.urgency is not None else words.USUAL
        priority = (wish.priority or "").strip()
        return await self._doors.bus.execute(
            DeclareIncident(
                caller=call.client.caller,
                key=call.key,
                title=wish.title,
                severity=words.severity_of(priority, urgency),
                description=wish.description or "",
                service_ids=(ServiceId(wish.service_id),),
                assignee_id=_user(wish.assignee_id),
                urgency=urgency,
                priority=priority,
            )
        )

    async def _read(self, call: Call, id: str) -> IncidentRow:
        reads = self._doors.seen_by(call.client)
        return _published(await reads.incident(call.client.organization_id, id), id)

    def _shown(self, row: IncidentRow, *, status: int = 200) -> web.Response:
        body = orjson.dumps(wire.one(wire.incident(row, self._open_word)))
        return answer(body, status=status, headers={hdrs.ETAG: entity_tag(row.version, body)})


def _published(record: IncidentRecord, id: str) -> IncidentRow:
    """A draft is nobody's business here."""
    if record.row.state is State.DRAFT:
        raise NotFound(f"There is no incident {id}.")
    return record.row


def _edition(call: Call, before: IncidentRow) -> EditIncident:
    wish: IncidentChange = call.body
    assignee = _user(wish.assignee_id)
    return EditIncident(
        caller=call.client.caller,
        key=call.key,
        incident_id=before.id,
        expected_version=expected_version(call.request, before.version),
        assignee_id=assignee,
        unassign=assignee is None and "assignee_id" in wish.model_fields_set,
        state=words.state_named(wish.status) if wish.status is not None else None,
        unless=tuple(sorted(words.states_named(wish.status))) if wish.status is not None else (),
        urgency=urgency_named(wish.urgency) if wish.urgency is not None else None,
    )


def _user(id: str | None) -> UserId | None:
    return UserId(id.strip()) if id and id.strip() else None


def _query(wish: IncidentsQuery) -> IncidentQuery:
    return IncidentQuery(
        states=words.states_named(wish.status) if wish.status else frozenset(),
        published_only=True,
        service_id=wish.service_id,
        assignee_id=UserId(wish.assignee_id) if wish.assignee_id else None,
        created_after=wish.created_after,
        conditions=tuple(_conditions(wish)),
        oldest_first=(wish.order or "").lower() == "asc",
        limit=wish.limit,
        offset=wish.offset,
    )


def _conditions(wish: IncidentsQuery) -> list[Condition]:
    conditions: list[Condition] = []
    if wish.urgency:
        urgency = urgency_named(wish.urgency)
        conditions.append(Condition(subject=Subject.URGENCY, op=Op.ONE_OF, values=(urgency,)))
    if wish.created_before:
        conditions.append(
            Condition(subject=Subject.CREATED_AT, op=Op.LTE, values=(wish.created_before,))
        )
    return conditions
