"""Moments at which something has to be done about alerts, whoever is up then."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Timer:
    """There is one of each kind and subject at most.

    `count` and `names` are what has to be told of then: so many, and what a few of them say.
    """

    kind: TimerKind
    subject_id: str
    due_at: datetime
    count: int = 0
    names: tuple[str, ...] = ()
