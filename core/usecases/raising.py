"""Alerts that were quiet for a reason which is gone: they go the way of new ones once more."""

from collections.abc import Iterable
from datetime import datetime
from itertools import chain

from core import commands as c
from core.domain.actor import Actor
from core.domain.alert import Episode, Fate
from core.domain.events import SuppressedAlertsRaised
from core.domain.maintenance import Maintenance, MaintenanceState
from core.ports import UnitOfWork
from core.usecases.beginning import call
from core.usecases.ring import Ring
from core.usecases.suppression import by_source, take_what_is_suppressed
from core.usecases.waves import Wave

OVER = (MaintenanceState.COMPLETED, MaintenanceState.CANCELED)
NO_SOURCE = "because its source was deleted"
MOST_AT_ONCE = 1_000
"""Alerts that one transaction raises, so that others get their turn."""


async def call_again(
    episodes: Iterable[Episode],
    uow: UnitOfWork,
    now: datetime,
    actor: Actor,
    *,
    limit: int = MOST_AT_ONCE,
) -> list[Wave]:
    """They call somebody now, or are quiet for another reason; of each source a wave. `limit`
    groups are called for at most, the others stay as they are."""
    waves: list[Wave] = []
    for source, several in by_source(episodes).items():
        integration = await uow.integrations.get(source)
        if integration.deleted_at:
            await uow.alerts.put([one.quieted(Fate.DROPPED, note=NO_SOURCE) for one in several])
            continue
        ring = Ring(integration=integration, actor=actor, uow=uow, now=now)
        wave = Wave.of((episode, episode) for episode in several)
        await take_what_is_suppressed(wave, ring)
        wave.first_groups(limit - sum(len(one.called) for one in waves))
        await call(wave, ring)
        await uow.alerts.put(wave.settled)
        waves.append(wave)
    return waves


async def raise_suppressed(
    command: c.RaiseSuppressedAlerts, uow: UnitOfWork, now: datetime
) -> Maintenance:
    """Those of a window that is over. What another window in progress covers is handed to it."""
    window = await uow.maintenances.get(command.maintenance_id)
    if window.state not in OVER:
        return window
    actor = command.caller.actor
    waiting = await uow.alerts.still_suppressed(window.id, MOST_AT_ONCE)
    waves = await call_again(waiting, uow, now, actor, limit=command.limit)
    event = await _told(window, waves, uow, by=actor, at=now)
    return await uow.maintenances.save(window, because=event)


async def _told(
    window: Maintenance, waves: list[Wave], uow: UnitOfWork, *, by: Actor, at: datetime
) -> SuppressedAlertsRaised | None:
    called = list(chain.from_iterable(wave.called for wave in waves))
    kept = chain.from_iterable(wave.kept for wave in waves)
    handed = [episode for episode in kept if episode.fate is Fate.SUPPRESSED]
    if not called and not handed:
        return None
    names = {one.id: one.reference for one in await uow.maintenances.running()} if handed else {}
    others = (names[one.suppressed_by] for one in handed if one.suppressed_by)
    return SuppressedAlertsRaised(
        **window.fact(by, at),
        count=sum(len(one.episodes) for one in called),
        incidents=tuple(dict.fromkeys(one.incident.reference for one in called)),
        handed=len(handed),
        handed_to=tuple(dict.fromkeys(others)),
    )
