"""What an installation decides about maintenance, as values that the use cases are given."""

from dataclasses import dataclass
from datetime import timedelta

MAX_REMINDERS = 10
LONGEST_REMINDER = timedelta(days=31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """`reminders` are minutes before the start at which a window is announced, where the wish
    for it says nothing else."""

    longest_maintenance: timedelta = timedelta(days=366)
    reminders: tuple[int, ...] = (60,)
