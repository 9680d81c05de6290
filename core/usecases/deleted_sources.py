"""Alerts of a source that was deleted: it will never say that they are over, so they end here."""

from datetime import datetime, timedelta

from core.domain.actor import Actor, Surface
from core.domain.fates import DELETED, ended_because
from core.domain.ids import IntegrationId
from core.domain.timer import Timer, TimerKind
from core.language import to_say
from core.ports import UnitOfWork
from core.usecases.alert_endings import clear_all
from core.usecases.ring import Ring

MOST_AT_ONCE = 1_000
"""Alerts that one transaction ends, so that others get their turn."""

SECOND_LOOK = timedelta(minutes=1)
"""So long after the last of them ended it is asked once more for alerts: whoever took one in at
the very end may not have known yet."""

RESOLVED = to_say("Its alerts are over, because their source was deleted.")


async def end_later(id: IntegrationId, uow: UnitOfWork, now: datetime) -> None:
    """Whoever sees to what is due ends them, beginning at once."""
    await _again(id, now, uow)


async def end_alerts(subject_id: str, uow: UnitOfWork, now: datetime, actor: Actor) -> None:
    """Their incidents are dealt with as if they had ended at the source."""
    timer = await uow.timers.get(TimerKind.DELETED, subject_id)
    if timer is None or timer.due_at > now:
        return
    source = await uow.integrations.get(IntegrationId(subject_id))
    firing = await uow.alerts.firing_of(source.id, MOST_AT_ONCE)
    ended = [ended_because(one, max(now, one.starts_at), DELETED) for one in firing]
    await uow.alerts.put(ended)
    by = Actor(surface=Surface.WEBHOOK, name=actor.name)
    await clear_all(ended, Ring(integration=source, actor=by, uow=uow, now=now), because=RESOLVED)
    if len(firing) == MOST_AT_ONCE:
        await _again(subject_id, now, uow)
    elif timer.count:
        await uow.timers.cancel(TimerKind.DELETED, subject_id)
    else:
        await _again(subject_id, now + SECOND_LOOK, uow, looks=1)


async def _again(id: str, due_at: datetime, uow: UnitOfWork, *, looks: int = 0) -> None:
    """`looks` is how often it was found that none are left."""
    timer = Timer(kind=TimerKind.DELETED, subject_id=id, due_at=due_at, count=looks)
    await uow.timers.set(timer)
