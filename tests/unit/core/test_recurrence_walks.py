"""Whatever the rule, the walk finds what dateutil finds, and it is a short one."""

import calendar
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import assume, given
from hypothesis import strategies as st

from core.domain import recurrence
from core.domain.recurrence import after, between, canonical
from core.domain.recurrence_rule import Rule
from core.domain.recurrence_walk import REACH, twin_of, walk
from core.errors import InvalidInput

ZONES = ("Europe/Berlin", "Australia/Sydney", "Asia/Kolkata", "Australia/Lord_Howe", "UTC")
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
STARTS = st.integers(0, 13 * 365 * 86400).map(
    lambda seconds: datetime.fromisoformat("2019-01-01T00:00:00") + timedelta(seconds=seconds)
)


BEGINNINGS = STARTS.map(lambda at: at.replace(tzinfo=UTC))


def _some(values: range) -> st.SearchStrategy[str]:
    chosen = st.lists(st.sampled_from([v for v in values if v]), min_size=1, max_size=3)
    return chosen.map(lambda many: ",".join(map(str, many)))


@st.composite
def _rules(draw: st.DrawFn) -> str:
    """Rules of every frequency, most of which occur now and then."""
    freq = draw(st.sampled_from(["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY"]))
    parts = [f"FREQ={freq}", f"INTERVAL={draw(st.integers(1, 5))}"]
    days = draw(st.lists(st.sampled_from(DAYS), max_size=3))
    numbers = ("1", "2", "-1") if freq in ("YEARLY", "MONTHLY") and draw(st.booleans()) else ("",)
    if days:
        parts.append("BYDAY=" + ",".join(draw(st.sampled_from(numbers)) + day for day in days))
    if draw(st.booleans()):
        parts.append("BYMONTH=" + draw(_some(range(1, 13))))
    if freq != "WEEKLY" and draw(st.integers(0, 3)) == 0:
        parts.append("BYMONTHDAY=" + draw(_some(range(-31, 32))))
    if freq == "YEARLY" and days and numbers == ("",) and draw(st.integers(0, 3)) == 0:
        parts.append("BYWEEKNO=" + draw(_some(range(-53, 54))))
    if draw(st.booleans()):
        parts.append("BYHOUR=" + draw(_some(range(24))))
    if draw(st.integers(0, 3)) == 0:
        parts.append(f"WKST={draw(st.sampled_from(DAYS))}")
    return ";".join(parts)


def _expected(rule: str, wall: datetime, zone: str, count: int) -> list[datetime]:
    """What dateutil says within ten years, once for each moment."""
    text = rule if "WKST" in rule else f"{rule};WKST=MO"
    last = wall + timedelta(days=3653)
    try:
        found = list(islice(rrulestr(f"{text};UNTIL={last:%Y%m%dT%H%M%S}", dtstart=wall), count))
    except ValueError:  # its hours can never be met
        return []
    return sorted({at.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) for at in found})


@given(rule=_rules(), wall=STARTS, zone=st.sampled_from(ZONES), moved=st.integers(0, 39))
def test_the_walk_finds_what_dateutil_finds_from_wherever_it_looks(
    rule: str, wall: datetime, zone: str, moved: int
) -> None:
    expected = _expected(rule, wall, zone, 42)
    assume(len(expected) > moved + 1)
    start = wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)

    found = after(rule, series_start=start, timezone=zone, exceptions=(), moment=expected[moved])

    assert found == expected[moved + 1]


@given(rule=_rules(), wall=STARTS, zone=st.sampled_from(ZONES), count=st.integers(1, 40))
def test_a_count_counts_from_the_start_of_the_series(
    rule: str, wall: datetime, zone: str, count: int
) -> None:
    expected = _expected(rule, wall, zone, count)
    assume(len(expected) == count)
    start = wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)

    found = between(
        f"{rule};COUNT={count}",
        series_start=start,
        timezone=zone,
        exceptions=(),
        since=expected[-1],
        until=datetime(2070, 1, 1, tzinfo=UTC),
        limit=10,
    )

    assert found == expected[-1:]


@st.composite
def _counted_days(draw: st.DrawFn) -> str:
    """Rules that count weekdays, further than months and years have them."""
    freq = draw(st.sampled_from(["YEARLY", "MONTHLY"]))
    days = [f"{draw(st.integers(-54, 54))}{day}" for day in draw(st.sets(st.sampled_from(DAYS)))]
    by_month = draw(st.sampled_from(["", ";BYMONTH=" + draw(_some(range(1, 13)))]))
    return f"FREQ={freq};BYDAY={','.join(days)}{by_month}"


@given(
    text=st.text(max_size=60) | _rules() | _counted_days(),
    start=st.datetimes(timezones=st.just(UTC)) | BEGINNINGS,
)
def test_any_text_is_a_rule_or_is_refused_at_its_field(text: str, start: datetime) -> None:
    field = _kept_or_refused(text, start)

    assert field in ("recurrence", None)


def test_days_that_the_walk_cannot_count_are_refused_as_a_rule() -> None:
    rule = Rule(frequency="YEARLY", days=((10, 6),), by={"BYMONTH": (12,)})
    start = datetime.fromisoformat("2026-12-06T03:00:00")

    with pytest.raises(InvalidInput, match="its months do not have") as refusal:
        list(walk(rule, start, start))

    assert refusal.value.field == "recurrence"


@pytest.mark.parametrize("year", recurrence._YEARS)
def test_a_walk_ends_with_the_calendar_within_two_generations(year: int) -> None:
    twin = twin_of(year)

    assert 9999 - twin <= 2 * REACH
    assert _calendar(twin) == _calendar(year)


@pytest.mark.parametrize("year", range(2071, 2200))
def test_a_series_that_has_grown_old_has_a_calendar_too(year: int) -> None:
    assert _calendar(twin_of(year)) == _calendar(year)


def _kept_or_refused(text: str, start: datetime) -> str | None:
    """The field of the refusal, None where the rule was kept, in a spelling that stays."""
    length = timedelta(hours=1)
    try:
        kept = canonical(text, start=start, timezone="Europe/Berlin", duration=length)
    except InvalidInput as refusal:
        return refusal.field
    again = canonical(kept, start=start, timezone="Europe/Berlin", duration=length)
    return None if again == kept else f"{kept} became {again}"


def _calendar(year: int) -> list[tuple[bool, int]]:
    years = range(year, year + REACH + 1)
    return [(calendar.isleap(one), date(one, 1, 1).weekday()) for one in years]
