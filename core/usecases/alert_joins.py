"""What becomes of a live incident when alerts join it."""

from collections.abc import Sequence

from core.domain.events import AlertsFired
from core.domain.incident import Incident
from core.usecases.ring import Ring, Said, names_of


async def join(incident: Incident, news: Sequence[Said], ring: Ring) -> Incident:
    if not news:
        return incident
    event = AlertsFired(
        incident_id=incident.id,
        by=ring.actor,
        at=ring.now,
        count=len(news),
        names=names_of(news),
    )
    return await ring.uow.incidents.save(incident, because=event)
