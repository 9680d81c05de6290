"""`/api/v1/procedures` and `/api/v1/executions`."""

from collections.abc import Iterable

from aiohttp import web

from bot.api import wire_v1
from bot.api.answers import answer, no_content, tagged
from bot.api.doors import Doors
from bot.api.knowledge import operations, wire
from bot.api.knowledge.shapes import Context, NewProcedure, ProcedureChange, StepBody
from bot.api.operations import Call
from bot.api.record_pages import condition, found, listed
from core.commands import (
    AddProcedure,
    DeleteProcedure,
    EditProcedure,
    EndExecution,
    ExecuteProcedure,
)
from core.domain.ids import IncidentId
from core.domain.procedure import Execution, Procedure, Step


class Procedures:
    def __init__(self, doors: Doors) -> None:
        self._doors = doors

    def register(self) -> None:
        server = self._doors.server
        server.add(operations.LIST_PROCEDURES, self.list)
        server.add(operations.CREATE_PROCEDURE, self.create)
        server.add(operations.SHOW_PROCEDURE, self.show)
        server.add(operations.EDIT_PROCEDURE, self.edit)
        server.add(operations.DELETE_PROCEDURE, self.delete)
        server.add(operations.EXECUTE, self.execute)
        server.add(operations.LIST_EXECUTIONS, self.list_executions)
        server.add(operations.SHOW_EXECUTION, self.show_execution)
        server.add(operations.END_EXECUTION, self.end_execution)

    async def list(self, call: Call) -> web.Response:
        return answer(await listed(self._doors, call, Procedure, wire.procedure))

    async def create(self, call: Call) -> web.Response:
        wish: NewProcedure = call.body
        procedure = await self._doors.bus.execute(
            AddProcedure(
                caller=call.client.caller,
                key=call.key,
                title=wish.title,
                description=wish.description or "",
                category=wish.category or "",
                tags=tuple(wish.tags or ()),
                severity_scope=tuple(wish.severity_scope or ()),
                steps=_steps(wish.steps or ()),
            )
        )
        return tagged(wire_v1.one(wire.procedure(procedure)), procedure.version, status=201)

    async def show(self, call: Call) -> web.Response:
        procedure = await found(self._doors, call, Procedure)
        return tagged(wire_v1.one(wire.procedure(procedure)), procedure.version)

    async def edit(self, call: Call) -> web.Response:
        wish: ProcedureChange = call.body
        procedure = await self._doors.bus.execute(
            EditProcedure(
                caller=call.client.caller,
                key=call.key,
                procedure_id=call.params["id"],
                title=wish.title,
                description=wish.description,
                category=wish.category,
                tags=_given(wish.tags),
                severity_scope=_given(wish.severity_scope),
                steps=None if wish.steps is None else _steps(wish.steps),
                expected_version=await condition(self._doors, call, Procedure),
            )
        )
        return tagged(wire_v1.one(wire.procedure(procedure)), procedure.version)

    async def delete(self, call: Call) -> web.Response:
        await self._doors.bus.execute(
            DeleteProcedure(caller=call.client.caller, key=call.key, procedure_id=call.params["id"])
        )
        return no_content()

    async def execute(self, call: Call) -> web.Response:
        context: Context = call.body.context or Context()
        execution = await self._doors.bus.execute(
            ExecuteProcedure(
                caller=call.client.caller,
                key=call.key,
                procedure_id=call.params["id"],
                incident_id=IncidentId(context.incident_id) if context.incident_id else None,
                urgency=context.urgency or "",
            )
        )
        return answer(wire_v1.one(wire.execution(execution)), status=201)

    async def list_executions(self, call: Call) -> web.Response:
        parent = call.query.procedure_id
        return answer(await listed(self._doors, call, Execution, wire.execution, parent_id=parent))

    async def show_execution(self, call: Call) -> web.Response:
        execution = await found(self._doors, call, Execution)
        return answer(wire_v1.one(wire.execution(execution)))

    async def end_execution(self, call: Call) -> web.Response:
        execution = await self._doors.bus.execute(
            EndExecution(
                caller=call.client.caller,
                key=call.key,
                execution_id=call.params["id"],
                status=call.body.status,
            )
        )
        return answer(wire_v1.one(wire.execution(execution)))


def _given(words: list[str] | None) -> tuple[str, ...] | None:
    return None if words is None else tuple(words)


def _steps(steps: Iterable[StepBody]) -> tuple[Step, ...]:
    return tuple(
        Step(title=step.title, instructions=step.instructions or "", command=step.command or "")
        for step in steps
    )
