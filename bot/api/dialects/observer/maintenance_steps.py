"""What is done to maintenance after it was scheduled: start, extend, complete, cancel, skip."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeAlias

from aiohttp import web

from bot.api.dialects.observer import maintenance_operations as operations
from bot.api.dialects.observer.maintenance_routes import shown
from bot.api.dialects.observer.maintenance_shapes import Cancellation, Extension, Progress, Skip
from bot.api.dialects.observer.maintenance_wishes import FIELDS
from bot.api.doors import Doors
from bot.api.entity_tags import expected_version
from bot.api.operations import Call, Handler, Operation
from bot.api.renaming import renaming
from core.commands import (
    CancelMaintenance,
    CompleteMaintenance,
    ExtendMaintenance,
    MaintenanceCommand,
    PostProgress,
    SkipOccurrence,
    StartMaintenance,
)

Wished: TypeAlias = Callable[[Any], dict[str, Any]]
"""From a body to what its command takes."""


def _nothing(_: None) -> dict[str, Any]:
    return {}


def _reason(wish: Cancellation) -> dict[str, Any]:
    return {"reason": wish.reason or ""}


def _longer(wish: Extension) -> dict[str, Any]:
    if wish.minutes is None:
        return {"until": wish.until}
    return {"by": timedelta(minutes=wish.minutes)}


def _which(wish: Skip) -> dict[str, Any]:
    return {"occurrence_at": wish.occurrence_at}


def _text(wish: Progress) -> dict[str, Any]:
    return {"text": wish.description}


STEPS: tuple[tuple[Operation, type[MaintenanceCommand], Wished], ...] = (
    (operations.START, StartMaintenance, _nothing),
    (operations.COMPLETE, CompleteMaintenance, _nothing),
    (operations.CANCEL, CancelMaintenance, _reason),
    (operations.EXTEND, ExtendMaintenance, _longer),
    (operations.SKIP, SkipOccurrence, _which),
    (operations.POST_PROGRESS, PostProgress, _text),
)


class MaintenanceSteps:
    def __init__(self, doors: Doors) -> None:
        self._doors = doors

    def register(self) -> None:
        for operation, command, wished in STEPS:
            self._doors.server.add(operation, self._step(command, wished))

    def _step(self, command: type[MaintenanceCommand], wished: Wished) -> Handler:
        async def step(call: Call) -> web.Response:
            reads, organization_id = self._doors.seen_by(call.client), call.client.organization_id
            before = (await reads.maintenance(organization_id, call.params["id"])).maintenance
            with renaming(FIELDS):
                after = await self._doors.bus.execute(
                    command(
                        caller=call.client.caller,
                        key=call.key,
                        maintenance_id=before.id,
                        expected_version=expected_version(call.request, before.version),
                        **wished(call.body),
                    )
                )
            return await shown(reads, organization_id, after.id)

        return step
