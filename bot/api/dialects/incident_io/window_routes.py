"""`/v1/maintenance_windows`: the same maintenance that every product sees."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from aiohttp import web

from bot.api.answers import answer, no_content
from bot.api.dialects.incident_io import window_shapes as shapes
from bot.api.dialects.incident_io.intake import Intake
from bot.api.dialects.incident_io.operations import Noun, operation
from bot.api.dialects.incident_io.paging import meta
from bot.api.dialects.incident_io.vocabulary import Vocabulary
from bot.api.dialects.incident_io.window_wire import window
from bot.api.dialects.incident_io.window_wishes import FIELDS, details_of
from bot.api.doors import Doors
from bot.api.operations import Call
from bot.api.renaming import renaming
from bot.api.shape import Shape
from bot.web.problems import refusal
from core.commands import CancelMaintenance, EditMaintenance, ScheduleMaintenance
from core.domain.actor import Permission
from core.domain.ids import MaintenanceId, OrganizationId
from core.domain.maintenance import Maintenance, MaintenanceState
from core.errors import InvalidInput, NotFound
from core.ports import MaintenanceQuery

STATES: Mapping[str | None, frozenset[MaintenanceState]] = {
    "upcoming": frozenset({MaintenanceState.SCHEDULED}),
    "active": frozenset({MaintenanceState.IN_PROGRESS}),
    "past": frozenset({MaintenanceState.COMPLETED}),
    None: frozenset(MaintenanceState) - {MaintenanceState.CANCELED},
}
"""Canceled windows are in no list; what nobody started in its time is past."""

SEE, CHANGE = Permission.READ_MAINTENANCES, Permission.WRITE_MAINTENANCES


class ArchiveQuery(Shape):
    force: bool = False


_NOUN = Noun(
    path="/v1/maintenance_windows",
    name="maintenance_windows_v1",
    one="a maintenance window",
    many="maintenance windows, newest first",
    list_answer=shapes.MaintenanceWindowsV1,
    answer=shapes.MaintenanceWindowAnswerV1,
    new=shapes.MaintenanceWindowBodyV1,
    change=shapes.MaintenanceWindowBodyV1,
    example={
        "name": "Database upgrade",
        "start_at": "2026-12-01T22:00:00Z",
        "end_at": "2026-12-01T23:00:00Z",
        "lead": {"email": "alice@example.com"},
        "show_in_sidebar": True,
        "alert_condition_groups": [],
    },
    reads=SEE,
    writes=CHANGE,
    list_query=shapes.MaintenanceWindowsQueryV1,
)
DELETE = operation(
    "DELETE /v1/maintenance_windows/{id}",
    "maintenance_windows_v1_delete",
    "Cancel a maintenance window; a running one only with force",
    CHANGE,
    {204: None},
    query=ArchiveQuery,
    refuses=frozenset({409}),
)


class Windows:
    def __init__(self, doors: Doors, vocabulary: Vocabulary) -> None:
        self._doors = doors
        self._vocabulary = vocabulary

    def register(self) -> None:
        server = self._doors.server
        server.add(_NOUN.list, self.list)
        server.add(_NOUN.show, self.show)
        server.add(_NOUN.create, self.create)
        server.add(_NOUN.update, self.update)
        server.add(DELETE, self.delete)

    async def list(self, call: Call) -> web.Response:
        organization_id, query = call.client.organization_id, call.query
        now = self._doors.clock()
        page = await self._doors.reads.maintenances(
            organization_id,
            MaintenanceQuery(
                states=STATES[query.status],
                over_by=now,
                limit=query.page_size,
                after=await self._place(organization_id, query.after),
            ),
        )
        users = await self._vocabulary.users(organization_id)
        last = page.rows[-1].maintenance.id if page.rows and page.more else None
        return answer(
            {
                "maintenance_windows": [window(row, users, now) for row in page.rows],
                "pagination_meta": meta(query.page_size, last),
            }
        )

    async def show(self, call: Call) -> web.Response:
        return await self._shown(call, call.params["id"])

    async def create(self, call: Call) -> web.Response:
        wish = call.body
        details = await self._details(call)
        with renaming(FIELDS):
            made = await self._doors.bus.execute(
                ScheduleMaintenance(
                    caller=call.client.caller,
                    key=call.key,
                    title=wish.name,
                    scheduled_start_at=wish.start_at,
                    scheduled_end_at=wish.end_at,
                    **details,
                )
            )
        return await self._shown(call, made.id, status=201)

    async def update(self, call: Call) -> web.Response:
        wish, found = call.body, await self._found(call)
        details = await self._details(call)
        with renaming(FIELDS):
            changed = await self._doors.bus.execute(
                EditMaintenance(
                    caller=call.client.caller,
                    key=call.key,
                    maintenance_id=found.id,
                    title=wish.name,
                    scheduled_start_at=wish.start_at,
                    scheduled_end_at=wish.end_at,
                    **details,
                )
            )
        return await self._shown(call, changed.id)

    async def _details(self, call: Call) -> dict[str, Any]:
        """By the names of the core; `InvalidInput` for a lead that nobody is."""
        intake = Intake(self._vocabulary, call.client.organization_id)
        lead = await intake.person(call.body.lead, field="lead")
        intake.flaws.refuse()
        return {"owner_id": lead or "", **details_of(call.body)}

    async def delete(self, call: Call) -> web.Response:
        found = await self._found(call)
        if found.state is MaintenanceState.IN_PROGRESS and not call.query.force:
            message = f"{found.reference} is running; send force=true to end it now."
            raise refusal(409, "in_progress", message, field="force")
        await self._doors.bus.execute(
            CancelMaintenance(caller=call.client.caller, key=call.key, maintenance_id=found.id)
        )
        return no_content()

    async def _found(self, call: Call) -> Maintenance:
        id = MaintenanceId(call.params["id"])
        return (await self._doors.reads.maintenance(call.client.organization_id, id)).maintenance

    async def _place(
        self, organization_id: OrganizationId, after: str | None
    ) -> tuple[datetime, str] | None:
        if after is None:
            return None
        try:
            row = await self._doors.reads.maintenance(organization_id, after)
        except NotFound as error:
            raise InvalidInput(
                "There is no maintenance window with that id to go on after.", field="after"
            ) from error
        return row.maintenance.created_at, row.maintenance.id

    async def _shown(self, call: Call, id: str, *, status: int = 200) -> web.Response:
        organization_id = call.client.organization_id
        row = await self._doors.reads.maintenance(organization_id, id)
        users = await self._vocabulary.users(organization_id)
        shown = window(row, users, self._doors.clock())
        return answer({"maintenance_window": shown}, status=status)
