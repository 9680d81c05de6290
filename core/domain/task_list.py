"""The tasks of one incident in the order in which they were written down, each with its number."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.domain.follow_up import FollowUp, FollowUpStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """`number` is what people call it, from 1."""

    number: int
    what: FollowUp

    def overdue(self, now: datetime) -> bool:
        due_at = self.what.due_at
        return self.what.outstanding and due_at is not None and due_at <= now


def numbered(tasks: Iterable[FollowUp], first: int = 1) -> list[Task]:
    """By when they were written down: a task keeps its number when others are done. `first` is
    that of the oldest, where there are older ones."""
    ordered = sorted(tasks, key=lambda one: (one.created_at, one.id))
    return [Task(number=number, what=one) for number, one in enumerate(ordered, first)]


def left(tasks: Iterable[Task]) -> list[Task]:
    """What somebody still has to do."""
    return [one for one in tasks if one.what.outstanding]


def finished(tasks: Iterable[Task]) -> list[Task]:
    return [one for one in tasks if one.what.status is FollowUpStatus.COMPLETED]


def soonest_first(tasks: Sequence[FollowUp]) -> list[FollowUp]:
    """What has no time comes after what has one."""
    return sorted(tasks, key=lambda one: (one.due_at is None, one.due_at or one.created_at, one.id))
