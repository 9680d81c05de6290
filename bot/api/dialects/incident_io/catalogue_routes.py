"""`/v1/severities`, `/v1/incident_statuses` and `/v1/incident_types`."""

from aiohttp import web

from bot.api.answers import answer
from bot.api.dialects.incident_io import operations, wire
from bot.api.dialects.incident_io.vocabulary import Vocabulary
from bot.api.doors import Doors
from bot.api.operations import Call
from bot.web.problems import refusal
from core.commands import (
    AddSeverityOption,
    AddStatusOption,
    DeleteSeverityOption,
    DeleteStatusOption,
    EditSeverityOption,
    EditStatusOption,
)
from core.domain.particulars import Mode
from core.domain.severity_option import STANDARD_SEVERITIES, SeverityOption
from core.domain.status_option import STANDARD_STATUSES, StatusOption
from core.errors import NotFound
from core.views import Condition, IncidentQuery, Op, Subject


class Severities:
    def __init__(self, doors: Doors, vocabulary: Vocabulary) -> None:
        self._doors = doors
        self._vocabulary = vocabulary

    def register(self) -> None:
        operations.SEVERITIES.serve(self._doors.server, self)

    async def list(self, call: Call) -> web.Response:
        rows = await self._vocabulary.severities(call.client.organization_id)
        return answer({"severities": [wire.severity(row) for row in rows.values()]})

    async def show(self, call: Call) -> web.Response:
        rows = await self._vocabulary.severities(call.client.organization_id)
        return _one(rows.get(call.params["id"]))

    async def create(self, call: Call) -> web.Response:
        wish = call.body
        option = await self._doors.bus.execute(
            AddSeverityOption(
                caller=call.client.caller,
                key=call.key,
                name=wish.name,
                description=wish.description,
                rank=wish.rank,
            )
        )
        return _one(option, status=201)

    async def update(self, call: Call) -> web.Response:
        wish = call.body
        option = await self._doors.bus.execute(
            EditSeverityOption(
                caller=call.client.caller,
                key=call.key,
                severity_id=call.params["id"],
                name=wish.name,
                description=wish.description,
                rank=wish.rank,
            )
        )
        return _one(option)

    async def delete(self, call: Call) -> web.Response:
        id = call.params["id"]
        if id not in STANDARD_SEVERITIES:
            await require_unused(self._doors, call, Subject.SEVERITY_ID, id)
        caller = call.client.caller
        await self._doors.bus.execute(
            DeleteSeverityOption(caller=caller, key=call.key, severity_id=id)
        )
        return web.Response(status=202)


class Statuses:
    def __init__(self, doors: Doors, vocabulary: Vocabulary) -> None:
        self._doors = doors
        self._vocabulary = vocabulary

    def register(self) -> None:
        operations.STATUSES.serve(self._doors.server, self)

    async def list(self, call: Call) -> web.Response:
        rows = await self._vocabulary.statuses(call.client.organization_id)
        return answer({"incident_statuses": [wire.status(row) for row in rows.values()]})

    async def show(self, call: Call) -> web.Response:
        rows = await self._vocabulary.statuses(call.client.organization_id)
        return _one(rows.get(call.params["id"]))

    async def create(self, call: Call) -> web.Response:
        wish = call.body
        option = await self._doors.bus.execute(
            AddStatusOption(
                caller=call.client.caller,
                key=call.key,
                name=wish.name,
                category=wish.category,
                description=wish.description,
                rank=wish.rank,
            )
        )
        return _one(option, status=201)

    async def update(self, call: Call) -> web.Response:
        wish = call.body
        option = await self._doors.bus.execute(
            EditStatusOption(
                caller=call.client.caller,
                key=call.key,
                status_id=call.params["id"],
                name=wish.name,
                description=wish.description,
                rank=wish.rank,
            )
        )
        return _one(option)

    async def delete(self, call: Call) -> web.Response:
        id = call.params["id"]
        if id not in STANDARD_STATUSES:
            await require_unused(self._doors, call, Subject.STATUS_ID, id)
        caller = call.client.caller
        await self._doors.bus.execute(DeleteStatusOption(caller=caller, key=call.key, status_id=id))
        return web.Response(status=202)


class Types:
    def __init__(self, doors: Doors, vocabulary: Vocabulary) -> None:
        self._doors = doors
        self._vocabulary = vocabulary

    def register(self) -> None:
        self._doors.server.add(operations.LIST_TYPES, self.list)
        self._doors.server.add(operations.SHOW_TYPE, self.show)

    async def list(self, call: Call) -> web.Response:
        at = await self._vocabulary.founded(call.client.organization_id)
        return answer({"incident_types": [wire.incident_type(at)]})

    async def show(self, call: Call) -> web.Response:
        if call.params["id"] != wire.TYPE_ID:
            raise NotFound("There is no such incident type.")
        at = await self._vocabulary.founded(call.client.organization_id)
        return answer({"incident_type": wire.incident_type(at)})


async def require_unused(doors: Doors, call: Call, subject: Subject, id: str) -> None:
    """A refusal while incidents are shown with it: they would be shown with another."""
    query = IncidentQuery(
        modes=frozenset(Mode),
        conditions=(Condition(subject=subject, op=Op.ONE_OF, values=(id,)),),
        limit=1,
    )
    page = await doors.seen_by(call.client).incidents(call.client.organization_id, query)
    if page.rows:
        raise refusal(
            409,
            "in_use",
            f"{page.rows[0].reference} has it; give the incidents that have it another one first.",
        )


def _one(option: SeverityOption | StatusOption | None, *, status: int = 200) -> web.Response:
    match option:
        case SeverityOption():
            return answer({"severity": wire.severity(option)}, status=status)
        case StatusOption():
            return answer({"incident_status": wire.status(option)}, status=status)
        case None:
            raise NotFound("There is nothing with that id here.")
