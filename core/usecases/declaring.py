"""An incident declared for alerts: what it is called, how bad it is, whom it concerns."""

from collections.abc import Iterable, Sequence

from core.domain.actor import Surface
from core.domain.ids import IncidentId, ServiceId
from core.domain.incident import MAX_DESCRIPTION, MAX_TITLE, Incident
from core.domain.text import cut_line, cut_paragraphs
from core.language import to_say
from core.usecases.affected import with_services
from core.usecases.ring import Ring, spoken
from core.usecases.waves import Member

MOST_SERVICES = 20


async def declare(
    members: Sequence[Member], ring: Ring, *, title: str = "", description: str = ""
) -> Incident:
    """Called as its alerts say, unless a title is given."""
    said = [member.said for member in members]
    worst = max(said, key=lambda alert: alert.severity.rank)
    incident = Incident(
        id=IncidentId(ring.uow.new_id("inc")),
        number=await ring.uow.incidents.next_number(),
        title=title or _title(members),
        description=description or cut_paragraphs(said[0].description, MAX_DESCRIPTION),
        severity=worst.severity,
        severity_word=worst.severity,
        urgency=worst.urgency,
        service_ids=_services(members, ring),
        source=Surface.WEBHOOK,
        created_by_name=ring.actor.name,
        created_at=ring.now,
        updated_at=ring.now,
        published_at=ring.now,
    )
    declared = incident.declared(by=ring.actor, at=ring.now)
    return await ring.uow.incidents.save(incident, because=declared)


async def concern(incident: Incident, members: Iterable[Member], ring: Ring) -> Incident:
    """The incident, of the services of those as well; they join it."""
    known = incident.service_ids
    more = [service for service in _services(members, ring) if service not in known]
    if not more or len(known) >= MOST_SERVICES:
        return incident
    together = (*known, *more)[:MOST_SERVICES]
    wider, event = incident.edit(by=ring.actor, at=ring.now, service_ids=together)
    told = await with_services(event, incident, wider, ring.uow)
    return await ring.uow.incidents.save(wider, because=told)


def _services(members: Iterable[Member], ring: Ring) -> tuple[ServiceId, ...]:
    """That of its source, or those that its alerts name."""
    if ring.integration.service_id:
        return (ring.integration.service_id,)
    named = dict.fromkeys(member.episode.service_id for member in members)
    return tuple(service for service in named if service)[:MOST_SERVICES]


def _title(members: Sequence[Member]) -> str:
    """An alert cannot be sent back for a better title, so something is found to call it."""
    first = members[0].said
    wanted = spoken(first) if len(members) == 1 else first.group_title
    return cut_line(wanted, MAX_TITLE) or cut_line(first.name, MAX_TITLE) or to_say("Unnamed alert")
