"""What is done when its moment has come: one line per kind of timer."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import TypeAlias

from core.commands import alerting as a
from core.domain.actor import Actor
from core.domain.timer import TimerKind
from core.ports import UnitOfWork
from core.usecases.alert_endings import grace_over
from core.usecases.calling import time_to_call
from core.usecases.deleted_sources import end_alerts
from core.usecases.heartbeat_signs import heartbeat_missed
from core.usecases.quiet_sources import source_quiet
from core.usecases.quieting import hold_over, silence_over
from core.usecases.reminders import lead_missing, snooze_over, stale, update_due
from core.usecases.rooms import archive_due
from core.usecases.summaries import week_over
from core.usecases.task_reminders import task_due, tasks_left

Due: TypeAlias = Callable[[str, UnitOfWork, datetime, Actor], Awaitable[None]]
"""Does what is due for a subject, and takes its timer away or sets it anew. Where the timer has
been moved meanwhile, nothing is due yet."""

DUE: Mapping[TimerKind, Due] = {
    TimerKind.HOLD: hold_over,
    TimerKind.GRACE: grace_over,
    TimerKind.NOTIFY: time_to_call,
    TimerKind.SILENCE: silence_over,
    TimerKind.HEARTBEAT: heartbeat_missed,
    TimerKind.QUIET: source_quiet,
    TimerKind.DELETED: end_alerts,
    TimerKind.SNOOZE: snooze_over,
    TimerKind.LEAD: lead_missing,
    TimerKind.UPDATE: update_due,
    TimerKind.STALE: stale,
    TimerKind.TASK: task_due,
    TimerKind.TASKS_LEFT: tasks_left,
    TimerKind.SUMMARY: week_over,
    TimerKind.ARCHIVE: archive_due,
}


async def ring_timer(command: a.RingTimer, uow: UnitOfWork, now: datetime) -> None:
    await DUE[command.kind](command.subject_id, uow, now, command.caller.actor)
