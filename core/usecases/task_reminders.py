"""Reminds people of tasks: of one when it is due, of all that are left some time after the end."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from core.domain import events as e
from core.domain.actor import Actor
from core.domain.follow_up import FollowUp
from core.domain.ids import IncidentId
from core.domain.incident import Incident
from core.domain.reminder import Reminder
from core.domain.timer import Timer, TimerKind
from core.errors import NotFound
from core.ports import UnitOfWork
from core.usecases.reminders import taken
from core.usecases.ring import found
from core.usecases.settings import settings_in

DAY, WEEK = timedelta(days=1), timedelta(days=7)
MOST_TIMES = 3
"""So often of one task, and of what is left of one incident; who was told so often knows."""


async def task_due(subject_id: str, uow: UnitOfWork, now: datetime, actor: Actor) -> None:
    timer = await taken(TimerKind.TASK, subject_id, uow, now)
    task = await _task(subject_id, uow) if timer else None
    incident = await found(task.incident_id, uow) if task else None
    if timer is None or task is None or incident is None or not task.outstanding:
        return
    due = _due(incident, timer, Reminder.TASK, task.due_at or timer.due_at, now, actor)
    told = replace(due, name=task.title, task_id=task.id)
    await _again(timer, now + DAY, uow)
    await uow.incidents.save(incident, because=told)


async def tasks_left(subject_id: str, uow: UnitOfWork, now: datetime, actor: Actor) -> None:
    """While it goes on the tasks are worked on, and nobody has to be told of them."""
    timer = await taken(TimerKind.TASKS_LEFT, subject_id, uow, now)
    incident = await found(IncidentId(subject_id), uow) if timer else None
    hours = (await settings_in(uow, now)).tasks_left_hours
    if timer is None or incident is None or not hours:
        return
    tasks = await uow.records(FollowUp).children(subject_id)
    if not any(task.outstanding for task in tasks):
        return
    if incident.active:
        later = now + timedelta(hours=hours)
        await uow.timers.set(replace(timer, due_at=later, count=0))
        return
    ended = _ended(incident) or now
    if not timer.count and ended + timedelta(hours=hours) > now:
        await uow.timers.set(replace(timer, due_at=ended + timedelta(hours=hours)))
    elif not _forgotten(tasks, now):
        await uow.timers.set(replace(timer, due_at=now + WEEK))
    else:
        due = _due(incident, timer, Reminder.TASKS_LEFT, ended, now, actor)
        await _again(timer, now + WEEK, uow)
        await uow.incidents.save(incident, because=due)


def _forgotten(tasks: Sequence[FollowUp], now: datetime) -> bool:
    """Whether any is left of which nobody will hear otherwise."""
    return any(task.outstanding and not (task.due_at and task.due_at > now) for task in tasks)


def _ended(incident: Incident) -> datetime | None:
    return incident.resolved_at or incident.closed_at or incident.canceled_at


async def _again(timer: Timer, due_at: datetime, uow: UnitOfWork) -> None:
    if timer.count + 1 < MOST_TIMES:
        await uow.timers.set(replace(timer, due_at=due_at, count=timer.count + 1))


async def _task(id: str, uow: UnitOfWork) -> FollowUp | None:
    try:
        return await uow.records(FollowUp).get(id)
    except NotFound:
        return None


def _due(
    incident: Incident,
    timer: Timer,
    reminder: Reminder,
    since: datetime,
    now: datetime,
    actor: Actor,
) -> e.ReminderDue:
    return e.ReminderDue(
        incident_id=incident.id,
        by=actor,
        at=now,
        reminder=reminder,
        count=timer.count + 1,
        since=since,
    )
