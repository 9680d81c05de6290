"""Moments at which something has to be done, whoever is up then."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class TimerKind(StrEnum):
    """What has to be done; the subject of each is named behind it."""

    HOLD = "hold"
    """The alerts of a source whose hold is over call somebody (integration)."""
    GRACE = "grace"
    """Nothing fired for long enough: it is resolved (incident)."""
    NOTIFY = "notify"
    """What joined since somebody was last called is told of (incident)."""
    SILENCE = "silence"
    """It is over, and what still fires calls somebody (silence)."""
    HEARTBEAT = "heartbeat"
    """It has not been heard in time: it rings (heartbeat)."""
    QUIET = "quiet"
    """The source has not been heard for too long: it is flagged (integration)."""
    DELETED = "deleted"
    """The source was deleted: its alerts end (integration)."""
    SNOOZE = "snooze"
    """It was put off until now, and is open again (incident)."""
    LEAD = "lead"
    """Nobody leads it yet (incident)."""
    UPDATE = "update"
    """Nothing was told for as long as its severity allows, or as was promised (incident)."""
    STALE = "stale"
    """Nothing at all was heard of it for long (incident)."""
    TASK = "task"
    """A task is due (follow-up)."""
    TASKS_LEFT = "tasks_left"
    """It is over, and tasks of it are still open (incident)."""
    ARCHIVE = "archive"
    """It was over for long enough: its channel is archived (incident)."""
    SUMMARY = "summary"
    """The week is over and is summed up (organisation)."""


PATIENT = frozenset(
    {
        TimerKind.SNOOZE,
        TimerKind.LEAD,
        TimerKind.UPDATE,
        TimerKind.STALE,
        TimerKind.TASK,
        TimerKind.TASKS_LEFT,
        TimerKind.ARCHIVE,
        TimerKind.SUMMARY,
    }
)
"""They wait until nothing is due about alerts: nobody is called later because of a reminder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timer:
    """There is one of each kind and subject at most.

    `count` and `names` are what has to be told of then: so many, and what a few of them say. Of a
    reminder they are how often it was told, and that it was put off while Tocsin was away.
    """

    kind: TimerKind
    subject_id: str
    due_at: datetime
    count: int = 0
    names: tuple[str, ...] = ()
