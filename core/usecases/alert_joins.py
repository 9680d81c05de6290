"""What becomes of a live incident when alerts join it, or get worse in it."""

from collections.abc import Sequence

from core.domain.incident import Incident
from core.domain.severity import Severity
from core.usecases.alert_changes import Changes
from core.usecases.calling import Call, call
from core.usecases.ring import Ring, Said, found, names_of


async def join(
    incident: Incident, news: Sequence[Said], ring: Ring, again: Sequence[Said] = ()
) -> Incident:
    """`news` are told; `again` are those that fire anew in it without having been quiet, which
    nobody has to hear of unless they are worse. None of them has been put yet."""
    if again:
        incident = await _worse(incident, again, ring)
    if not news:
        return incident
    incident = await as_bad_as(news, incident, ring)
    told = Call(count=len(news), names=names_of(news))
    return await call(incident, told, ring.uow, ring.now, ring.actor)


async def tell_worse(changes: Changes, ring: Ring) -> None:
    """Of what was known already and fires on; the changes have not been put yet."""
    for episode in [changes.amended[id] for id in changes.worsened if id in changes.amended]:
        incident = await found(episode.incident_id, ring.uow)
        if incident and incident.active and episode.firing:
            await worse(incident, episode.severity, episode, ring)


async def worse(incident: Incident, severity: Severity, said: Said, ring: Ring) -> Incident:
    """An alert of it, `said`, is that bad now; it has not been put yet."""
    raised = await _raised(incident, severity, ring)
    if raised is incident:
        return incident
    told = Call(count=1, names=names_of([said]), worse=True)
    return await call(raised, told, ring.uow, ring.now, ring.actor)


async def _worse(incident: Incident, again: Sequence[Said], ring: Ring) -> Incident:
    worst = max(again, key=lambda said: said.severity.rank)
    return await worse(incident, worst.severity, worst, ring)


async def as_bad_as(news: Sequence[Said], incident: Incident, ring: Ring) -> Incident:
    """At least as severe as the worst of them."""
    worst = max((said.severity for said in news), key=lambda severity: severity.rank)
    return await _raised(incident, worst, ring)


async def _raised(incident: Incident, severity: Severity, ring: Ring) -> Incident:
    """What is no worse than alerts which are in it already was judged by people, if the incident
    is less severe than that."""
    if severity.rank <= incident.severity.rank:
        return incident
    known = await ring.uow.alerts.worst_in(incident.id)
    if known and severity.rank <= known.rank:
        return incident
    raised, event = incident.change_severity(severity, severity, by=ring.actor, at=ring.now)
    return await ring.uow.incidents.save(raised, because=event)
