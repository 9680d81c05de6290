"""When a recurring window takes place: a rule of RFC 5545, walked on the clock of its own zone.

The rule speaks of the time on the wall. A time that the zone skips moves forward by what was
skipped; of one that comes twice, the first is meant. Whatever the rule, an answer takes a bounded
time: dateutil stops looking at the end of the year 9999 alone, so a walk is moved into years just
before it that have the same calendar (see docs/adr/0013-recurrence.md).
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import islice, pairwise
from typing import Final, Literal

from dateutil import rrule

from core.domain import wording
from core.domain.recurrence_rule import MAX_RULE, Rule, parse, refused
from core.domain.recurrence_words import spoken
from core.domain.time_zone import require_zone, zone

__all__ = ["MAX_RULE", "after", "between", "canonical", "require_zone", "spoken", "stray"]

CLOSEST = timedelta(hours=1)
REACH = 28
"""Years: what comes later than that is not looked for. All calendars there are come round."""
_FREQUENCIES: Final[Mapping[str, Literal[0, 1, 2, 3, 4]]] = {
    "YEARLY": rrule.YEARLY,
    "MONTHLY": rrule.MONTHLY,
    "WEEKLY": rrule.WEEKLY,
    "DAILY": rrule.DAILY,
    "HOURLY": rrule.HOURLY,
}
_INSPECTED = 2_000
_YEARS = range(1970, 2071)
_AROUND = timedelta(days=3)
"""More than any zone is away from another, and more than any ever skipped."""


def canonical(rule: str, *, start: datetime, timezone: str, duration: timedelta) -> str:
    """The rule as it is stored, for windows that last `duration` of which the first begins at
    `start`; `InvalidInput` names `recurrence` or `timezone` where they cannot be."""
    place = zone(require_zone(timezone))
    if start.year not in _YEARS:
        raise refused(f"A recurring window starts from {_YEARS[0]} to {_YEARS[-1]}.")
    parsed = parse(rule, place)
    local = _wall(start, timezone)
    times = list(islice(_until(parsed, _walk(parsed, local, local), timezone), _INSPECTED))
    if not times:
        raise refused("By this rule the window never takes place; change the rule or its UNTIL.")
    if times[0] != local:
        raise refused(
            f"By this rule the window first takes place on {times[0]:%A, %Y-%m-%d at %H:%M}"
            f" ({timezone}), but it starts on {local:%A, %Y-%m-%d at %H:%M}; let them agree."
        )
    _require_distance(times, duration)
    if parsed.count is not None and len(times) < parsed.count:
        raise refused(f"COUNT={parsed.count} takes more than {REACH} years; leave COUNT out.")
    return str(parsed)


def after(
    rule: str,
    *,
    series_start: datetime,
    timezone: str,
    exceptions: Collection[datetime],
    moment: datetime,
) -> datetime | None:
    """The first occurrence strictly after `moment`, in UTC; None where there is none any more."""
    found = _occurrences(rule, series_start, timezone, exceptions, moment)
    return next((at for at in found if at > moment), None)


def between(  # noqa: PLR0913 - the series, and which part of it
    rule: str,
    *,
    series_start: datetime,
    timezone: str,
    exceptions: Collection[datetime],
    since: datetime,
    until: datetime,
    limit: int,
) -> list[datetime]:
    """The first `limit` occurrences from `since` on and before `until`, in UTC."""
    found: list[datetime] = []
    for at in _occurrences(rule, series_start, timezone, exceptions, since):
        if at >= until or len(found) == limit:
            break
        if at >= since:
            found.append(at)
    return found


def stray(
    rule: str, *, series_start: datetime, timezone: str, moments: Collection[datetime]
) -> datetime | None:
    """The first of `moments` at which nothing starts."""
    walk: Iterator[datetime] = iter(())
    last = None
    for moment in sorted(moments):
        if last is None or ("COUNT=" not in rule and moment - last > _AROUND):
            walk = _occurrences(rule, series_start, timezone, (), moment)
        last = next((at for at in walk if at >= moment), None)
        if last != moment:
            return moment
    return None


def _occurrences(
    rule: str, start: datetime, timezone: str, exceptions: Collection[datetime], around: datetime
) -> Iterator[datetime]:
    """In UTC, each later than the one before; some may be earlier than `around`."""
    parsed, skipped = parse(rule, zone(timezone)), {_whole(at) for at in exceptions}
    last = None
    local = _wall(start, timezone)
    near = local if parsed.count is not None else max(local, _wall(around, timezone) - _AROUND)
    for wall in _until(parsed, _walk(parsed, local, near), timezone):
        at = _moment(wall, timezone)
        if at not in skipped and (last is None or at > last):
            last = at
            yield at


def _until(rule: Rule, times: Iterator[datetime], timezone: str) -> Iterator[datetime]:
    for at in islice(times, rule.count):
        if rule.until is not None and _moment(at, timezone) > rule.until:
            return
        yield at


def _walk(rule: Rule, start: datetime, near: datetime) -> Iterator[datetime]:
    """Times on the wall, beginning with the last period of the rule that is not after `near`."""
    begin = max(start, _period(rule, start, near))
    twin = _twin(begin.year)
    shift = begin.year - twin
    try:
        for at in _dateutil(_explicit(rule, start), begin.replace(year=twin)):
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
def _twin(year: int) -> int:
    """The last year from which on the calendar looks as it does from `year` on, for as long as
    we look: all calendars come round in 28 years, or in 400 where a leap year is left out."""
    wanted = _new_years(year)
    latest = 9999 - REACH - 1
    return next(one for one in range(latest, latest - 400, -1) if _new_years(one) == wanted)


def _new_years(year: int) -> list[int]:
    """The weekdays that the years begin with."""
    return [date(one, 1, 1).weekday() for one in range(year, year + REACH + 2)]


def _explicit(rule: Rule, start: datetime) -> Rule:
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


def _require_distance(times: list[datetime], duration: timedelta) -> None:
    distance = min((later - earlier for earlier, later in pairwise(times)), default=None)
    if distance is None:
        return
    if distance < CLOSEST:
        raise refused("By this rule it takes place more often than hourly, which is the most.")
    if distance < duration:
        raise refused(
            f"The window lasts {wording.spoken(duration)}, but by this rule the next one can start"
            f" {wording.spoken(distance)} after it; make it shorter, or the rule rarer."
        )


def _wall(moment: datetime, timezone: str) -> datetime:
    """The time on the wall, to the second."""
    return _whole(moment).astimezone(zone(timezone)).replace(tzinfo=None, fold=0)


def _moment(wall: datetime, timezone: str) -> datetime:
    return wall.replace(tzinfo=zone(timezone)).astimezone(UTC)


def _whole(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)
