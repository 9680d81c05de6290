"""The end of what kept alerts quiet: a hold, a silence, or the incident of what is broken."""

from dataclasses import replace
from datetime import datetime, timedelta

from core.commands import alerting as a
from core.domain.actor import Actor
from core.domain.alert import Fate
from core.domain.ids import IntegrationId
from core.domain.silence import Silence
from core.domain.timer import Timer, TimerKind
from core.errors import NotFound
from core.ports import UnitOfWork
from core.usecases import records
from core.usecases.backlog import dealt_with_until
from core.usecases.raising import MOST_AT_ONCE, call_again
from core.usecases.ring import found

SECOND_LOOK = timedelta(minutes=1)
"""So long after a silence is over it is asked once more for alerts: whoever decided on one at the
very end of it may have had a slower clock."""

INBOX_LOOK = timedelta(seconds=5)
"""So long after one look whether the inbox is worked off comes the next one."""


async def hold_over(subject_id: str, uow: UnitOfWork, now: datetime, actor: Actor) -> None:
    """What a source fired for long enough calls somebody."""
    if not await _due(TimerKind.HOLD, subject_id, uow, now):
        return
    source = IntegrationId(subject_id)
    until = await dealt_with_until(uow, now)
    await call_again(await uow.alerts.held_until(source, until, MOST_AT_ONCE), uow, now, actor)
    ahead = await uow.alerts.next_due(source)
    if ahead is None:
        await uow.timers.cancel(TimerKind.HOLD, subject_id)
    else:
        due_at = now + INBOX_LOOK if until < ahead <= now else ahead
        await uow.timers.set(Timer(kind=TimerKind.HOLD, subject_id=subject_id, due_at=due_at))


async def silence_over(subject_id: str, uow: UnitOfWork, now: datetime, actor: Actor) -> None:
    """What it kept quiet and still fires calls somebody."""
    if not await _due(TimerKind.SILENCE, subject_id, uow, now):
        return
    waiting = await uow.alerts.waiting(subject_id, Fate.SILENCED, MOST_AT_ONCE)
    await call_again(waiting, uow, now, actor)
    silence = await _silence(subject_id, uow)
    if len(waiting) == MOST_AT_ONCE:
        await _again(subject_id, now, uow)
    elif silence is None or silence.over:
        await uow.timers.cancel(TimerKind.SILENCE, subject_id)
    else:
        await records.change(silence, replace(silence, over=True), uow, by=actor, at=now)
        await _again(subject_id, now + SECOND_LOOK, uow)


async def raise_inhibited(command: a.RaiseInhibited, uow: UnitOfWork, now: datetime) -> int:
    cause = await found(command.incident_id, uow)
    if cause and cause.active:
        return 0
    waiting = await uow.alerts.waiting(command.incident_id, Fate.INHIBITED, command.limit)
    await call_again(waiting, uow, now, command.caller.actor)
    return len(waiting)


async def _due(kind: TimerKind, subject_id: str, uow: UnitOfWork, now: datetime) -> bool:
    timer = await uow.timers.get(kind, subject_id)
    return timer is not None and timer.due_at <= now


async def _silence(id: str, uow: UnitOfWork) -> Silence | None:
    try:
        return await uow.records(Silence).get(id)
    except NotFound:
        return None


async def _again(id: str, due_at: datetime, uow: UnitOfWork) -> None:
    await uow.timers.set(Timer(kind=TimerKind.SILENCE, subject_id=id, due_at=due_at))
