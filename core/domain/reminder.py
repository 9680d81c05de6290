"""What people are reminded of while an incident goes on, and afterwards."""

from collections.abc import Mapping
from enum import StrEnum

from core.domain.timer import TimerKind


class Reminder(StrEnum):
    LEAD = "lead"
    """Nobody leads it yet."""
    UPDATE = "update"
    """Others wait for news."""
    STALE = "stale"
    """Nothing was heard of it for long."""
    TASK = "task"
    """A task is due."""
    TASKS_LEFT = "tasks_left"
    """It is over, and tasks of it are still open."""


TIMERS: Mapping[Reminder, TimerKind] = {one: TimerKind(one.value) for one in Reminder}
"""Which timer rings for it."""
