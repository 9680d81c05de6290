"""The way of alerts that begin: one step after the other may keep them; the rest call somebody."""

from dataclasses import replace

from core.domain.alert import Alert, AlertStatus, Episode, Fate
from core.domain.ids import IncidentId
from core.domain.tuning import RULED
from core.usecases.alert_changes import Changes
from core.usecases.alert_joins import join
from core.usecases.holding import take_what_is_held
from core.usecases.inhibition import graph_of, layers, take_what_is_inhibited
from core.usecases.ring import Ring, found
from core.usecases.ringing import ring_for
from core.usecases.routing import route
from core.usecases.silencing import take_what_is_silenced
from core.usecases.suppression import take_what_is_suppressed
from core.usecases.waves import Member, Wave

JUDGED_BY_WORD = frozenset({Fate.DROPPED, Fate.NOTIFIED, Fate.SILENCED, Fate.SUPPRESSED})
"""Kept from calling anybody for what it said of itself."""


async def begin(changes: Changes, ring: Ring) -> list[Episode]:
    """What began or got worse, settled; the episodes are still to be put."""
    wave = Wave.of(changes.begun.values())
    _take_what_got_worse(wave, changes)
    await _stay(wave, changes, ring)
    await take_what_is_suppressed(wave, ring)
    await call(wave, ring, hold=True)
    return wave.settled


async def call(wave: Wave, ring: Ring, *, hold: bool = False) -> None:
    """The way of a wave, from where no window keeps it. What comes back to it, because the reason
    to be quiet is gone, is not held again."""
    await take_what_is_silenced(wave, ring)
    await route(wave, ring)
    if not wave.members:
        return
    graph = await graph_of(ring.uow)
    for part in list(layers(wave, graph, ring)) if graph else [wave]:
        await take_what_is_inhibited(part, graph, ring)
        if hold:
            await take_what_is_held(part, ring)
        await ring_for(part, ring)
        if part is not wave:
            wave.kept += part.kept
            wave.called += part.called
    wave.members.clear()


def _take_what_got_worse(wave: Wave, changes: Changes) -> None:
    """What called nobody while it was milder is decided on once more, as it is told now."""
    for id, alert in changes.worsened.items():
        episode = changes.amended.get(id)
        if episode is None or not episode.firing or episode.incident_id:
            continue
        if episode.fate in JUDGED_BY_WORD:
            del changes.amended[id]
            wave.members[id] = _told_now(episode, alert)


def _told_now(episode: Episode, alert: Alert) -> Member:
    """An edit of it says less than is known of it already."""
    if alert.status is not AlertStatus.FIRING:
        return Member(said=episode, episode=episode)
    told = replace(episode, labels=alert.labels, group=alert.group, group_title=alert.group_title)
    return Member(said=replace(alert, starts_at=episode.starts_at), episode=told)


async def _stay(wave: Wave, changes: Changes, ring: Ring) -> None:
    """What fires anew, without having been quiet in between, stays in its incident while that
    lives and its group is the same, for the reason for which it came there."""
    before = {one.fingerprint: one for one in changes.superseded.values() if one.incident_id}
    if not before:
        return
    going_on: dict[IncidentId, list[tuple[Member, Episode]]] = {}
    for _, member in wave.each():
        last = before.get(member.said.fingerprint)
        if last and last.incident_id and _same_group(last, member):
            again = member.episode.joined(last.incident_id, last.fate, last.fate_note)
            going_on.setdefault(last.incident_id, []).append((member, again))
    for id, several in going_on.items():
        incident = await found(id, ring.uow)
        if incident and incident.active:
            joined = await join(incident, [], ring, [member.said for member, _ in several])
            wave.join(joined, [episode for _, episode in several])


def _same_group(last: Episode, member: Member) -> bool:
    """As its source says; what a rule has to do with its group is not known yet."""
    return last.group == member.said.group or last.group.startswith(RULED)
