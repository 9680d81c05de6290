"""Reminds people of an incident when their moment has come, and puts that off when they wish.

Whatever rings is looked at as it is now: what was done meanwhile is reminded of no more, and what
moved meanwhile is waited for until then.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from core.commands.reminders import PutOffReminder
from core.domain import events as e
from core.domain.actor import Actor
from core.domain.follow_up import FollowUp
from core.domain.ids import IncidentId
from core.domain.incident import Incident
from core.domain.incident_settings import IncidentSettings
from core.domain.reminder import TIMERS, Reminder
from core.domain.reminder_times import (
    LONGEST_SPREAD,
    MOST_LEAD,
    MOST_STALE,
    MOST_UPDATE,
    NEWS,
    PUT_OFF,
    UNHEARD,
    attended,
    away,
    next_wait,
)
from core.domain.reminding import besides_lead
from core.domain.state import State
from core.domain.timer import Timer, TimerKind
from core.errors import IllegalTransition, InvalidInput
from core.language import say
from core.ports import UnitOfWork
from core.usecases.incident_checks import load
from core.usecases.reminding import carry_out
from core.usecases.ring import found
from core.usecases.settings import settings_in

SHORTEST, LONGEST = timedelta(minutes=1), timedelta(days=90)
HOUR = timedelta(hours=1)
"""Where news was promised of what nobody else waits for, it is asked for so often."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """A timer that rang for an incident at which people should be at work."""

    timer: Timer
    incident: Incident
    settings: IncidentSettings
    uow: UnitOfWork
    now: datetime
    actor: Actor

    async def remind(self, reminder: Reminder, since: datetime, again: timedelta | None) -> None:
        """It is told, and told again when it is time for that."""
        count = self.timer.count + 1
        if again:
            await self.wait_until(self.now + again, count)
        due = e.ReminderDue(
            incident_id=self.incident.id,
            by=self.actor,
            at=self.now,
            reminder=reminder,
            count=count,
            since=since,
        )
        await self.uow.incidents.save(self.incident, because=due)

    async def told_at(self) -> datetime:
        """When others were last told of it."""
        last = await self.uow.timeline.last(self.incident.id, NEWS)
        return last.at if last else self.incident.created_at

    async def heard_at(self) -> datetime:
        """When anything was last heard of it, from people or from alerts."""
        last = await self.uow.timeline.last(self.incident.id, UNHEARD, beside=True)
        return last.at if last else self.incident.created_at

    async def spread(self, wait: timedelta) -> bool:
        """Whether it is told a little later, for it is overdue for long as others are."""
        more = away(self.timer, wait, self.now)
        if more:
            await self.uow.timers.set(_put_off_by(more, self.timer, self.now))
        return more is not None

    def again(self, wait: timedelta, most: int) -> timedelta | None:
        """Until it is told the next time, each time later; None when it was told often enough."""
        count = self.timer.count + 1
        return next_wait(wait, count) if count < most else None

    async def wait_until(self, due_at: datetime, count: int = 0) -> None:
        kind, id = self.timer.kind, self.timer.subject_id
        await self.uow.timers.set(Timer(kind=kind, subject_id=id, due_at=due_at, count=count))


async def snooze_over(subject_id: str, uow: UnitOfWork, now: datetime, actor: Actor) -> None:
    """It is open again by itself; of what was to be long ago, not all at once."""
    timer = await taken(TimerKind.SNOOZE, subject_id, uow, now)
    if timer is None:
        return
    if more := away(timer, LONGEST_SPREAD, now):
        await uow.timers.set(_put_off_by(more, timer, now))
        return
    incident = await found(IncidentId(subject_id), uow)
    if incident is None or incident.state is not State.SNOOZED:
        return
    reopened, event = incident.reopen(by=actor, at=now)
    await uow.incidents.save(reopened, because=event)


async def lead_missing(subject_id: str, uow: UnitOfWork, now: datetime, actor: Actor) -> None:
    rung = await _rung(TimerKind.LEAD, subject_id, uow, now, actor)
    if rung is None or rung.incident.assignee_id:
        return
    if not rung.settings.lead_minutes:
        if not rung.timer.count:
            await carry_out(besides_lead(rung.incident, rung.settings, now), uow)
        return
    wait = timedelta(minutes=rung.settings.lead_minutes)
    if await rung.spread(wait):
        return
    again = wait if rung.timer.count + 1 < MOST_LEAD else None
    since = rung.incident.published_at or rung.incident.created_at
    await rung.remind(Reminder.LEAD, since, again)


async def update_due(subject_id: str, uow: UnitOfWork, now: datetime, actor: Actor) -> None:
    """So often until there is news; later and later when there is none for long."""
    rung = await _rung(TimerKind.UPDATE, subject_id, uow, now, actor)
    if rung is None:
        return
    interval = rung.settings.update_interval(rung.incident.severity)
    if interval is None and rung.incident.update_due_at is None:
        return
    wait = interval or HOUR
    if not await rung.spread(wait):
        since = await rung.told_at()
        await rung.remind(Reminder.UPDATE, since, rung.again(wait, MOST_UPDATE))


async def stale(subject_id: str, uow: UnitOfWork, now: datetime, actor: Actor) -> None:
    """Whatever was heard of it since is found now, so that nothing has to note it before."""
    rung = await _rung(TimerKind.STALE, subject_id, uow, now, actor)
    if rung is None or not rung.settings.stale_hours:
        return
    wait = timedelta(hours=rung.settings.stale_hours)
    since = await rung.heard_at()
    if since + wait > now:
        await rung.wait_until(since + wait)
    elif not await rung.spread(wait):
        await rung.remind(Reminder.STALE, since, rung.again(wait, MOST_STALE))


async def put_off(command: PutOffReminder, uow: UnitOfWork, now: datetime) -> Incident:
    if not SHORTEST <= command.wait <= LONGEST:
        raise InvalidInput(
            say("A reminder is put off by a minute at least, and by 90 days at most."),
            field="wait",
        )
    incident = await load(command, uow)
    subject_id = await _subject(command, incident, uow)
    until = now + command.wait
    kind = TIMERS[command.reminder]
    await uow.timers.set(Timer(kind=kind, subject_id=subject_id, due_at=until))
    event = e.ReminderPutOff(
        incident_id=incident.id,
        by=command.caller.actor,
        at=now,
        reminder=command.reminder,
        until=until,
    )
    return await uow.incidents.save(incident, because=event)


def _put_off_by(more: timedelta, timer: Timer, now: datetime) -> Timer:
    return replace(timer, due_at=now + more, names=PUT_OFF)


async def taken(kind: TimerKind, subject_id: str, uow: UnitOfWork, now: datetime) -> Timer | None:
    """The timer, which is gone; None where it has been moved meanwhile."""
    timer = await uow.timers.get(kind, subject_id)
    if timer is None or timer.due_at > now:
        return None
    await uow.timers.cancel(kind, subject_id)
    return timer


async def _rung(
    kind: TimerKind, subject_id: str, uow: UnitOfWork, now: datetime, actor: Actor
) -> Rung | None:
    timer = await taken(kind, subject_id, uow, now)
    incident = await found(IncidentId(subject_id), uow) if timer else None
    if timer is None or incident is None or not attended(incident):
        return None
    settings = await settings_in(uow, now)
    return Rung(timer=timer, incident=incident, settings=settings, uow=uow, now=now, actor=actor)


async def _subject(command: PutOffReminder, incident: Incident, uow: UnitOfWork) -> str:
    """What the timer is about; refused where nothing is reminded of any more."""
    if command.reminder is Reminder.TASK:
        return (await _open_task(command.task_id, incident, uow)).id
    if command.reminder is Reminder.TASKS_LEFT or attended(incident):
        return incident.id
    raise IllegalTransition(
        say("Nobody is reminded of {reference} any more.", reference=incident.reference)
    )


async def _open_task(id: str, incident: Incident, uow: UnitOfWork) -> FollowUp:
    """Of those of others is said what is said of none, for they may be private."""
    tasks = await uow.records(FollowUp).children(incident.id)
    task = next((one for one in tasks if one.id == id), None)
    if task is None:
        raise InvalidInput(
            say(
                "{reference} has no such task; choose one of its tasks.",
                reference=incident.reference,
            ),
            field="task_id",
        )
    if not task.outstanding:
        raise IllegalTransition(say("That task is not open any more."))
    return task
