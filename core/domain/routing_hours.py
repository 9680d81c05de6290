"""Parts of the week as people write them: `09:00`, `Mon`, `Europe/Berlin`."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from core.domain.routing_rule import Hours
from core.domain.time_zone import require_zone
from core.errors import InvalidInput

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WHOLE_DAY = 1_440

_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)|24:00")
_LEAST = 3
"""So many letters of a day are enough."""


def hours_from(body: Mapping[str, Any], field: str = "hours") -> Hours:
    """`{"time_zone", "days", "start", "end"}`; without days any day, without times the whole."""
    unknown = sorted(set(body) - {"time_zone", "days", "start", "end"})
    if unknown:
        message = f"Hours have no {unknown[0]!r}; they have time_zone, days, start and end."
        raise InvalidInput(message, field=field)
    start = _minute(body.get("start") or "00:00", f"{field}.start")
    end = _minute(body.get("end") or "24:00", f"{field}.end")
    if start in (end, WHOLE_DAY):
        message = "The hours are empty; write from 00:00 to 24:00 for the whole day."
        raise InvalidInput(message, field=f"{field}.end")
    return Hours(
        time_zone=require_zone(str(body.get("time_zone") or "UTC"), f"{field}.time_zone"),
        days=_days(body.get("days") or (), f"{field}.days"),
        start=start,
        end=end,
    )


def clock(minute: int) -> str:
    """`09:00`, and `24:00` for the end of the day."""
    return f"{minute // 60:02}:{minute % 60:02}"


def hours_in_words(hours: Hours) -> str:
    """`Mon to Fri, 09:00 to 17:00 Europe/Berlin`."""
    span = f"{clock(hours.start)} to {clock(hours.end)} {hours.time_zone}"
    if not hours.days:
        return span
    return f"{_spoken(hours.days)}, {span}"


def _spoken(days: Sequence[int]) -> str:
    names = [DAYS[day - 1][:_LEAST] for day in days]
    in_a_row = list(days) == list(range(days[0], days[-1] + 1))
    if in_a_row and len(names) > 2:
        return f"{names[0]} to {names[-1]}"
    return ", ".join(names)


def _minute(text: Any, field: str) -> int:
    found = _CLOCK.fullmatch(text.strip()) if isinstance(text, str) else None
    if found is None:
        message = f"“{str(text)[:20]}” is no time of the day; write it as 09:00."
        raise InvalidInput(message, field=field)
    return WHOLE_DAY if found[1] is None else int(found[1]) * 60 + int(found[2])


def _days(days: Iterable[Any], field: str) -> tuple[int, ...]:
    return tuple(sorted({_day(day, field) for day in days}))


def _day(word: Any, field: str) -> int:
    """1 is Monday; a name may be cut to three letters."""
    if type(word) is int and 1 <= word <= len(DAYS):
        return word
    named = str(word).strip().capitalize()
    if len(named) >= _LEAST:
        for number, day in enumerate(DAYS, 1):
            if day.startswith(named):
                return number
    message = f"“{str(word)[:20]}” is no day of the week; write 1 (Monday) to 7, or mon to sun."
    raise InvalidInput(message, field=field)
