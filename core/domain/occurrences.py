"""When a recurring window takes place after the occurrence that exists: what calendars show ahead
of time."""

from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from core.domain import recurrence
from core.domain.maintenance import Maintenance


def coming(
    window: Maintenance, *, until: datetime, limit: int, since: datetime | None = None
) -> list[tuple[datetime, datetime]]:
    """Start and end of what follows this occurrence, from `since` on and before `until`, in
    their order. Empty where nothing follows, and where what follows exists already."""
    if not window.recurrence or window.followed or window.canceled_at:
        return []
    this = window.occurrence_at or window.scheduled_start_at
    lasts = _duration(window)
    starts = _starts(
        window.recurrence,
        series_start=window.series_start_at or this,
        timezone=window.timezone,
        exceptions=window.exceptions,
        since=max(this + timedelta(seconds=1), since or this),
        until=until,
        limit=limit,
    )
    return [(start, start + lasts) for start in starts]


def taken(window: Maintenance, now: datetime) -> tuple[datetime, datetime]:
    """When it takes place, as far as that is known: at the times at which it really happened. What
    runs past its end ends now at the earliest, and nothing ends before it starts."""
    start = window.actual_start_at or window.scheduled_start_at
    end = window.actual_end_at or window.scheduled_end_at
    if window.running or end < start:
        end = max(start, end, window.canceled_at or now)
    return start, end


@lru_cache(maxsize=1024)
def _starts(rule: str, *, limit: int, **series: Any) -> tuple[datetime, ...]:
    """Kept, because one window is looked at again and again, and walking its rule is slow."""
    return tuple(recurrence.between(rule, **series, limit=limit))


def _duration(window: Maintenance) -> timedelta:
    """That of the series: moving one occurrence moves only it."""
    if window.series_start_at and window.series_end_at:
        return window.series_end_at - window.series_start_at
    return window.scheduled_end_at - window.scheduled_start_at
