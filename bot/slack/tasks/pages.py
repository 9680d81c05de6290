"""The tasks of an incident a page at a time, and where a page begins; pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.domain.task_list import Task

LISTED = 20
SETTLED = "done."


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """What is still to be done comes first, then what is settled. `place` is where the page begins;
    `earlier` and `later` are where its neighbours do, None without one; `first` counts from 1."""

    tasks: Sequence[Task]
    first: int
    total: int
    place: str = ""
    earlier: str | None = None
    later: str | None = None


def leaf_of(tasks: Sequence[Task], place: str = "") -> Leaf:
    """Behind the task called `place`, whatever became of it; the last page where nothing is."""
    rows = sorted(tasks, key=_key)
    start = sum(_key(task) <= _begun(place) for task in rows)
    if start >= len(rows):
        start = max(len(rows) - 1, 0) // LISTED * LISTED
    end = start + LISTED
    return Leaf(
        tasks=rows[start:end],
        first=start + 1,
        total=len(rows),
        place=_behind(rows, start),
        earlier=_behind(rows, max(start - LISTED, 0)) if start else None,
        later=_behind(rows, end) if end < len(rows) else None,
    )


def from_page(tasks: Sequence[Task], place: str = "") -> Sequence[Task]:
    """All of them, those of that page first."""
    page = leaf_of(tasks, place).tasks
    there = {task.number for task in page}
    return [*page, *(task for task in sorted(tasks, key=_key) if task.number not in there)]


def _behind(rows: Sequence[Task], start: int) -> str:
    """As a button carries it; nothing is before the first."""
    if not start:
        return ""
    last = rows[start - 1]
    return f"{'' if last.what.outstanding else SETTLED}{last.number}"


def _key(task: Task) -> tuple[bool, int]:
    return not task.what.outstanding, task.number


def _begun(place: str) -> tuple[bool, int]:
    number = place.removeprefix(SETTLED)
    return place.startswith(SETTLED), int(number) if number.isdecimal() else 0
