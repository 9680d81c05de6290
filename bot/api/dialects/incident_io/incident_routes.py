"""`/v2/incidents` and the deprecated `/v1/incidents`, over the same incidents."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, TypeAlias

import orjson
from aiohttp import hdrs, web

from bot.api.answers import answer
from bot.api.dialects.incident_io import declaring, editing
from bot.api.dialects.incident_io import incident_operations as operations
from bot.api.dialects.incident_io.conditions import conditions_of, modes_in, values_v1
from bot.api.dialects.incident_io.filters import filters_in
from bot.api.dialects.incident_io.incident_wire import incident_v1, incident_v2
from bot.api.dialects.incident_io.intake import Intake
from bot.api.dialects.incident_io.reading import STANDARD, IncidentReading
from bot.api.dialects.incident_io.terms import Terms
from bot.api.dialects.incident_io.vocabulary import Vocabulary
from bot.api.doors import Doors
from bot.api.entity_tags import entity_tag, expected_version, is_conditional
from bot.api.giving_up import record_after
from bot.api.operations import Call
from bot.api.renaming import renaming
from core.errors import Conflict
from core.views import Condition, IncidentQuery, IncidentRow, Op, Subject

ATTEMPTS = 5
"""An edit that names roles or fields is tried again so often when somebody else was faster."""

QueryOf: TypeAlias = Callable[[Call], Awaitable[IncidentQuery]]
Shown: TypeAlias = Callable[[IncidentRow, Terms], dict[str, Any]]


class Incidents:
    def __init__(self, doors: Doors, vocabulary: Vocabulary) -> None:
        self._doors = doors
        self._vocabulary = vocabulary
        self._reading = IncidentReading(doors, vocabulary)

    def register(self) -> None:
        server = self._doors.server
        server.add(operations.LIST_V2, self.list_v2)
        server.add(operations.CREATE_V2, self.create_v2)
        server.add(operations.SHOW_V2, self.show_v2)
        server.add(operations.EDIT_V2, self.edit)
        server.add(operations.LIST_V1, self.list_v1)
        server.add(operations.CREATE_V1, self.create_v1)
        server.add(operations.SHOW_V1, self.show_v1)

    async def list_v2(self, call: Call) -> web.Response:
        return await self._kept(call, self._query_v2, incident_v2)

    async def list_v1(self, call: Call) -> web.Response:
        return await self._kept(call, self._query_v1, incident_v1)

    async def create_v2(self, call: Call) -> web.Response:
        return await self._declare(call, declaring.newborn_v2(call.body), incident_v2)

    async def create_v1(self, call: Call) -> web.Response:
        return await self._declare(call, declaring.newborn_v1(call.body), incident_v1)

    async def show_v2(self, call: Call) -> web.Response:
        return await self._show(call, call.params["id"], incident_v2)

    async def show_v1(self, call: Call) -> web.Response:
        return await self._show(call, call.params["id"], incident_v1)

    async def edit(self, call: Call) -> web.Response:
        """Whoever set a condition is told at once that somebody else was faster."""
        if is_conditional(call.request):
            return await self._edit(call)
        for _ in range(ATTEMPTS - 1):
            try:
                return await self._edit(call)
            except Conflict:
                continue
        return await self._edit(call)

    async def _edit(self, call: Call) -> web.Response:
        organization_id, caller = call.client.organization_id, call.client.caller
        row = await self._reading.row_to_change(call.client, call.key, call.params["id"])
        terms = await self._reading.terms(organization_id, [row])
        intake = Intake(self._vocabulary, organization_id, within="incident.")
        command = await editing.edition(call.body.incident, row, terms, caller, intake)
        condition = expected_version(call.request, row.version)
        if condition is not None:
            command = replace(command, expected_version=condition)
        with renaming(editing.FIELDS):
            changed = await self._doors.bus.execute(replace(command, key=call.key))
        record = await record_after(self._doors, call.client, changed)
        return await self._answer(call, record.row, incident_v2)

    async def _declare(self, call: Call, newborn: declaring.Newborn, shown: Shown) -> web.Response:
        intake = Intake(self._vocabulary, call.client.organization_id)
        command = await declaring.declaration(newborn, call.client.caller, intake)
        with renaming(declaring.FIELDS):
            incident = await self._doors.bus.execute(command)
        return await self._show(call, incident.id, shown)

    async def _show(self, call: Call, id: str, shown: Shown) -> web.Response:
        return await self._answer(call, await self._reading.row(call.client, id), shown)

    async def _answer(self, call: Call, row: IncidentRow, shown: Shown) -> web.Response:
        terms = await self._reading.terms(call.client.organization_id, [row])
        body = orjson.dumps({"incident": shown(row, terms)})
        return answer(body, headers={hdrs.ETAG: entity_tag(row.version, body)})

    async def _kept(self, call: Call, query_of: QueryOf, shown: Shown) -> web.Response:
        async def page(call: Call) -> bytes:
            query = await query_of(call)
            found, terms, meta = await self._reading.page(call.client, query, call.query.after)
            rows = [shown(row, terms) for row in found.rows]
            return orjson.dumps({"incidents": rows, "pagination_meta": meta})

        return await self._doors.pages.answered(call, page)

    async def _query_v2(self, call: Call) -> IncidentQuery:
        filters = filters_in(call.request.query)
        organization_id = call.client.organization_id
        terms = await self._vocabulary.whole(organization_id) if filters else None
        return replace(
            STANDARD,
            modes=modes_in(filters),
            conditions=conditions_of(filters, terms) if terms else (),
            match_any=call.query.filter_mode == "any",
            oldest_first=call.query.sort_by == "created_at_oldest_first",
            limit=call.query.page_size,
        )

    async def _query_v1(self, call: Call) -> IncidentQuery:
        words = frozenset(call.query.status)
        if not words:
            return replace(STANDARD, limit=call.query.page_size)
        statuses = await self._vocabulary.statuses(call.client.organization_id)
        wanted = Condition(
            subject=Subject.STATUS_ID, op=Op.ONE_OF, values=values_v1(words, statuses.values())
        )
        return replace(STANDARD, conditions=(wanted,), limit=call.query.page_size)
