"""The week of an organisation: when it is summed up, and what is said of it; pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from statistics import median
from typing import ClassVar, Protocol
from zoneinfo import ZoneInfoNotFoundError

from core.domain.incident_settings import IncidentSettings
from core.domain.lasting import lasted
from core.domain.particulars import Mode
from core.domain.record import Record
from core.domain.severity import Severity
from core.domain.state import ACTIVE, State
from core.domain.time_zone import zone

WEEK = timedelta(days=7)
DAY = timedelta(days=1)
MOST_SERVICES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklySummary(Record):
    """That a week was summed up: from `since` until `until`, once."""

    NOUN: ClassVar[str] = "weekly summary"
    PREFIX: ClassVar[str] = "wks"

    since: datetime
    until: datetime

    @property
    def label(self) -> str:
        return f"{self.since:%Y-%m-%d}"

    @property
    def unique_key(self) -> str | None:
        return f"{self.until.astimezone(UTC):%Y-%m-%dT%H:%M}"


class Summed(Protocol):
    """What counts of one incident."""

    @property
    def severity(self) -> Severity: ...
    @property
    def state(self) -> State: ...
    @property
    def mode(self) -> Mode: ...
    @property
    def private(self) -> bool: ...
    @property
    def created_at(self) -> datetime: ...
    @property
    def published_at(self) -> datetime | None: ...
    @property
    def acknowledged_at(self) -> datetime | None: ...
    @property
    def resolved_at(self) -> datetime | None: ...
    @property
    def services(self) -> Sequence[tuple[str, str]]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """`days` are the counts by severity of each day from its beginning, the first day first;
    `resolved_in` and `taken_in` are medians, `longest_took` is how long the
    longest took to resolve."""

    since: datetime
    until: datetime
    timezone: str
    declared: int
    before: int
    going_on: int
    by_severity: Mapping[Severity, int]
    days: tuple[Mapping[Severity, int], ...]
    resolved: int
    resolved_in: timedelta | None
    taken_in: timedelta | None
    services: tuple[tuple[str, int], ...]
    longest_took: timedelta


def next_summary(settings: IncidentSettings, after: datetime) -> datetime:
    """The first moment later than `after` at which the week is summed up, by the clock of the
    organisation's zone."""
    local = after.astimezone(_zone(settings.timezone))
    ahead = (settings.summary_weekday - local.weekday()) % 7
    for days in (ahead, ahead + 7, ahead + 14):
        day = local.date() + timedelta(days=days)
        at = datetime(day.year, day.month, day.day, settings.summary_hour, tzinfo=local.tzinfo)
        if at.astimezone(UTC) > after:
            return at.astimezone(UTC)
    raise AssertionError("A week has seven days.")


def week_before(at: datetime, timezone: str) -> tuple[datetime, datetime]:
    """The seven whole days before the day of `at`, by the calendar of that zone."""
    today = at.astimezone(_zone(timezone)).date()
    return _midnight(today - WEEK, timezone), _midnight(today, timezone)


def counts(incident: Summed) -> bool:
    """Rehearsals are no work of the week, and of private ones nobody else knows."""
    return incident.mode is Mode.STANDARD and not incident.private


def week_of(
    incidents: Iterable[Summed], *, since: datetime, until: datetime, timezone: str
) -> Week:
    """Of whatever began in that week or the one before it, or still goes on."""
    counted = [one for one in incidents if counts(one) and one.state is not State.DRAFT]
    declared = [one for one in counted if since <= one.created_at < until]
    ended = [one for one in counted if one.resolved_at and since <= one.resolved_at < until]
    spans = [lasted(one, one.resolved_at) for one in ended if one.resolved_at]
    taken = [lasted(one, one.acknowledged_at) for one in declared if one.acknowledged_at]
    named = Counter(name for one in declared for _, name in one.services)
    return Week(
        since=since,
        until=until,
        timezone=timezone,
        declared=len(declared),
        before=sum(since - WEEK <= one.created_at < since for one in counted),
        going_on=sum(one.state in ACTIVE for one in counted),
        by_severity=_by_severity(declared),
        days=_days(declared, since, until, _zone(timezone)),
        resolved=len(ended),
        resolved_in=_usual(spans),
        taken_in=_usual(taken),
        services=tuple(sorted(named.items(), key=lambda one: (-one[1], one[0]))[:MOST_SERVICES]),
        longest_took=max(spans, default=timedelta()),
    )


def days_of(week: Week) -> list[date]:
    """Each of its days by the calendar of its zone."""
    first = week.since.astimezone(_zone(week.timezone)).date()
    return [first + n * DAY for n in range(len(week.days))]


def _usual(spans: Iterable[timedelta]) -> timedelta | None:
    seconds = [span.total_seconds() for span in spans]
    return timedelta(seconds=median(seconds)) if seconds else None


def _days(
    declared: Sequence[Summed], since: datetime, until: datetime, where: tzinfo
) -> tuple[Mapping[Severity, int], ...]:
    first = since.astimezone(where).date()
    of_day: list[list[Summed]] = [[] for _ in range((until.astimezone(where).date() - first).days)]
    for one in declared:
        of_day[(one.created_at.astimezone(where).date() - first).days].append(one)
    return tuple(_by_severity(day) for day in of_day)


def _by_severity(incidents: Iterable[Summed]) -> Mapping[Severity, int]:
    counted = Counter(one.severity for one in incidents)
    return {severity: counted[severity] for severity in Severity if counted[severity]}


def _midnight(day: date, timezone: str) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=_zone(timezone)).astimezone(UTC)


def _zone(timezone: str) -> tzinfo:
    """UTC for one that this machine does not know any more."""
    try:
        return zone(timezone)
    except ZoneInfoNotFoundError:
        return UTC
