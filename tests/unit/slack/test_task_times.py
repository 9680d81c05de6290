"""Until when a task is to be done, as people type it."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.tasks.due import due_of
from core.errors import InvalidInput

TUESDAY = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
"""10:30 in Berlin."""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2h", "2026-12-01 11:30"),
        ("30 minutes", "2026-12-01 10:00"),
        ("1 day and 2 hours", "2026-12-02 11:30"),
        ("today", "2026-12-01 17:00"),
        ("tonight", "2026-12-01 21:00"),
        ("tomorrow", "2026-12-02 17:00"),
        ("Tomorrow 9am", "2026-12-02 08:00"),
        ("tomorrow at 14:30", "2026-12-02 13:30"),
        ("friday", "2026-12-04 17:00"),
        ("tuesday", "2026-12-08 17:00"),
        ("next monday at 9am", "2026-12-07 08:00"),
        ("2026-12-24", "2026-12-24 17:00"),
        ("2026-12-24 08:00", "2026-12-24 07:00"),
        ("14:30", "2026-12-01 13:30"),
        ("9am", "2026-12-02 08:00"),
    ],
)
def test_days_and_times_are_those_of_the_reader(typed: str, meant: str) -> None:
    due = due_of(typed, TUESDAY, "Europe/Berlin")

    assert due == datetime.fromisoformat(meant).replace(tzinfo=UTC)


def test_who_says_today_in_the_evening_means_what_is_left_of_it() -> None:
    evening = datetime(2026, 12, 1, 19, 0, tzinfo=UTC)

    assert due_of("today", evening, "UTC") == datetime(2026, 12, 1, 23, 59, tzinfo=UTC)


def test_nothing_typed_is_no_time() -> None:
    assert due_of("  ", TUESDAY, "UTC") is None


@pytest.mark.parametrize(
    "typed", ["soon", "2026-13-40", "tomorrow noon", "0h", "yesterday", "9999-12-31 23:59"]
)
def test_what_is_no_time_is_refused_with_examples(typed: str) -> None:
    with pytest.raises(InvalidInput, match="is no time; type it like") as refused:
        due_of(typed, TUESDAY, "UTC")

    assert refused.value.field == "due_at"


@pytest.mark.parametrize("typed", ["2026-11-30", "2026-12-01 09:00", "today 08:00"])
def test_what_has_passed_is_refused(typed: str) -> None:
    with pytest.raises(InvalidInput, match="has passed"):
        due_of(typed, TUESDAY, "UTC")


@given(st.text(max_size=40))
def test_whatever_is_typed_is_a_later_time_or_kindly_refused(typed: str) -> None:
    try:
        due = due_of(typed, TUESDAY, "America/New_York")
    except InvalidInput:
        return
    assert due is None or due > TUESDAY
