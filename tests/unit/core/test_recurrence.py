"""A recurring window takes place when its rule says, on the clock of its own zone."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.domain.recurrence import after, between, canonical, require_zone, spoken
from core.errors import InvalidInput

HOUR = timedelta(hours=1)
START = datetime(2026, 11, 24, 2, tzinfo=UTC)  # a Tuesday, 03:00 in Berlin


def _next(rule: str, start: datetime, timezone: str, moment: datetime) -> datetime | None:
    return after(rule, series_start=start, timezone=timezone, exceptions=(), moment=moment)


def _first(rule: str, start: datetime, timezone: str, count: int) -> list[str]:
    found = between(
        rule,
        series_start=start,
        timezone=timezone,
        exceptions=(),
        since=start,
        until=datetime(2100, 1, 1, tzinfo=UTC),
        limit=count,
    )
    return [f"{at:%Y-%m-%d %H:%M}" for at in found]


def _kept(rule: str, start: datetime = START, timezone: str = "Europe/Berlin") -> str:
    return canonical(rule, start=start, timezone=timezone, duration=HOUR)


def test_a_rule_is_kept_in_one_spelling() -> None:
    assert _kept(" rrule:byday=we,tu,TU;freq=weekly;interval=1 ") == "FREQ=WEEKLY;BYDAY=TU,WE"
    assert _kept("WKST=SU;FREQ=WEEKLY;INTERVAL=2") == "FREQ=WEEKLY;INTERVAL=2;WKST=SU"
    assert _kept("FREQ=MONTHLY;BYDAY=+4TU") == "FREQ=MONTHLY;BYDAY=4TU"


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=WEEKLY;BYDAY=TU",
        "FREQ=MONTHLY;BYDAY=TU;BYSETPOS=-1",
        "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=24;BYHOUR=3",
        "FREQ=YEARLY;BYWEEKNO=48",
        "FREQ=DAILY;COUNT=3",
        "FREQ=HOURLY;INTERVAL=6;UNTIL=20270101T000000Z",
    ],
)
def test_the_spelling_that_is_kept_stays_as_it_is(rule: str) -> None:
    assert _kept(rule) == rule


@pytest.mark.parametrize(
    ("until", "kept"),
    [
        ("20261201", "20261201T225959Z"),
        ("20261201T030000", "20261201T020000Z"),
        ("20261201T030000Z", "20261201T030000Z"),
    ],
)
def test_an_end_is_meant_in_the_zone_of_the_window(until: str, kept: str) -> None:
    assert _kept(f"FREQ=DAILY;UNTIL={until}") == f"FREQ=DAILY;UNTIL={kept}"


def test_a_series_ends_with_its_last_day() -> None:
    rule = _kept("FREQ=DAILY;UNTIL=20261126")

    assert _first(rule, START, "Europe/Berlin", 9) == [
        "2026-11-24 02:00",
        "2026-11-25 02:00",
        "2026-11-26 02:00",
    ]


def test_a_counted_series_ends_when_it_is_counted_down() -> None:
    rule = _kept("FREQ=WEEKLY;COUNT=2")

    assert _first(rule, START, "Europe/Berlin", 9) == ["2026-11-24 02:00", "2026-12-01 02:00"]
    assert _next(rule, START, "Europe/Berlin", datetime(2026, 12, 1, 2, tzinfo=UTC)) is None


@pytest.mark.parametrize(
    ("timezone", "start", "expected"),
    [
        # forward on the last Sunday of March: 03:00 stays 03:00, whatever it is in UTC
        ("Europe/Berlin", "2027-03-27 02:00", ["2027-03-27 02:00", "2027-03-28 01:00"]),
        # back on the last Sunday of October
        ("Europe/Berlin", "2027-10-30 03:00", ["2027-10-30 03:00", "2027-10-31 04:00"]),
        # the southern summer begins in October and ends in April
        ("Australia/Sydney", "2027-10-02 12:00", ["2027-10-02 12:00", "2027-10-03 11:00"]),
        ("Australia/Sydney", "2027-04-02 11:00", ["2027-04-02 11:00", "2027-04-03 11:00"]),
        # no summer time at all, and half an hour off
        ("Asia/Kolkata", "2027-03-27 20:30", ["2027-03-27 20:30", "2027-03-28 20:30"]),
    ],
)
def test_the_clock_on_the_wall_decides(timezone: str, start: str, expected: list[str]) -> None:
    begin = datetime.fromisoformat(f"{start}+00:00")

    assert _first("FREQ=DAILY", begin, timezone, 2) == expected


def test_a_time_that_the_zone_skips_moves_forward_by_what_was_skipped() -> None:
    start = datetime(2027, 3, 27, 1, 30, tzinfo=UTC)  # 02:30 in Berlin; the 28th has no 02:30

    assert _first("FREQ=DAILY", start, "Europe/Berlin", 3) == [
        "2027-03-27 01:30",
        "2027-03-28 01:30",
        "2027-03-29 00:30",
    ]


def test_of_a_time_that_comes_twice_the_first_is_meant() -> None:
    start = datetime(2027, 10, 30, 0, 30, tzinfo=UTC)  # 02:30 in Berlin, twice on the 31st

    assert _first("FREQ=DAILY", start, "Europe/Berlin", 3) == [
        "2027-10-30 00:30",
        "2027-10-31 00:30",
        "2027-11-01 01:30",
    ]


def test_a_series_that_begins_in_the_second_of_two_equal_hours_goes_on_tomorrow() -> None:
    start = datetime(2027, 10, 31, 1, 30, tzinfo=UTC)  # 02:30 for the second time
    rule = _kept("FREQ=DAILY", start)

    assert _next(rule, start, "Europe/Berlin", start) == datetime(2027, 11, 1, 1, 30, tzinfo=UTC)


def test_two_hours_that_the_zone_makes_one_are_one_occurrence() -> None:
    start = datetime(2027, 3, 28, 0, 0, tzinfo=UTC)  # 01:00, then 03:00, the former 02:00

    assert _first("FREQ=HOURLY", start, "Europe/Berlin", 3) == [
        "2027-03-28 00:00",
        "2027-03-28 01:00",
        "2027-03-28 02:00",
    ]


def test_a_leap_day_comes_every_four_years_and_not_in_2100() -> None:
    start = datetime(2028, 2, 29, 9, tzinfo=UTC)
    late = datetime(2096, 3, 1, tzinfo=UTC)
    rule = _kept("FREQ=YEARLY", start, "UTC")

    assert _first(rule, start, "UTC", 3) == [
        "2028-02-29 09:00",
        "2032-02-29 09:00",
        "2036-02-29 09:00",
    ]
    assert _next(rule, start, "UTC", late) == datetime(2104, 2, 29, 9, tzinfo=UTC)


def test_a_month_without_the_day_is_left_out() -> None:
    start = datetime(2027, 1, 31, 9, tzinfo=UTC)

    assert _first("FREQ=MONTHLY", start, "UTC", 3) == [
        "2027-01-31 09:00",
        "2027-03-31 09:00",
        "2027-05-31 09:00",
    ]


def test_a_week_of_the_year_takes_its_weekday_from_the_start() -> None:
    assert _first("FREQ=YEARLY;BYWEEKNO=48", START, "UTC", 2) == [
        "2026-11-24 02:00",
        "2027-11-30 02:00",
    ]


def test_what_is_skipped_does_not_take_place() -> None:
    skipped = (START + timedelta(days=7), START + timedelta(days=14))

    found = after(
        "FREQ=WEEKLY",
        series_start=START,
        timezone="Europe/Berlin",
        exceptions=skipped,
        moment=START,
    )

    assert found == START + timedelta(days=21)


def test_before_its_start_the_next_occurrence_is_the_first() -> None:
    assert _next("FREQ=WEEKLY", START, "UTC", START - timedelta(days=900)) == START


def test_a_start_with_a_fraction_of_a_second_recurs_on_the_second() -> None:
    start = START + timedelta(microseconds=250)
    rule = _kept("FREQ=WEEKLY", start)

    assert _next(rule, start, "Europe/Berlin", start) == START + timedelta(days=7)


@pytest.mark.parametrize(
    ("rule", "complaint"),
    [
        ("", "empty"),
        ("FREQ=DAILY;" + "X" * 500, "too long"),
        ("BYDAY=TU", "no FREQ"),
        ("every tuesday", "'EVERY TUESDAY' is no part of a rule"),
        ("FREQ=WEEKLY;BYDAY=", "'BYDAY=' is no part of a rule"),
        ("FREQ=FORTNIGHTLY", "Unknown FREQ 'FORTNIGHTLY'"),
        ("FREQ=MINUTELY", "more often than hourly"),
        ("FREQ=HOURLY;BYMINUTE=0,30", "more often than hourly"),
        ("FREQ=DAILY;FREQ=WEEKLY", "FREQ is there twice"),
        ("FREQ=YEARLY;BYEASTER=1", "Unknown part 'BYEASTER'"),
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL is a number from 1 to 1,000, not '0'"),
        ("FREQ=DAILY;INTERVAL=\u0661", "INTERVAL is a number from 1 to 1,000"),
        ("FREQ=DAILY;COUNT=1001", "COUNT is a number from 1 to 1,000"),
        ("FREQ=DAILY;COUNT=2;UNTIL=20270101", "exclude each other"),
        ("FREQ=DAILY;UNTIL=2027-01-01", "UNTIL is a time such as"),
        ("FREQ=DAILY;UNTIL=20270230", "UNTIL is a time such as"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "BYMONTHDAY takes numbers from -31 to 31 but 0"),
        ("FREQ=DAILY;BYHOUR=24", "BYHOUR takes numbers from 0 to 23, not '24'"),
        ("FREQ=WEEKLY;BYDAY=DI", "not 'DI'"),
        ("FREQ=WEEKLY;BYDAY=1TU", "FREQ=MONTHLY or FREQ=YEARLY"),
        ("FREQ=MONTHLY;BYDAY=6TU", "6TU counts weekdays of a month from 1 to 5"),
        ("FREQ=YEARLY;BYMONTH=12;BYDAY=10SU", "10SU counts weekdays of a month from 1 to 5"),
        ("FREQ=YEARLY;BYDAY=-6SU;BYMONTH=2", "-6SU counts weekdays of a month from 1 to 5"),
        *((f"FREQ=YEARLY;BYMONTH={month};BYDAY=53SU", "from 1 to 5") for month in range(1, 13)),
        ("FREQ=YEARLY;BYDAY=54SU", "54SU counts weekdays of a year from 1 to 53"),
        ("FREQ=MONTHLY;BYDAY=1TU,WE", "with and without a number"),
        ("FREQ=WEEKLY;WKST=XX", "WKST is one of"),
        ("FREQ=WEEKLY;BYMONTHDAY=3", "BYMONTHDAY does not go with FREQ=WEEKLY"),
        ("FREQ=YEARLY;BYWEEKNO=3;BYDAY=1MO", "have no numbers"),
        ("FREQ=MONTHLY;BYSETPOS=1", "BYSETPOS picks"),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "never takes place"),
        ("FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30", "never takes place"),
        ("FREQ=HOURLY;INTERVAL=24;BYHOUR=4", "never takes place"),
        ("FREQ=DAILY;UNTIL=20200101", "never takes place"),
        ("FREQ=WEEKLY;BYDAY=MO", "first takes place on Monday, 2026-11-30 at 03:00"),
        ("FREQ=YEARLY;COUNT=40", "takes more than 28 years"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_with_what_to_mend(rule: str, complaint: str) -> None:
    with pytest.raises(InvalidInput, match=r"[.]$") as refusal:
        _kept(rule)

    assert refusal.value.field == "recurrence"
    assert complaint in str(refusal.value)


def test_a_window_longer_than_the_time_to_the_next_is_refused() -> None:
    with pytest.raises(InvalidInput) as refusal:
        canonical("FREQ=DAILY", start=START, timezone="UTC", duration=timedelta(hours=25))

    assert refusal.value.field == "recurrence"
    assert "lasts 1 d 1 h" in str(refusal.value)


def test_the_shortest_distance_counts_however_late_it_comes() -> None:
    start = datetime(2026, 11, 29, 9, tzinfo=UTC)
    rule = "FREQ=MONTHLY;BYMONTHDAY=29,1"  # a day apart in February of a leap year alone

    with pytest.raises(InvalidInput, match="1 d after it"):
        canonical(rule, start=start, timezone="UTC", duration=timedelta(days=1, hours=12))


@pytest.mark.parametrize("year", [1, 1969, 2071, 9999])
def test_a_series_begins_within_a_lifetime(year: int) -> None:
    with pytest.raises(InvalidInput, match="from 1970 to 2070") as refusal:
        _kept("FREQ=DAILY", datetime(year, 6, 1, tzinfo=UTC))

    assert refusal.value.field == "recurrence"


@pytest.mark.parametrize(
    ("name", "found"),
    [("Europe/Berlin", "Europe/Berlin"), (" europe/berlin ", "Europe/Berlin"), ("utc", "UTC")],
)
def test_a_zone_is_found_however_it_is_spelled(name: str, found: str) -> None:
    assert require_zone(name) == found


@pytest.mark.parametrize(
    ("name", "complaint"),
    [
        ("", "is empty"),
        ("Europe/Berln", "Did you mean Europe/Berlin?"),
        ("CEST+1:30", "IANA"),
        ("Europe", "There is no time zone 'Europe'"),
        ("../../etc/passwd", "There is no time zone"),
        ("localtime", "There is no time zone"),
        ("x" * 101, "too long"),
    ],
)
def test_an_unknown_zone_is_refused_at_its_field(name: str, complaint: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        require_zone(name, field="zone")

    assert refusal.value.field == "zone"
    assert complaint in str(refusal.value)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=DAILY", "every day"),
        ("FREQ=HOURLY;INTERVAL=6", "every 6 hours"),
        ("FREQ=WEEKLY;BYDAY=TU", "every Tuesday"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "every weekday"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SA,SU", "every 2 weeks on Saturday and Sunday"),
        ("FREQ=MONTHLY;BYDAY=1SU", "every month on the first Sunday"),
        ("FREQ=MONTHLY;BYDAY=-1FR;COUNT=12", "every month on the last Friday, 12 times"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,15,-1", "every month on the 1st, 15th and last day"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "every year on the 29th of February"),
        ("FREQ=DAILY;UNTIL=20271231T225959Z", "every day, until 2027-12-31"),
        ("FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1", "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1"),
        ("FREQ=DAILY;BYHOUR=3,15", "FREQ=DAILY;BYHOUR=3,15"),
    ],
)
def test_a_rule_is_said_in_words_where_people_would(rule: str, words: str) -> None:
    assert spoken(rule) == words


def test_the_page_says_what_its_rules_mean() -> None:
    page = (Path(__file__).parents[3] / "docs" / "recurrence.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(FREQ=[^`]+)` \| (.+) \|$", page, re.MULTILINE)

    said = [(rule, spoken(rule)) for rule, _ in rows]

    assert len(rows) == 10
    assert said == rows


def test_the_last_day_is_said_as_it_is_in_the_zone() -> None:
    start = datetime(2026, 11, 24, 20, tzinfo=UTC)
    rule = _kept("FREQ=DAILY;UNTIL=20271231", start, "America/Los_Angeles")

    words = [spoken(rule), spoken(rule, "America/Los_Angeles")]

    assert words == ["every day, until 2028-01-01", "every day, until 2027-12-31"]
