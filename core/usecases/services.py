"""Use cases on services."""

from datetime import datetime

from core.commands import AddService
from core.domain.events import ServiceAdded
from core.domain.ids import ServiceId
from core.domain.service import MAX_DESCRIPTION, MAX_NAME, Service
from core.domain.text import one_line, paragraphs
from core.errors import InvalidInput
from core.language import say
from core.ports import UnitOfWork
from core.usecases.incident_checks import admitted


async def add(command: AddService, uow: UnitOfWork, now: datetime) -> Service:
    name = one_line(command.name, field="name", limit=MAX_NAME)
    if await uow.services.named(name):
        raise InvalidInput(say("There is a service {name} already.", name=name), field="name")
    for owner in command.owner_ids:
        admitted(await uow.users.get(owner), "owner_ids")
    service = Service(
        id=ServiceId(uow.new_id("svc")),
        name=name,
        description=paragraphs(command.description, field="description", limit=MAX_DESCRIPTION),
        owner_ids=command.owner_ids,
        created_at=now,
    )
    event = ServiceAdded(by=command.caller.actor, at=now, service_id=service.id, name=name)
    return await uow.services.save(service, because=event)
