"""Times on the wall by a rule of RFC 5545, from wherever in its series one looks.

Whatever the rule, a walk takes a bounded time: dateutil stops looking at the end of the year 9999
alone, so a walk is moved into years just before it that have the same calendar
(see docs/adr/0013-recurrence.md).
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Final, Literal

from dateutil import rrule

from core.domain.recurrence_rule import Rule, refused
from core.domain.time_zone import zone

REACH = 28
"""Years: what comes later than that is not looked for. All calendars there are come round."""
_FREQUENCIES: Final[Mapping[str, Literal[0, 1, 2, 3, 4]]] = {
    "YEARLY": rrule.YEARLY,
    "MONTHLY": rrule.MONTHLY,
    "WEEKLY": rrule.WEEKLY,
    "DAILY": rrule.DAILY,
    "HOURLY": rrule.HOURLY,
}


def walk(rule: Rule, start: datetime, near: datetime) -> Iterator[datetime]:
    """Times on the wall, beginning with the last period of the rule that is not after `near`."""
    begin = max(start, _period(rule, start, near))
    twin = twin_of(begin.year)
    shift = begin.year - twin
    try:
        for at in _dateutil(explicit(rule, start), begin.replace(year=twin)):
            if at.year > twin + REACH:
                return
            yield at.replace(year=at.year + shift)
    except (ValueError, OverflowError):  # dateutil at the end of the calendar
        return
    except IndexError as error:  # dateutil past the end of a year
        raise refused("The rule counts days that its months do not have; change it.") from error


def _period(rule: Rule, start: datetime, near: datetime) -> datetime:
    """Where the period of the rule begins that contains `near`, or comes last before it."""
    step = rule.interval
    midnight = start.replace(hour=0, minute=0, second=0)
    if rule.frequency == "YEARLY":
        year = start.year + (near.year - start.year) // step * step
        return midnight.replace(year=year, month=1, day=1)
    if rule.frequency == "MONTHLY":
        first = start.year * 12 + start.month - 1
        month = first + (near.year * 12 + near.month - 1 - first) // step * step
        return midnight.replace(year=month // 12, month=month % 12 + 1, day=1)
    if rule.frequency == "WEEKLY":
        monday = midnight - timedelta(days=(start.weekday() - rule.week_start) % 7)
        return monday + (near - monday) // timedelta(weeks=step) * timedelta(weeks=step)
    if rule.frequency == "DAILY":
        return midnight + (near - midnight) // timedelta(days=step) * timedelta(days=step)
    return start + (near - start) // timedelta(hours=step) * timedelta(hours=step)


@lru_cache(maxsize=256)
def twin_of(year: int) -> int:
    """The last year from which on the calendar looks as it does from `year` on, for as long as
    we look: all calendars come round in 28 years, or in 400 where a leap year is left out."""
    wanted = _new_years(year)
    latest = 9999 - REACH - 1
    return next(one for one in range(latest, latest - 400, -1) if _new_years(one) == wanted)


@lru_cache(maxsize=1024)
def _new_years(year: int) -> tuple[int, ...]:
    """The weekdays that the years begin with."""
    return tuple(date(one, 1, 1).weekday() for one in range(year, year + REACH + 2))


def explicit(rule: Rule, start: datetime) -> Rule:
    """The rule with all that it leaves to the start of its series."""
    by, days = dict(rule.by), rule.days
    if "BYWEEKNO" in by and not days:
        days = ((0, start.weekday()),)
    if not days and not by.keys() & {"BYWEEKNO", "BYYEARDAY", "BYMONTHDAY"}:
        if rule.frequency == "YEARLY":
            by.setdefault("BYMONTH", (start.month,))
        if rule.frequency in ("YEARLY", "MONTHLY"):
            by["BYMONTHDAY"] = (start.day,)
        if rule.frequency == "WEEKLY":
            days = ((0, start.weekday()),)
    if rule.frequency != "HOURLY":
        by.setdefault("BYHOUR", (start.hour,))
    by.setdefault("BYMINUTE", (start.minute,))
    by.setdefault("BYSECOND", (start.second,))
    return replace(rule, by=by, days=days)


def _dateutil(rule: Rule, begin: datetime) -> rrule.rrule:
    """`ValueError` where the hours of the rule can never be met."""
    days = [
        rrule.weekdays[day](number) if number else rrule.weekdays[day] for number, day in rule.days
    ]
    return rrule.rrule(
        _FREQUENCIES[rule.frequency],
        dtstart=begin,
        interval=rule.interval,
        wkst=rrule.weekdays[rule.week_start],
        byweekday=days or None,
        bymonth=rule.by.get("BYMONTH"),
        byweekno=rule.by.get("BYWEEKNO"),
        byyearday=rule.by.get("BYYEARDAY"),
        bymonthday=rule.by.get("BYMONTHDAY"),
        byhour=rule.by.get("BYHOUR"),
        byminute=rule.by.get("BYMINUTE"),
        bysecond=rule.by.get("BYSECOND"),
        bysetpos=rule.by.get("BYSETPOS"),
    )


def on_the_wall(moment: datetime, timezone: str) -> datetime:
    """The time on the wall, to the second."""
    return whole(moment).astimezone(zone(timezone)).replace(tzinfo=None, fold=0)


def moment_of(wall: datetime, timezone: str) -> datetime:
    return wall.replace(tzinfo=zone(timezone)).astimezone(UTC)


def whole(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)
