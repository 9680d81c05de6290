"""Tells by their names which services an edit of an incident added and took off."""

from collections.abc import Iterable
from dataclasses import replace

from core.domain.events import IncidentEdited
from core.domain.ids import ServiceId
from core.domain.incident import Incident
from core.ports import UnitOfWork


async def with_services(
    event: IncidentEdited | None, before: Incident, after: Incident, uow: UnitOfWork
) -> IncidentEdited | None:
    if event is None or before.service_ids == after.service_ids:
        return event
    was, now = before.service_ids, after.service_ids
    return replace(
        event,
        services_added=await _names((one for one in now if one not in was), uow),
        services_removed=await _names((one for one in was if one not in now), uow),
    )


async def _names(ids: Iterable[ServiceId], uow: UnitOfWork) -> tuple[str, ...]:
    return tuple([(await uow.services.get(one)).name for one in ids])
