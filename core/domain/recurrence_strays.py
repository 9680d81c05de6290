"""Whether moments are starts that the rule of a series gives, however far they lie apart."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from core.domain.recurrence import occurrences
from core.domain.recurrence_rule import Rule, parse
from core.domain.recurrence_walk import explicit, moment_of, on_the_wall, walk
from core.domain.time_zone import zone

_DAY = timedelta(days=1)
_YEAR = timedelta(days=366)
_LONG = ("YEARLY", "MONTHLY")
"""In whose periods much can come before the time that is asked about."""


def stray(
    rule: str, *, series_start: datetime, timezone: str, moments: Collection[datetime]
) -> datetime | None:
    """The first of `moments` at which nothing starts."""
    parsed = parse(rule, zone(timezone))
    if parsed.count is not None or ("BYSETPOS" in parsed.by and parsed.frequency == "YEARLY"):
        return _stray_of_walk(rule, series_start, timezone, moments)
    start = on_the_wall(series_start, timezone)
    full = explicit(parsed, start)
    return next((at for at in sorted(moments) if not _gives(full, start, timezone, at)), None)


def _stray_of_walk(
    rule: str, series_start: datetime, timezone: str, moments: Collection[datetime]
) -> datetime | None:
    """In one walk, of a rule of which no part can be asked by itself."""
    parsed = parse(rule, zone(timezone))
    times: Iterator[datetime] = iter(())
    last = None
    for moment in sorted(moments):
        if last is None or (parsed.count is None and moment - last > _YEAR):
            times = occurrences(rule, series_start, timezone, (), moment)
        if last != moment:
            last = next((at for at in times if at >= moment), None)
        if last != moment:
            return moment
    return None


def _gives(rule: Rule, start: datetime, timezone: str, moment: datetime) -> bool:
    if rule.until is not None and moment > rule.until:
        return False
    return any(_has(rule, start, wall) for wall in _walls(moment, timezone))


def _walls(moment: datetime, timezone: str) -> list[datetime]:
    """The times on the wall that mean this moment: two where the zone skips one of them."""
    late = on_the_wall(moment, timezone)
    early = on_the_wall(moment - _DAY, timezone) + _DAY
    return [wall for wall in dict.fromkeys((late, early)) if moment_of(wall, timezone) == moment]


def _has(rule: Rule, start: datetime, wall: datetime) -> bool:
    time = {"BYHOUR": wall.hour, "BYMINUTE": wall.minute, "BYSECOND": wall.second}
    if any(value not in rule.by.get(part, (value,)) for part, value in time.items()):
        return False
    times = walk(_narrowed(rule, wall), start, wall)
    return next((at for at in times if at >= wall), None) == wall


def _narrowed(rule: Rule, wall: datetime) -> Rule:
    """It gives at that time what the rule gives, and little before it in the same period."""
    if rule.frequency == "HOURLY" or "BYSETPOS" in rule.by:
        return rule
    by = {**rule.by, "BYHOUR": (wall.hour,)}
    if rule.frequency in _LONG:
        by.setdefault("BYYEARDAY", (wall.timetuple().tm_yday,))
    return replace(rule, by=by)
