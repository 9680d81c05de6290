"""Times, durations and lists as people read them in a sentence."""

from dataclasses import fields
from datetime import datetime, timedelta
from zoneinfo import ZoneInfoNotFoundError

from core.domain.events.base import Fact
from core.domain.stored_words import said_again
from core.domain.time_zone import zone
from core.language import known, say, to_say

_UNITS = (
    to_say("{count} d"),
    to_say("{count} h"),
    to_say("{count} min"),
    to_say("{count} s"),
)


def spoken(duration: timedelta) -> str:
    """A duration in at most two units: `3 h 12 min`, `45 s`."""
    seconds = max(int(duration.total_seconds()), 0)
    days, seconds = divmod(seconds, 86_400)
    hours, seconds = divmod(seconds, 3_600)
    minutes, seconds = divmod(seconds, 60)
    parts = list(zip((days, hours, minutes, seconds), _UNITS, strict=True))
    first = next((i for i, (count, _) in enumerate(parts) if count), len(parts) - 1)
    told = [say(unit, count=count) for count, unit in parts[first : first + 2] if count]
    return " ".join(told) or say("{count} s", count=0)


def rounded(duration: timedelta) -> str:
    """The same to the nearest minute, where it is one at least: a clock is never quite on time."""
    minutes = round(duration / timedelta(minutes=1))
    return spoken(timedelta(minutes=minutes) if minutes > 0 else duration)


def minute(at: datetime, timezone: str = "UTC") -> str:
    """On a clock in `timezone`, which is said as well; in UTC where nobody knows that any more."""
    try:
        return f"{at.astimezone(zone(timezone)):%Y-%m-%d %H:%M} {timezone}"
    except ZoneInfoNotFoundError:
        return minute(at)


def times_in(event: Fact) -> tuple[datetime, ...]:
    """Those that an event names besides the one at which it happened."""
    values = (getattr(event, one.name) for one in fields(event) if one.name != "at")
    return tuple(value for value in values if isinstance(value, datetime))


def because(plain: str, explained: str, reason: str, **values: object) -> str:
    """`explained` with its {reason}, or `plain` where there is none."""
    return say(explained, reason=said_again(reason), **values) if reason else say(plain, **values)


def listed(words: tuple[str, ...]) -> str:
    return joined(tuple(known(f"the {word}") for word in words))


def joined(names: tuple[str, ...]) -> str:
    *head, last = names
    return say("{most} and {last}", most=", ".join(head), last=last) if head else last


def and_more(names: tuple[str, ...], more: int) -> str:
    """`High latency, Disk full and 10 more`."""
    shown = ", ".join(names)
    return say("{names} and {more} more", names=shown, more=more) if more > 0 else shown
