"""The incident that alerts belong to: the live one of their group, reopened, or declared."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from core.domain.actor import Surface
from core.domain.alert import AlertGroup, Episode, Fate, GroupKey
from core.domain.ids import IncidentId
from core.domain.incident import Incident
from core.domain.state import State
from core.language import to_say
from core.usecases.alert_joins import as_bad_as, join
from core.usecases.declaring import concern, declare
from core.usecases.ring import Ring, found
from core.usecases.storms import STORM, Storm, storm_of
from core.usecases.waves import Member, Wave, news_of

REOPENS_WITHIN = timedelta(minutes=5)
"""An alert that fires again so soon after its source resolved the incident reopens it."""


@dataclass(slots=True, kw_only=True)
class Group:
    """A group with those of the wave that belong to it."""

    kept: AlertGroup
    members: list[Member] = field(default_factory=list)

    @property
    def rank(self) -> int:
        """How bad the worst of it is."""
        return max(member.said.severity.rank for member in self.members)


async def ring_for(wave: Wave, ring: Ring) -> None:
    """Each group joined to its incident; the episodes are still to be put."""
    if not wave.members:
        return
    groups, storm = await _groups(wave, ring)
    place = _Place(storm=storm, ring=ring)
    known: dict[IncidentId, tuple[Incident, list[Group]]] = {}
    new: list[Group] = []
    for group in groups:
        current = await place.of(group)
        if current:
            known.setdefault(current.id, (current, []))[1].append(group)
        else:
            new.append(group)
    for incident, several in known.values():
        await _go_on(incident, several, storm, wave, ring)
    await _begin(new, storm, wave, ring)


async def _groups(wave: Wave, ring: Ring) -> tuple[list[Group], Storm]:
    source = ring.integration.id
    members: dict[GroupKey, list[Member]] = {}
    for member in wave.members.values():
        members.setdefault(member.said.group, []).append(member)
    known = await ring.uow.alerts.groups(source, [*members, STORM])
    groups = [
        Group(kept=known.get(key) or AlertGroup(integration_id=source, key=key), members=several)
        for key, several in members.items()
    ]
    return groups, await storm_of(known.get(STORM), ring)


@dataclass(slots=True, kw_only=True)
class _Place:
    """Where groups belong; each incident is asked for once, however many groups it has."""

    storm: Storm
    ring: Ring
    incidents: dict[IncidentId, Incident | None] = field(default_factory=dict)
    ends: dict[IncidentId, datetime | None] = field(default_factory=dict)

    async def of(self, group: Group) -> Incident | None:
        """The incident of the group, if it takes more of it."""
        id = group.kept.incident_id
        if id is None:
            return None
        if id not in self.incidents:
            self.incidents[id] = await found(id, self.ring.uow)
        incident = self.incidents[id]
        return incident if incident and await self._takes(incident, group) else None

    async def _takes(self, incident: Incident, group: Group) -> bool:
        """It lives, and its window is not over; or its source resolved it just now."""
        if not incident.active:
            return await self._just_resolved(incident, group.members)
        window = group.members[0].group_window
        seconds = self.ring.integration.settings.group_window if window is None else window
        if not seconds or self.storm.is_of(incident):
            return True
        opened_at = group.kept.opened_at or incident.created_at
        return self.ring.now < opened_at + timedelta(seconds=seconds)

    async def _just_resolved(self, incident: Incident, members: Sequence[Member]) -> bool:
        if incident.state is not State.RESOLVED or incident.resolved_by is not Surface.WEBHOOK:
            return False
        if incident.id not in self.ends:
            self.ends[incident.id] = await self.ring.uow.alerts.last_end(incident.id)
        quiet_since = self.ends[incident.id]
        first = min(member.said.starts_at for member in members)
        return quiet_since is not None and first - quiet_since < REOPENS_WITHIN


async def _go_on(
    incident: Incident, groups: Sequence[Group], storm: Storm, wave: Wave, ring: Ring
) -> None:
    """They join the incident, which is reopened where it was over."""
    members = [member for group in groups for member in group.members]
    incident = await concern(incident, members, ring)
    if incident.active:
        incident = await join(incident, news_of(members), ring)
    else:
        reopened, event = incident.reopen(to_say("It fires again."), by=ring.actor, at=ring.now)
        incident = await ring.uow.incidents.save(reopened, because=event)
        incident = await as_bad_as([member.said for member in members], incident, ring)
    fate = Fate.STORM if storm.is_of(incident) else Fate.GROUPED
    wave.join(incident, _joined(members, incident, fate))


async def _begin(new: Sequence[Group], storm: Storm, wave: Wave, ring: Ring) -> None:
    """An incident for each, while there is room; one for all the rest."""
    if not new:
        return
    room = await storm.room([group.rank for group in new], ring)
    first = new if len(new) <= room else sorted(new, key=lambda one: -one.rank)
    for group in first[:room]:
        incident = await declare(group.members, ring)
        await _open(group, incident, ring)
        wave.join(incident, _joined(group.members, incident, Fate.DECLARED))
    if rest := first[room:]:
        await _gather(rest, storm, wave, ring)


async def _gather(rest: Sequence[Group], storm: Storm, wave: Wave, ring: Ring) -> None:
    members = [member for group in rest for member in group.members]
    incident = await concern(await storm.take(members, ring), members, ring)
    for group in rest:
        await _open(group, incident, ring)
    wave.join(incident, _joined(members, incident, Fate.STORM))


async def _open(group: Group, incident: Incident, ring: Ring) -> None:
    opened = replace(group.kept, incident_id=incident.id, opened_at=ring.now)
    await ring.uow.alerts.save_group(opened)


def _joined(members: Iterable[Member], incident: Incident, fate: Fate) -> list[Episode]:
    return [member.episode.joined(incident.id, fate) for member in members]
