"""Spans and times of day as people type and read them, in a zone of theirs."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.slack.grammar import UsageError
from bot.slack.text import zone_of
from core.domain.day_words import month_short, weekday_short
from core.language import say, to_say

FAR = timedelta(hours=12)
"""Beyond this a mere time of day may well have been meant otherwise."""

_UNITS: Mapping[str, int] = {"w": 7 * 24 * 60, "d": 24 * 60, "h": 60, "m": 1}
"""Minutes."""

LONGEST = 3_660 * _UNITS["d"]
YEARS = range(2000, 2200)
"""What lies beyond is a slip, not a time."""

_PART = r"(\d{1,7}) ?(w(?:eeks?)?|d(?:ays?)?|h(?:ours?|rs?)?|m(?:in(?:ute)?s?)?)"
_SPAN = re.compile(rf"{_PART}(?:(?:,| and)? ?{_PART})*", re.IGNORECASE)
_PARTS = re.compile(_PART, re.IGNORECASE)
_CLOCK = re.compile(
    r"(?:(\d{4})-(\d{1,2})-(\d{1,2})[ T]+)?(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockTime:
    """A time of day, of a certain day or of the next one that has it."""

    at: time
    day: date | None = None

    @property
    def typed(self) -> str:
        return f"{self.day} {self.at:%H:%M}" if self.day else f"{self.at:%H:%M}"


def span(text: str) -> timedelta | None:
    """`30m`, `2h`, `1 hour 30 minutes`; None for anything else, and for no time at all."""
    text = " ".join(text.split())
    if not _SPAN.fullmatch(text):
        return None
    minutes = sum(int(n) * _UNITS[unit[0].lower()] for n, unit in _PARTS.findall(text))
    return timedelta(minutes=minutes) if 0 < minutes <= LONGEST else None


def time_typed(text: str) -> ClockTime | None:
    """`05:00`, `5am`, `2026-11-24 05:00`; None for anything else."""
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        return None
    year, month, day, hour, minute, half = found.groups()
    if not (minute or half):
        return None
    if year and int(year) not in YEARS:
        return None
    try:
        at = time(_hour(int(hour), (half or "").lower()), int(minute or 0))
        return ClockTime(at=at, day=date(int(year), int(month), int(day)) if year else None)
    except ValueError:
        return None


def moment_of(wanted: ClockTime, zone: str, *, after: datetime) -> datetime:
    """The first such time after `after`; `UsageError` when that is so far off that the day
    should have been said as well."""
    local = zone_of(zone)
    if wanted.day:
        return datetime.combine(wanted.day, wanted.at, local).astimezone(UTC)
    today = after.astimezone(local).date()
    days = (today + timedelta(days=n) for n in range(3))
    found = next(
        moment
        for moment in (datetime.combine(day, wanted.at, local).astimezone(UTC) for day in days)
        if moment > after
    )
    if found - after > FAR:
        raise UsageError(
            say(
                "Say the day as well, like “until {found:%Y-%m-%d %H:%M}”: the next {typed} after "
                "{after} is a long way off.",
                found=found.astimezone(local),
                typed=wanted.typed,
                after=when(after, zone),
            )
        )
    return found


def when(at: datetime, zone: str) -> str:
    """`Tue 24 Nov 2026, 05:00 (Europe/Berlin)`."""
    return f"{_weekday(at, zone)} {day_and_time(at, zone)} ({zone})"


def day_and_time(at: datetime, zone: str) -> str:
    local = at.astimezone(zone_of(zone))
    words = to_say("{day} {month} {year}, {time:%H:%M}")
    return say(words, day=local.day, month=month_short(local), year=local.year, time=local)


def period(start: datetime, end: datetime, zone: str) -> str:
    """From when to when; the day and the zone are said once where once is enough."""
    first, last = start.astimezone(zone_of(zone)), end.astimezone(zone_of(zone))
    begins = f"{_weekday(start, zone)} {day_and_time(start, zone)}"
    if first.date() == last.date():
        return f"{begins}–{last:%H:%M} ({zone})"
    return f"{begins} – {_weekday(end, zone)} {day_and_time(end, zone)} ({zone})"


def _weekday(at: datetime, zone: str) -> str:
    return weekday_short(at.astimezone(zone_of(zone)))


def _hour(hour: int, half: str) -> int:
    if not half:
        return hour
    if not 1 <= hour <= 12:
        raise ValueError(half)
    return hour % 12 + (12 if half == "pm" else 0)
