"""A heartbeat heard, awaited and missed.

When it was heard last is kept in its timer, so that a ping writes one short row. The record has it
where the timer cannot tell: while it rings, is switched off, or is waited for once more.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from core.domain.actor import Actor
from core.domain.alert import Alert, AlertStatus, Dating, Fingerprint, GroupKey
from core.domain.heartbeat import Heartbeat
from core.domain.timer import Timer, TimerKind
from core.domain.wording import minute
from core.errors import NotFound
from core.ports import UnitOfWork
from core.usecases import records
from core.usecases.alerts import take_in
from core.usecases.ring import Ring

PUNCTUAL = timedelta(minutes=1)
"""A timer that rings later than this was due while nobody was up, and pings were lost as well."""

LONGEST_WAIT = timedelta(minutes=10)
ONCE_MORE = 1
"""The count of a timer that was given more time."""


async def heartbeat_missed(subject_id: str, uow: UnitOfWork, now: datetime, actor: Actor) -> None:
    """The timer of a heartbeat is due: it was not heard in time."""
    timer = await uow.timers.get(TimerKind.HEARTBEAT, subject_id)
    if timer is None or timer.due_at > now:
        return
    await uow.timers.cancel(TimerKind.HEARTBEAT, subject_id)
    try:
        before = await uow.records(Heartbeat).get(subject_id)
    except NotFound:
        return
    if before.ringing or not before.enabled:
        return
    known = replace(before, last_ping_at=last_ping(before, timer))
    if now - timer.due_at > PUNCTUAL and not timer.count:
        await _wait_once_more(known, uow, now)
        await records.change(before, known, uow, by=actor, at=now)
        return
    silent = replace(known, ringing=True)
    await tell(silent, AlertStatus.FIRING, uow, now, actor)
    await records.change(before, silent, uow, by=actor, at=now)


async def tell(
    heartbeat: Heartbeat, status: AlertStatus, uow: UnitOfWork, now: datetime, actor: Actor
) -> None:
    """In the name of the source, as if that had sent it."""
    source = await uow.integrations.get(heartbeat.integration_id)
    service = await uow.services.get(heartbeat.service_id) if heartbeat.service_id else None
    labels = {"heartbeat": heartbeat.name}
    if service:
        labels["service"] = service.name
    alert = Alert(
        fingerprint=Fingerprint(heartbeat.id),
        group=GroupKey(heartbeat.id),
        group_title=f"No heartbeat of {heartbeat.name}",
        name=f"No heartbeat of {heartbeat.name}",
        status=status,
        starts_at=now,
        severity=heartbeat.severity,
        summary=_summary(heartbeat),
        description=heartbeat.description,
        labels=labels,
        dating=Dating.MOMENT,
    )
    await take_in([alert], Ring(integration=source, actor=actor, uow=uow, now=now))


def _summary(heartbeat: Heartbeat) -> str:
    if heartbeat.last_ping_at is None:
        return f"No heartbeat of {heartbeat.name}"
    return f"No heartbeat of {heartbeat.name} since {minute(heartbeat.last_ping_at)}"


async def expect(heartbeat: Heartbeat, pinged_at: datetime, uow: UnitOfWork) -> None:
    due_at = pinged_at + patience(heartbeat)
    await uow.timers.set(Timer(kind=TimerKind.HEARTBEAT, subject_id=heartbeat.id, due_at=due_at))


def last_ping(heartbeat: Heartbeat, timer: Timer | None) -> datetime | None:
    """`timer` is the one it has now."""
    if timer is None or timer.count:
        return heartbeat.last_ping_at
    return timer.due_at - patience(heartbeat)


def patience(heartbeat: Heartbeat) -> timedelta:
    return timedelta(seconds=heartbeat.interval + heartbeat.grace)


async def _wait_once_more(heartbeat: Heartbeat, uow: UnitOfWork, now: datetime) -> None:
    due_at = now + min(patience(heartbeat), LONGEST_WAIT)
    await uow.timers.set(
        Timer(kind=TimerKind.HEARTBEAT, subject_id=heartbeat.id, due_at=due_at, count=ONCE_MORE)
    )
