"""Drafts that were made of metrics and that nobody wanted."""

from datetime import datetime

from core import commands as c
from core.commands.drafts import DRAFT_LIFE
from core.domain.ids import IncidentId
from core.domain.incident import Incident
from core.domain.state import State
from core.errors import NotFound
from core.ports import UnitOfWork


async def expire(command: c.ExpireDrafts, uow: UnitOfWork, now: datetime) -> tuple[IncidentId, ...]:
    expired = [id for id in command.incident_ids if await _expired(id, command, uow, now)]
    return tuple(expired)


async def _expired(id: IncidentId, command: c.ExpireDrafts, uow: UnitOfWork, now: datetime) -> bool:
    """Whoever asked may have looked a while ago: what was touched or deleted meanwhile is left."""
    try:
        incident = await uow.incidents.get(id)
    except NotFound:
        return False
    if not _forgotten(incident, now):
        return False
    incident, event = incident.delete(by=command.caller.actor, at=now)
    await uow.incidents.save(incident, because=event)
    return True


def _forgotten(incident: Incident, now: datetime) -> bool:
    drafted = incident.state is State.DRAFT and incident.metric_id is not None
    return drafted and now - incident.updated_at >= DRAFT_LIFE
