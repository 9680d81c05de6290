"""What calendars show of a series ahead of time."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from core.domain.ids import MaintenanceId
from core.domain.maintenance import Maintenance
from core.domain.occurrences import coming

START = datetime(2026, 3, 24, 1, 0, tzinfo=UTC)  # 02:00 in Berlin, whose clocks change on the 29th
YEAR = START + timedelta(days=365)


def a_series(**changes: Any) -> Maintenance:
    window = Maintenance(
        id=MaintenanceId("mnt_1"),
        number=1,
        title="Disks",
        scheduled_start_at=START,
        scheduled_end_at=START + timedelta(hours=2),
        created_at=START - timedelta(days=1),
        updated_at=START - timedelta(days=1),
        timezone="Europe/Berlin",
        recurrence="FREQ=WEEKLY;BYDAY=TU",
        series_id=MaintenanceId("mnt_1"),
        series_start_at=START,
        series_end_at=START + timedelta(hours=2),
        occurrence_at=START,
    )
    return replace(window, **changes)


def test_what_follows_keeps_its_time_on_the_wall_and_its_length() -> None:
    following = coming(a_series(), until=YEAR, limit=2)

    assert following == [
        (
            datetime(2026, 3, 31, 0, 0, tzinfo=UTC),
            datetime(2026, 3, 31, 2, 0, tzinfo=UTC),
        ),
        (datetime(2026, 4, 7, 0, 0, tzinfo=UTC), datetime(2026, 4, 7, 2, 0, tzinfo=UTC)),
    ]


def test_only_what_lies_in_the_time_looked_at_is_told() -> None:
    since, until = datetime(2026, 5, 1, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)

    days = [start.day for start, _ in coming(a_series(), since=since, until=until, limit=99)]

    assert days == [5, 12, 19, 26]


def test_an_exception_is_left_out() -> None:
    skipped = datetime(2026, 3, 31, 0, 0, tzinfo=UTC)

    [(first, _)] = coming(a_series(exceptions=(skipped,)), until=YEAR, limit=1)

    assert first == datetime(2026, 4, 7, 0, 0, tzinfo=UTC)


def test_an_occurrence_that_was_moved_or_extended_changes_none_that_follows() -> None:
    later = START + timedelta(days=1)
    moved = a_series(scheduled_start_at=later, scheduled_end_at=later + timedelta(hours=9))

    assert coming(moved, until=YEAR, limit=3) == coming(a_series(), until=YEAR, limit=3)


def test_nothing_follows_where_nothing_can() -> None:
    for window in (
        a_series(recurrence=""),
        a_series(followed=True),
        a_series(canceled_at=START),
        a_series(recurrence="FREQ=WEEKLY;BYDAY=TU;COUNT=1"),
    ):
        assert coming(window, until=YEAR, limit=9) == []
