"""What becomes of an incident when alerts of it end: what alerts declared, their end resolves."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from core.domain.actor import Actor, Surface
from core.domain.alert import Episode
from core.domain.events import AlertsCleared
from core.domain.flapping import steady_after
from core.domain.ids import IncidentId
from core.domain.incident import Incident
from core.domain.timer import Timer, TimerKind
from core.language import to_say
from core.ports import UnitOfWork
from core.usecases.ring import Ring, found, names_of
from core.usecases.steadiness import tell_steady

ENDED_AT_THE_SOURCE = to_say("All its alerts have ended at the source.")


async def clear(
    id: IncidentId,
    gone: list[Episode],
    ring: Ring,
    *,
    because: str = ENDED_AT_THE_SOURCE,
    at_once: bool = False,
) -> None:
    """Resolve the incident when its last alert ended, else say which ones did.

    With a grace, or an alert that comes and goes, it is resolved later, unless `at_once`. What
    people declared is theirs to resolve.
    """
    incident = await found(id, ring.uow)
    if incident is None or not incident.active:
        return
    resolves = ring.integration.auto_resolve and incident.source is Surface.WEBHOOK
    over = resolves and not await ring.uow.alerts.firing_in(id)
    wait = timedelta(0) if at_once else await _wait(id, gone, ring, over=over)
    if wait:
        await wait_until(id, ring.now + wait, ring.uow)
    elif over:
        await _resolve(incident, because, ring.uow, ring.now, ring.actor)
        return
    await _say([episode for episode in gone if not episode.flapping], incident, ring)


async def clear_all(ended: Iterable[Episode], ring: Ring, *, because: str) -> None:
    """Each incident that they belong to."""
    gone: dict[IncidentId, list[Episode]] = {}
    for episode in ended:
        if episode.incident_id:
            gone.setdefault(episode.incident_id, []).append(episode)
    for id, episodes in gone.items():
        await clear(id, episodes, ring, because=because)


async def wait_until(id: IncidentId, due_at: datetime, uow: UnitOfWork) -> None:
    """It is looked at again then: whether it is over, and whether its alerts are steady."""
    await uow.timers.set(Timer(kind=TimerKind.GRACE, subject_id=id, due_at=due_at))


async def grace_over(subject_id: str, uow: UnitOfWork, now: datetime, actor: Actor) -> None:
    """Nothing ended for so long, and nothing that flaps began: it is resolved unless it fires."""
    timer = await uow.timers.get(TimerKind.GRACE, subject_id)
    if timer is None or timer.due_at > now:
        return
    await uow.timers.cancel(TimerKind.GRACE, subject_id)
    id = IncidentId(subject_id)
    flapped = await uow.alerts.flapping_in(id)
    await uow.alerts.put([replace(episode, flapping=False) for episode in flapped])
    incident = await found(id, uow)
    if incident is None or not incident.active:
        return
    source = Actor(surface=Surface.WEBHOOK, name=actor.name)
    incident = await tell_steady(incident, flapped, uow, now, source)
    if await _may_resolve(incident, uow) and not await uow.alerts.firing_in(id):
        await _resolve(incident, ENDED_AT_THE_SOURCE, uow, now, source)


async def _wait(id: IncidentId, gone: list[Episode], ring: Ring, *, over: bool) -> timedelta:
    """How long to wait before it is looked at again; zero where nobody has to."""
    settings = ring.integration.settings
    restless = any(episode.flapping for episode in gone)
    if not restless and over:
        restless = bool(await ring.uow.alerts.flapping_in(id))
    grace = timedelta(seconds=settings.grace) if over else timedelta(0)
    return max(grace, steady_after(settings)) if restless else grace


async def _may_resolve(incident: Incident, uow: UnitOfWork) -> bool:
    """As it is wanted by now, of all sources that its alerts came from."""
    if incident.source is not Surface.WEBHOOK:
        return False
    sources = [await uow.integrations.get(one) for one in await uow.alerts.sources_of(incident.id)]
    return bool(sources) and all(source.auto_resolve for source in sources)


async def _resolve(
    incident: Incident, because: str, uow: UnitOfWork, now: datetime, actor: Actor
) -> None:
    resolved, done = incident.resolve(because, by=actor, at=now)
    await uow.incidents.save(resolved, because=done)


async def _say(told: list[Episode], incident: Incident, ring: Ring) -> None:
    if not told:
        return
    cleared = AlertsCleared(
        incident_id=incident.id, by=ring.actor, at=ring.now, count=len(told), names=names_of(told)
    )
    await ring.uow.incidents.save(incident, because=cleared)
