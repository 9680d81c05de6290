"""When a recurring window takes place: a rule of RFC 5545, walked on the clock of its own zone.

The rule speaks of the time on the wall. A time that the zone skips moves forward by what was
skipped; of one that comes twice, the first is meant.
"""

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from itertools import islice, pairwise

from core.domain import wording
from core.domain.recurrence_rule import MAX_RULE, Rule, parse, refused
from core.domain.recurrence_walk import REACH, moment_of, on_the_wall, walk, whole
from core.domain.recurrence_words import spoken, weekday
from core.domain.time_zone import require_zone, zone

__all__ = ["MAX_RULE", "after", "between", "canonical", "require_zone", "spoken"]

CLOSEST = timedelta(hours=1)
_INSPECTED = 2_000
_YEARS = range(1970, 2071)
_AROUND = timedelta(days=3)
"""More than any zone is away from another, and more than any ever skipped."""


def canonical(rule: str, *, start: datetime, timezone: str, duration: timedelta) -> str:
    """The rule as it is stored, for windows that last `duration` of which the first begins at
    `start`; `InvalidInput` names `recurrence` or `timezone` where they cannot be."""
    place = zone(require_zone(timezone))
    if start.year not in _YEARS:
        raise refused(
            "A recurring window starts from {first} to {last}.",
            first=_YEARS[0],
            last=_YEARS[-1],
        )
    parsed = parse(rule, place)
    local = on_the_wall(start, timezone)
    times = list(islice(_until(parsed, walk(parsed, local, local), timezone), _INSPECTED))
    if not times:
        raise refused("By this rule the window never takes place; change the rule or its UNTIL.")
    _require_agreement(times[0], local, timezone)
    _require_distance(times, duration)
    if parsed.count is not None and len(times) < parsed.count:
        raise refused(
            "COUNT={count} takes more than {reach} years; leave COUNT out.",
            count=parsed.count,
            reach=REACH,
        )
    return str(parsed)


def _require_agreement(first: datetime, local: datetime, timezone: str) -> None:
    """It begins when it is said to begin."""
    if first != local:
        raise refused(
            "By this rule the window first takes place on {first_day}, {first:%Y-%m-%d at %H:%M} "
            "({timezone}), but it starts on {local_day}, {local:%Y-%m-%d at %H:%M}; let them "
            "agree.",
            first_day=weekday(first),
            first=first,
            timezone=timezone,
            local_day=weekday(local),
            local=local,
        )


def after(
    rule: str,
    *,
    series_start: datetime,
    timezone: str,
    exceptions: Collection[datetime],
    moment: datetime,
) -> datetime | None:
    """The first occurrence strictly after `moment`, in UTC; None where there is none any more."""
    found = occurrences(rule, series_start, timezone, exceptions, moment)
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
    for at in occurrences(rule, series_start, timezone, exceptions, since):
        if at >= until or len(found) == limit:
            break
        if at >= since:
            found.append(at)
    return found


def occurrences(
    rule: str, start: datetime, timezone: str, exceptions: Collection[datetime], around: datetime
) -> Iterator[datetime]:
    """In UTC, each later than the one before; some may be earlier than `around`."""
    parsed, skipped = parse(rule, zone(timezone)), {whole(at) for at in exceptions}
    last = None
    local = on_the_wall(start, timezone)
    near = (
        local if parsed.count is not None else max(local, on_the_wall(around, timezone) - _AROUND)
    )
    for wall in _until(parsed, walk(parsed, local, near), timezone):
        at = moment_of(wall, timezone)
        if at not in skipped and (last is None or at > last):
            last = at
            yield at


def _until(rule: Rule, times: Iterator[datetime], timezone: str) -> Iterator[datetime]:
    for at in islice(times, rule.count):
        if rule.until is not None and moment_of(at, timezone) > rule.until:
            return
        yield at


def _require_distance(times: list[datetime], duration: timedelta) -> None:
    distance = min((later - earlier for earlier, later in pairwise(times)), default=None)
    if distance is None:
        return
    if distance < CLOSEST:
        raise refused("By this rule it takes place more often than hourly, which is the most.")
    if distance < duration:
        raise refused(
            "The window lasts {duration}, but by this rule the next one can start "
            "{distance} after it; make it shorter, or the rule rarer.",
            duration=wording.spoken(duration),
            distance=wording.spoken(distance),
        )
