"""Alerts during a window: recorded without calling anybody."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from core.domain.alert import Episode
from core.domain.ids import IntegrationId, ServiceId
from core.domain.integration import Integration
from core.domain.maintenance import Maintenance
from core.domain.routing import labels_of
from core.domain.suppression import Cover
from core.ports import UnitOfWork
from core.usecases.ring import Ring
from core.usecases.waves import Wave


async def take_what_is_suppressed(wave: Wave, ring: Ring) -> None:
    """What a window in progress covers."""
    running = await ring.uow.maintenances.running() if wave.members else []
    if not running:
        return
    covers = _Covers(running, ring.integration)
    for _, member in wave.each():
        if window := covers.over(member.episode):
            wave.keep(member.episode.suppressed_in(window.id))


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
    for source, episodes in by_source(held).items():
        covers = _Covers(others, await uow.integrations.get(source))
        kept += sum(covers.over(episode) is not None for episode in episodes)
    return kept


def _ends_by(window: Maintenance, now: datetime) -> bool:
    return window.auto_complete and window.scheduled_end_at <= now


def by_source(episodes: Iterable[Episode]) -> dict[IntegrationId, list[Episode]]:
    sources: dict[IntegrationId, list[Episode]] = {}
    for episode in episodes:
        sources.setdefault(episode.integration_id, []).append(episode)
    return sources


class _Covers:
    """The windows as the alerts of one source meet them, whose services may differ."""

    def __init__(self, windows: Sequence[Maintenance], integration: Integration) -> None:
        self._windows = windows
        self._of_source = integration.service_id
        self._covers: dict[ServiceId | None, Cover] = {}

    def over(self, episode: Episode) -> Maintenance | None:
        """The window that suppresses it."""
        service = episode.service_id or self._of_source
        if service not in self._covers:
            self._covers[service] = Cover.of(self._windows, service)
        cover = self._covers[service]
        return None if cover.nothing else cover.over(labels_of(episode))
