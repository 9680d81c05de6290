"""The month as a grid, and what of a series lies in it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.views.calendar import Month, Slot, days_of, grid, month_of

TODAY = date(2026, 11, 21)
NOVEMBER = Month(year=2026, month=11)
BERLIN = "Europe/Berlin"


def a_slot(start: datetime, hours: float = 1, *, running: bool = False) -> Slot:
    return Slot(
        reference="MNT-1",
        title="Disks",
        start=start,
        end=start + timedelta(hours=hours),
        running=running,
    )


def test_a_month_is_seven_columns_with_marks_at_its_days() -> None:
    slots = [
        a_slot(datetime(2026, 11, 24, 1, tzinfo=UTC)),
        a_slot(datetime(2026, 11, 21, 1, tzinfo=UTC), running=True),
    ]

    shown = grid(NOVEMBER, slots, TODAY, "UTC")

    assert shown.splitlines() == [
        " Mo   Tu   We   Th   Fr   Sa   Su",
        "                                1",
        "  2    3    4    5    6    7    8",
        "  9   10   11   12   13   14   15",
        " 16   17   18   19   20  >21!  22",
        " 23   24*  25   26   27   28   29",
        " 30",
    ]


def test_a_window_over_midnight_marks_both_days_on_the_readers_clock() -> None:
    slot = a_slot(datetime(2026, 11, 24, 22, 30, tzinfo=UTC), hours=2)

    assert [*days_of(slot, "UTC")] == [date(2026, 11, 24), date(2026, 11, 25)]
    assert [*days_of(slot, BERLIN)] == [date(2026, 11, 24), date(2026, 11, 25)]
    assert [*days_of(slot, "Asia/Kolkata")] == [date(2026, 11, 25)]


def test_an_end_at_midnight_is_none_of_the_next_day() -> None:
    slot = a_slot(datetime(2026, 11, 24, 22, tzinfo=UTC), hours=2)

    assert [*days_of(slot, "UTC")] == [date(2026, 11, 24)]


@pytest.mark.parametrize(
    ("key", "month"),
    [
        ("2027-02", Month(year=2027, month=2)),
        ("now", NOVEMBER),
        ("", NOVEMBER),
        ("2026-13", NOVEMBER),
        ("9999-12", NOVEMBER),
        ("-1", NOVEMBER),
        ("²-1", NOVEMBER),
    ],
)
def test_a_month_is_found_by_its_key_or_it_is_this_one(key: str, month: Month) -> None:
    assert month_of(key, TODAY) == month


@given(st.integers(1, 9_998), st.integers(1, 12), st.integers(-30, 30))
def test_turning_pages_leads_back_to_the_same_month(year: int, month: int, pages: int) -> None:
    here = Month(year=year, month=month)
    turned = here.moved(pages)

    assert month_of(turned.key, TODAY).key == turned.key
    if 3 < year < 9_990:
        assert turned.moved(-pages) == here


@pytest.mark.parametrize("zone", ["UTC", BERLIN, "Pacific/Kiritimati", "America/St_Johns"])
@pytest.mark.parametrize("month", range(1, 13))
def test_a_month_lasts_from_midnight_to_midnight_of_its_zone(zone: str, month: int) -> None:
    here = Month(year=2026, month=month)

    since, until = here.span(zone)
    days = {day for day in days_of(Slot(reference="", title="", start=since, end=until), zone)}

    assert len(days) == (here.moved(1).first - here.first).days
    assert min(days) == here.first
