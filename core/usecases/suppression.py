"""Alerts during a window: recorded without calling anybody, and raised when it is over."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice

from core import commands as c
from core.domain.alert import Alert, Episode, Fingerprint, GroupKey
from core.domain.events import SuppressedAlertsRaised
from core.domain.ids import IntegrationId
from core.domain.maintenance import Maintenance, MaintenanceState
from core.domain.suppression import Cover
from core.ports import UnitOfWork
from core.usecases.alert_changes import Changes
from core.usecases.ring import Ring, found
from core.usecases.ringing import Called, ring_for

OVER = (MaintenanceState.COMPLETED, MaintenanceState.CANCELED)
MOST_AT_ONCE = 1_000
"""Alerts that one transaction raises, so that others get their turn."""


async def take_what_is_suppressed(changes: Changes, ring: Ring) -> list[Episode]:
    """What began while a window in progress covers it, taken out of `changes`: it calls nobody.

    What goes on in a live incident stays there; a restart is no reason to let go of it.
    """
    if not changes.begun:
        return []
    cover = Cover.of(await ring.uow.maintenances.running(), ring.integration.service_id)
    if cover.nothing:
        return []
    living = await _living(changes, ring.uow)
    suppressed: list[Episode] = []
    for id, (alert, episode) in list(changes.begun.items()):
        window = cover.over(alert.labels)
        if window and alert.fingerprint not in living:
            suppressed.append(_suppressed(alert, episode, window))
            del changes.begun[id]
    return suppressed


async def raise_suppressed(
    command: c.RaiseSuppressedAlerts, uow: UnitOfWork, now: datetime
) -> Maintenance:
    """Those that another window in progress covers are handed to it."""
    window = await uow.maintenances.get(command.maintenance_id)
    if window.state not in OVER:
        return window
    raising = _Raising(limit=command.limit)
    running = await uow.maintenances.running()
    waiting = await uow.alerts.still_suppressed(window.id, MOST_AT_ONCE)
    for source, episodes in _by_source(waiting).items():
        integration = await uow.integrations.get(source)
        ring = Ring(integration=integration, actor=command.caller.actor, uow=uow, now=now)
        left = raising.hand_over(episodes, Cover.of(running, integration.service_id))
        await raising.take(left, ring)
    await uow.alerts.put([*raising.handed, *(e for one in raising.called for e in one.episodes)])
    event = raising.told(window, command, now)
    return await uow.maintenances.save(window, because=event)


async def kept_by_others(window: Maintenance, firing: int, uow: UnitOfWork, now: datetime) -> int:
    """How many of its alerts that still fire go on calling nobody once it is over: other windows
    in progress cover them, which do not end at this moment as well."""
    if not firing:
        return 0
    running = await uow.maintenances.running()
    others = [one for one in running if one.id != window.id and not _ends_by(one, now)]
    if not others:
        return 0
    kept = 0
    held = await uow.alerts.still_suppressed(window.id, firing)
    for source, episodes in _by_source(held).items():
        integration = await uow.integrations.get(source)
        cover = Cover.of(others, integration.service_id)
        kept += sum(cover.over(episode.labels) is not None for episode in episodes)
    return kept


def _ends_by(window: Maintenance, now: datetime) -> bool:
    return window.auto_complete and window.scheduled_end_at <= now


@dataclass(slots=True, kw_only=True)
class _Raising:
    """What becomes of the alerts of a window that is over; `limit` groups are raised at most."""

    limit: int
    called: list[Called] = field(default_factory=list)
    handed: list[Episode] = field(default_factory=list)
    windows: dict[str, None] = field(default_factory=dict)

    def hand_over(self, episodes: Iterable[Episode], cover: Cover) -> list[Episode]:
        """What is left, for which nobody else asks for quiet."""
        left: list[Episode] = []
        for episode in episodes:
            window = cover.over(episode.labels)
            if window:
                self.handed.append(episode.suppressed_in(window.id))
                self.windows[window.reference] = None
            else:
                left.append(episode)
        return left

    async def take(self, episodes: Iterable[Episode], ring: Ring) -> None:
        groups: dict[GroupKey, list[tuple[Episode, Episode]]] = {}
        for episode in episodes:
            groups.setdefault(episode.group, []).append((episode, episode))
        room = self.limit - len(self.called)
        self.called += await ring_for(dict(islice(groups.items(), room)), ring)

    def told(
        self, window: Maintenance, command: c.RaiseSuppressedAlerts, now: datetime
    ) -> SuppressedAlertsRaised | None:
        if not self.called and not self.handed:
            return None
        return SuppressedAlertsRaised(
            **window.fact(command.caller.actor, now),
            count=sum(len(one.episodes) for one in self.called),
            incidents=tuple(dict.fromkeys(one.incident.reference for one in self.called)),
            handed=len(self.handed),
            handed_to=tuple(self.windows),
        )


async def _living(changes: Changes, uow: UnitOfWork) -> frozenset[Fingerprint]:
    """What fires anew, without having been quiet in between, in an incident that lives."""
    living: set[Fingerprint] = set()
    for episode in changes.superseded.values():
        incident = await found(episode.incident_id, uow)
        if incident and incident.active:
            living.add(episode.fingerprint)
    return frozenset(living)


def _suppressed(alert: Alert, episode: Episode, window: Maintenance) -> Episode:
    """With all that it needs to call somebody later."""
    kept = replace(episode, group=alert.group, group_title=alert.group_title, urgency=alert.urgency)
    return kept.suppressed_in(window.id)


def _by_source(episodes: Iterable[Episode]) -> dict[IntegrationId, list[Episode]]:
    sources: dict[IntegrationId, list[Episode]] = {}
    for episode in episodes:
        sources.setdefault(episode.integration_id, []).append(episode)
    return sources
