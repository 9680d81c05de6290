"""What the clock has to do for a window, and when: read off the window alone, never remembered
anywhere else."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.domain.maintenance import Maintenance

ENDING = timedelta(minutes=15)
"""How long before its end a running window is announced once more."""


class Deed(StrEnum):
    """What is to be done at a milestone."""

    SOON = "soon"
    """Say that it starts soon."""

    START = "start"
    DUE = "due"
    """Say that somebody has to start it: it does not start by itself."""

    LAPSE = "lapse"
    """Its time is over, and nobody started it."""

    ENDING = "ending"
    """Say that it ends soon."""

    COMPLETE = "complete"
    OVERRUN = "overrun"
    """Say that its end has passed: it does not complete by itself, as it was not meant to, or as
    somebody started what was over by then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """`name` is what the window remembers when it was told; `minutes` before the start."""

    deed: Deed
    at: datetime
    minutes: int = 0

    @property
    def name(self) -> str:
        return f"{self.deed}:{self.minutes}" if self.minutes else str(self.deed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """`told` is what the window has been told of once it is done."""

    deed: Deed
    told: tuple[str, ...]


def ahead(window: "Maintenance") -> list[Milestone]:
    """What is still to be done for the window, in the order of time. Empty for one that is over,
    and for one that was over already when it was written down."""
    return sorted(_left(window), key=lambda one: one.at)


def next_at(window: "Maintenance") -> datetime | None:
    """When the clock has to look at the window again."""
    return None if window.over else min((one.at for one in _left(window)), default=None)


def due(window: "Maintenance", now: datetime) -> Step | None:
    """What is to be done now. Of several that have come the last says it all: nobody wants to
    hear that a window starts soon which is due."""
    come = [one for one in ahead(window) if one.at <= now]
    if not come:
        return None
    return Step(deed=come[-1].deed, told=(*window.told, *(one.name for one in come)))


def _left(window: "Maintenance") -> Iterator[Milestone]:
    if window.armed_at is None or window.over:
        return iter(())
    wanted = _running(window) if window.actual_start_at else _scheduled(window)
    return (one for one in wanted if one.name not in window.told)


def _scheduled(window: "Maintenance") -> Iterator[Milestone]:
    if window.lapsed:
        return
    start, armed_at = window.scheduled_start_at, window.armed_at
    for minutes in window.reminders:
        at = start - timedelta(minutes=minutes)
        if armed_at is not None and at > armed_at:
            yield Milestone(deed=Deed.SOON, at=at, minutes=minutes)
    if window.auto_start:
        yield Milestone(deed=Deed.START, at=start)
    else:
        yield Milestone(deed=Deed.DUE, at=start)
        yield Milestone(deed=Deed.LAPSE, at=window.scheduled_end_at)


def _running(window: "Maintenance") -> Iterator[Milestone]:
    end, armed_at = window.scheduled_end_at, window.armed_at
    if armed_at is not None and end - ENDING > armed_at:
        yield Milestone(deed=Deed.ENDING, at=end - ENDING)
    over_before = armed_at is not None and end <= armed_at
    by_itself = window.auto_complete and not over_before
    yield Milestone(deed=Deed.COMPLETE if by_itself else Deed.OVERRUN, at=end)
