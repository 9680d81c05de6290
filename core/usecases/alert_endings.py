"""What becomes of an incident when alerts of it end."""

from core.domain.alert import Episode
from core.domain.events import AlertsCleared
from core.domain.ids import IncidentId
from core.usecases.ring import Ring, found, names_of

ENDED_AT_THE_SOURCE = "All its alerts have ended at the source."


async def clear(
    id: IncidentId, gone: list[Episode], ring: Ring, *, because: str = ENDED_AT_THE_SOURCE
) -> None:
    """Resolve the incident when its last alert ended, else say which ones did."""
    incident = await found(id, ring.uow)
    if incident is None or not incident.active:
        return
    if ring.integration.auto_resolve and not await ring.uow.alerts.firing_in(id):
        resolved, done = incident.resolve(because, by=ring.actor, at=ring.now)
        await ring.uow.incidents.save(resolved, because=done)
        return
    cleared = AlertsCleared(
        incident_id=id, by=ring.actor, at=ring.now, count=len(gone), names=names_of(gone)
    )
    await ring.uow.incidents.save(incident, because=cleared)
