"""Recurring windows: where a series begins, and which occurrence follows which."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from core.domain import recurrence
from core.domain.actor import Actor
from core.domain.events import OccurrenceSkipped
from core.domain.ids import MaintenanceId
from core.domain.maintenance import Maintenance
from core.domain.time_zone import zone
from core.errors import InvalidInput
from core.language import say

MAX_EXCEPTIONS = 500
_MOST_MISSED = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Following:
    """Where the next occurrence starts; `missed` counts those that passed before it."""

    start: datetime
    missed: int = 0


def whole(moment: datetime) -> datetime:
    """To the second, as rules count."""
    return moment.astimezone(UTC).replace(microsecond=0)


def series_beginning(id: MaintenanceId, start: datetime, end: datetime) -> dict[str, Any]:
    """The fields of the first occurrence of a series, besides its rule."""
    first = whole(start)
    return {
        "series_id": id,
        "series_start_at": first,
        "series_end_at": first + (end - start),
        "occurrence_at": first,
    }


def length(window: Maintenance) -> timedelta:
    """Of every occurrence that was neither moved nor extended."""
    if window.series_start_at and window.series_end_at:
        return window.series_end_at - window.series_start_at
    return window.scheduled_end_at - window.scheduled_start_at


def goes_on(window: Maintenance) -> bool:
    """Whether another occurrence has to be made once this one is under way or out of it."""
    return bool(window.recurrence and window.armed_at) and not window.followed


def following(window: Maintenance, now: datetime) -> Following | None:
    """The first occurrence after this one that is not over yet; None when the rule has no more."""
    given = window.occurrence_at or window.scheduled_start_at
    start = next_start(window, max(given, now - length(window)))
    if start is None:
        return None
    passed = recurrence.between(
        window.recurrence,
        **_series(window, window.exceptions),
        since=given,
        until=start,
        limit=_MOST_MISSED,
    )
    return Following(start=start, missed=sum(given < one < start for one in passed))


def occurrence(
    window: Maintenance, start: datetime, *, id: MaintenanceId, number: int, at: datetime
) -> Maintenance:
    """The next one of its series: like this one, without anything that has happened to it. It is
    the rule that decided its times, long ago: a reminder that comes before it is made is told."""
    first_told = start - timedelta(minutes=max(window.reminders, default=0), seconds=1)
    return replace(
        window,
        id=id,
        number=number,
        scheduled_start_at=start,
        scheduled_end_at=start + length(window),
        created_at=at,
        updated_at=at,
        actual_start_at=None,
        actual_end_at=None,
        canceled_at=None,
        cancel_reason="",
        occurrence_at=start,
        exceptions=tuple(one for one in window.exceptions if one > start),
        followed=False,
        armed_at=min(at, first_told),
        told=(),
        version=0,
    )


def skipped(
    window: Maintenance, occurrence_at: datetime, *, by: Actor, at: datetime
) -> tuple[Maintenance, OccurrenceSkipped | None]:
    """The window, whose series leaves out a later occurrence."""
    left_out = whole(occurrence_at)
    if left_out in window.exceptions:
        return window, None
    _require_later(window, left_out)
    exceptions = tuple(sorted({*window.exceptions, left_out}))
    require_few(exceptions)
    event = OccurrenceSkipped(**window.fact(by, at), occurrence_at=left_out)
    return replace(window, exceptions=exceptions, updated_at=at), event


def exceptions_moved(window: Maintenance, start: datetime, timezone: str) -> tuple[datetime, ...]:
    """The occurrences that are left out when the series goes on from another start: they move as
    far as that does, on the wall of the zone."""
    old = _wall(window.occurrence_at or window.scheduled_start_at, window.timezone)
    by = _wall(start, timezone) - old
    moved = (_wall(one, window.timezone) + by for one in window.exceptions)
    return tuple(one.replace(tzinfo=zone(timezone)).astimezone(UTC) for one in moved)


def _wall(moment: datetime, timezone: str) -> datetime:
    return whole(moment).astimezone(zone(timezone)).replace(tzinfo=None)


def require_few(exceptions: Collection[datetime], *, field: str = "exceptions") -> None:
    if len(exceptions) > MAX_EXCEPTIONS:
        raise InvalidInput(
            say(
                "At most {max_exceptions} occurrences can be left out; end the series instead.",
                max_exceptions=MAX_EXCEPTIONS,
            ),
            field=field,
        )


def next_start(window: Maintenance, moment: datetime) -> datetime | None:
    """When the rule has it take place again, strictly after `moment`."""
    series = _series(window, window.exceptions)
    return recurrence.after(window.recurrence, **series, moment=moment)


def _require_later(window: Maintenance, at: datetime) -> None:
    before = at - timedelta(seconds=1)
    found = recurrence.after(window.recurrence, **_series(window, ()), moment=before)
    if found != at or at <= (window.occurrence_at or at):
        raise InvalidInput(
            say(
                "No later occurrence of {reference} starts at {at:%Y-%m-%dT%H:%M:%SZ}.",
                reference=window.reference,
                at=at,
            ),
            field="occurrence_at",
        )


def _series(window: Maintenance, exceptions: Collection[datetime]) -> dict[str, Any]:
    return {
        "series_start": window.series_start_at or window.scheduled_start_at,
        "timezone": window.timezone,
        "exceptions": exceptions,
    }
