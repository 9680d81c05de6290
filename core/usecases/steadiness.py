"""Alerts that come and go: told of once, then no more until they are steady."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from core.domain.actor import Actor
from core.domain.alert import Episode, Fingerprint
from core.domain.events import AlertsFlapping, AlertsSteady
from core.domain.flapping import flap_window, flaps, steady_after, still_flaps
from core.domain.ids import IncidentId
from core.domain.incident import Incident
from core.domain.timer import Timer, TimerKind
from core.ports import UnitOfWork
from core.usecases.alert_changes import Changes
from core.usecases.ring import Ring, found, names_of


async def mark_flapping(changes: Changes, ring: Ring) -> None:
    """Of what began, that which came and went too often."""
    settings = ring.integration.settings
    suspects = [episode for _, episode in changes.begun.values() if changes.came_before(episode)]
    if not settings.flap_count or not suspects:
        return
    known = await _starts(changes, suspects, ring)
    restarted = {episode.fingerprint for episode in changes.superseded.values()}
    for episode in suspects:
        before, at = changes.before.get(episode.fingerprint), episode.starts_at
        again = episode.fingerprint in restarted  # it was not away, so it did not come back
        if still_flaps(before, at, settings) or (
            not again and flaps(known.get(episode.fingerprint, ()), at, settings)
        ):
            changes.mark_flapping(episode)


async def tell_flapping(changes: Changes, begun: Iterable[Episode], ring: Ring) -> None:
    """In the incident it joined, when it begins; from then on the incident waits for it to be
    steady."""
    restless: dict[IncidentId, list[Episode]] = {}
    for episode in begun:
        if episode.flapping and episode.incident_id:
            restless.setdefault(episode.incident_id, []).append(episode)
    due_at = ring.now + steady_after(ring.integration.settings)
    for id, episodes in restless.items():
        await ring.uow.timers.set(Timer(kind=TimerKind.GRACE, subject_id=id, due_at=due_at))
        news = [one for one in episodes if not _told(changes.before.get(one.fingerprint), id)]
        incident = await found(id, ring.uow)
        if news and incident:
            event = AlertsFlapping(
                incident_id=id, by=ring.actor, at=ring.now, count=len(news), names=names_of(news)
            )
            await ring.uow.incidents.save(incident, because=event)


async def tell_steady(
    incident: Incident, flapped: Sequence[Episode], uow: UnitOfWork, now: datetime, actor: Actor
) -> Incident:
    """Which of them go on, and which stay away."""
    latest = {episode.fingerprint: episode for episode in flapped}
    for firing in (True, False):
        told = [episode for episode in latest.values() if episode.firing is firing]
        if told:
            event = AlertsSteady(
                incident_id=incident.id,
                by=actor,
                at=now,
                count=len(told),
                names=names_of(told),
                firing=firing,
            )
            incident = await uow.incidents.save(incident, because=event)
    return incident


async def _starts(
    changes: Changes, suspects: Sequence[Episode], ring: Ring
) -> dict[Fingerprint, list[datetime]]:
    """When each of them began, as far as it matters, in this delivery as well as before it."""
    since = min(episode.starts_at for episode in suspects) - flap_window(ring.integration.settings)
    names = list(dict.fromkeys(episode.fingerprint for episode in suspects))
    starts = {name: list(changes.starts.get(name, ())) for name in names}
    for stored in await ring.uow.alerts.begun_since(ring.integration.id, names, since):
        if not stored.orphan:
            starts[stored.fingerprint].append(stored.starts_at)
    return starts


def _told(before: Episode | None, id: IncidentId) -> bool:
    return before is not None and before.flapping and before.incident_id == id
