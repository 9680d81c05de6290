"""What the organisation decided about its incidents, inside a transaction."""

from datetime import datetime

from core.domain.incident_settings import IncidentSettings, usual_settings
from core.ports import UnitOfWork


async def has_digest(uow: UnitOfWork) -> bool:
    """Whether there is a channel that reads a line of everything."""
    return any(one.digest_channel for one in await uow.records(IncidentSettings).all())


async def settings_in(uow: UnitOfWork, now: datetime) -> IncidentSettings:
    """Asked of the database once for all works of a transaction: there is one of them at most."""
    kept = await uow.records(IncidentSettings).all()
    return kept[0] if kept else usual_settings(now)
