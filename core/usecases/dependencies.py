"""The use case on what a service depends on."""

from dataclasses import replace
from datetime import datetime

from core.commands.alerting import SetDependencies
from core.domain.dependencies import way_back
from core.domain.events import DependenciesChanged
from core.domain.ids import ServiceId
from core.domain.service import Service
from core.errors import InvalidInput, NotFound
from core.ports import UnitOfWork

MOST_DEPENDENCIES = 50
FIELD = "depends_on"


async def set_dependencies(command: SetDependencies, uow: UnitOfWork, now: datetime) -> Service:
    service = await uow.services.get(command.service_id)
    wanted = tuple(dict.fromkeys(command.depends_on))
    if wanted == service.depends_on:
        return service
    if len(wanted) > MOST_DEPENDENCIES:
        message = f"A service depends on {MOST_DEPENDENCIES} others at most; name the nearest ones."
        raise InvalidInput(message, field=FIELD)
    direct = [await _known(id, uow) for id in wanted]
    await _require_no_way_back(service, wanted, uow)
    event = DependenciesChanged(
        by=command.caller.actor,
        at=now,
        service_id=service.id,
        name=service.name,
        depends_on=tuple(one.name for one in direct),
    )
    return await uow.services.save(replace(service, depends_on=wanted), because=event)


async def _require_no_way_back(
    service: Service, wanted: tuple[ServiceId, ...], uow: UnitOfWork
) -> None:
    reached = await _reached(wanted, uow)
    graph = {id: one.depends_on for id, one in reached.items()}
    if way := way_back(service.id, wanted, graph):
        names = [service.name if id == service.id else reached[id].name for id in way]
        raise InvalidInput(
            f"{service.name} would depend on itself: {' → '.join(names)}.", field=FIELD
        )


async def _reached(ids: tuple[ServiceId, ...], uow: UnitOfWork) -> dict[ServiceId, Service]:
    """Everything that these depend on, however far, and they themselves."""
    found: dict[ServiceId, Service] = {}
    ahead = list(ids)
    while ahead:
        id = ahead.pop()
        if id not in found:
            found[id] = await _known(id, uow)
            ahead += found[id].depends_on
    return found


async def _known(id: ServiceId, uow: UnitOfWork) -> Service:
    try:
        return await uow.services.get(id)
    except NotFound as error:
        message = f"There is no service {id[:80]}; list them with GET /api/v1/services."
        raise InvalidInput(message, field=FIELD) from error
