"""When windows and series take place at the same time."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core.domain.ids import MaintenanceId
from core.domain.maintenance import Maintenance
from core.domain.overlaps import Span, first_at_once, meeting, whole

START = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)  # a Tuesday
TWO_HOURS = timedelta(hours=2)
DAY = timedelta(days=1)


def a_window(start: datetime = START, lasts: timedelta = TWO_HOURS, **more: Any) -> Maintenance:
    window = Maintenance(
        id=MaintenanceId("mnt_1"),
        number=1,
        title="Disks",
        scheduled_start_at=start,
        scheduled_end_at=start + lasts,
        created_at=START - DAY,
        updated_at=START - DAY,
    )
    return replace(window, **more)


def a_series(rule: str, start: datetime = START, lasts: timedelta = TWO_HOURS) -> Maintenance:
    return a_window(
        start,
        lasts,
        recurrence=rule,
        series_start_at=start,
        series_end_at=start + lasts,
        occurrence_at=start,
    )


def at(days: float, lasts: timedelta = TWO_HOURS) -> Span:
    return START + days * DAY, START + days * DAY + lasts


WEEKLY = a_series("FREQ=WEEKLY;BYDAY=TU")


@pytest.mark.parametrize(
    ("days", "met"),
    [
        (0, at(0)),
        (7, at(7)),
        (7 + 1 / 24, at(7)),
        (7 - 1 / 12, None),
        (7 + 1 / 12, None),
        (8, None),
        (364, at(364)),
    ],
)
def test_a_single_window_meets_the_occurrence_of_a_series_at_any_distance(
    days: float, met: Span | None
) -> None:
    single = a_window(START + days * DAY)

    assert meeting(whole(single), WEEKLY) == met


def test_a_series_meets_a_single_window_within_ninety_days() -> None:
    ours = whole(WEEKLY)

    for days, met in ((14, True), (84, True), (98, False), (15, False)):
        single = a_window(START + days * DAY + timedelta(hours=1), timedelta(hours=4))
        expected = (single.scheduled_start_at, single.scheduled_end_at) if met else None
        assert meeting(ours, single) == expected


def test_two_series_meet_where_their_rules_do() -> None:
    monthly = a_series("FREQ=MONTHLY;BYDAY=3TU", START + 21 * DAY)
    mondays = a_series("FREQ=WEEKLY;BYDAY=MO", START - DAY)

    assert meeting(whole(WEEKLY), monthly) == at(21)
    assert meeting(whole(monthly), WEEKLY) == at(21)
    assert meeting(whole(WEEKLY), mondays) is None


def test_a_series_starts_no_earlier_than_its_occurrence_that_stands() -> None:
    assert meeting(whole(a_window(START - 7 * DAY)), WEEKLY) is None


def test_what_was_skipped_or_follows_no_more_is_not_met() -> None:
    single = whole(a_window(START + 7 * DAY))
    skipping = replace(WEEKLY, exceptions=(START + 7 * DAY,))
    followed = replace(WEEKLY, followed=True)

    assert meeting(single, skipping) is None
    assert meeting(single, followed) is None


def test_a_moved_occurrence_counts_at_its_new_time_and_the_series_at_the_old() -> None:
    moved = replace(
        WEEKLY, scheduled_start_at=START + DAY, scheduled_end_at=START + DAY + TWO_HOURS
    )

    assert meeting(whole(a_window()), moved) is None
    assert meeting(whole(a_window(START + DAY)), moved) == at(1)
    assert meeting(whole(a_window(START + 7 * DAY)), moved) == at(7)


def test_no_more_than_fifty_occurrences_are_looked_at() -> None:
    daily = a_series("FREQ=DAILY")

    assert len(whole(daily)) == 51
    assert meeting(whole(daily), a_window(START + 50 * DAY)) == at(50)
    assert meeting(whole(daily), a_window(START + 51 * DAY)) is None


def test_an_occurrence_extended_beyond_its_followers_still_counts_to_its_end() -> None:
    met = meeting([at(0, lasts=timedelta(days=30)), at(1)], a_window(START + timedelta(days=20)))

    assert met == at(20)


def test_spans_of_one_list_may_lie_over_each_other() -> None:
    ours = [at(0, 9 * DAY), at(1)]
    theirs = [at(-1), at(5), at(6)]

    assert first_at_once(ours, theirs) == at(5)
    assert first_at_once(theirs, ours) == at(0, 9 * DAY)
    assert first_at_once(ours, []) is None
