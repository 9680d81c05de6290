"""Times, durations and lists as people read them in a sentence."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfoNotFoundError

from core.domain.time_zone import zone


def spoken(duration: timedelta) -> str:
    """A duration in at most two units: `3 h 12 min`, `45 s`."""
    seconds = max(int(duration.total_seconds()), 0)
    days, seconds = divmod(seconds, 86_400)
    hours, seconds = divmod(seconds, 3_600)
    minutes, seconds = divmod(seconds, 60)
    parts = [(days, "d"), (hours, "h"), (minutes, "min"), (seconds, "s")]
    first = next((i for i, (count, _) in enumerate(parts) if count), len(parts) - 1)
    return " ".join(f"{count} {unit}" for count, unit in parts[first : first + 2] if count) or "0 s"


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


def because(sentence: str, reason: str) -> str:
    return f"{sentence}: {reason}" if reason else f"{sentence}."


def listed(words: tuple[str, ...]) -> str:
    return joined(tuple(f"the {word}" for word in words))


def joined(names: tuple[str, ...]) -> str:
    *head, last = names
    return f"{', '.join(head)} and {last}" if head else last
