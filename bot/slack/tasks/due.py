"""Until when a task is to be done, as it is typed: “tomorrow”, “friday 9am”, “2h”; pure."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta

from bot.slack.maintenance.times import YEARS, span, time_typed
from bot.slack.text import zone_of
from core.errors import InvalidInput
from core.language import say

END_OF_WORK, NIGHT, LAST = time(18), time(22), time(23, 59)
"""When a day ends for which no time of day was said."""

_WEEKDAYS: Mapping[str, int] = {
    name: number
    for number, name in enumerate(
        ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    )
}
_DAY = re.compile(
    rf"(?:next )?(today|tonight|tomorrow|{'|'.join(_WEEKDAYS)}|\d{{4}}-\d{{2}}-\d{{2}})"
    r"(?:(?: at)? (.+))?"
)


def due_of(typed: str, now: datetime, zone: str) -> datetime | None:
    """None where nothing was typed; days and times of day are those of `zone`. `InvalidInput` for
    what is no time, or one that has passed."""
    text = " ".join(typed.lower().split())
    if not text:
        return None
    if wait := span(text):
        return now + wait
    at = _on_a_day(text, now.astimezone(zone_of(zone))) or _next(text, now, zone)
    if at is None:
        raise InvalidInput(
            say(
                "“{typed}” is no time; type it like “2h”, “tomorrow”, “friday 9am” or "
                "“2026-12-01 14:00”.",
                typed=typed[:40],
            ),
            field="due_at",
        )
    if at <= now:
        raise InvalidInput(
            say("That time has passed; a task is due at a later one."), field="due_at"
        )
    return at.astimezone(UTC)


def _on_a_day(text: str, local: datetime) -> datetime | None:
    found = _DAY.fullmatch(text)
    if found is None:
        return None
    word, typed = found.groups()
    clock = time_typed(typed) if typed else None
    day = _day(word, local.date())
    if day is None or (typed and (clock is None or clock.day)):
        return None
    at = clock.at if clock else _end_of(word, local)
    return datetime.combine(day, at, local.tzinfo)


def _day(word: str, today: date) -> date | None:
    if word in ("today", "tonight"):
        return today
    if word == "tomorrow":
        return today + timedelta(days=1)
    if word in _WEEKDAYS:
        ahead = (_WEEKDAYS[word] - today.weekday()) % 7
        return today + timedelta(days=ahead or 7)
    try:
        day = date.fromisoformat(word)
    except ValueError:
        return None
    return day if day.year in YEARS else None


def _end_of(word: str, local: datetime) -> time:
    """Who says “today” in the evening means what is left of it."""
    end = NIGHT if word == "tonight" else END_OF_WORK
    late = word in ("today", "tonight") and local.time() >= end
    return LAST if late else end


def _next(text: str, now: datetime, zone: str) -> datetime | None:
    """The next time a clock shows that."""
    clock = time_typed(text)
    if clock is None:
        return None
    local = now.astimezone(zone_of(zone))
    if clock.day:
        return datetime.combine(clock.day, clock.at, local.tzinfo)
    today = datetime.combine(local.date(), clock.at, local.tzinfo)
    return today if today > now else today + timedelta(days=1)
