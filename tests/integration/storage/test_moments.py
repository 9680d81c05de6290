"""Moments keep what they mean, whatever clock they were told by."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from storage.statements import DIALECTS
from storage.types import UtcDateTime

BERLIN = ZoneInfo("Europe/Berlin")


def test_of_an_hour_that_a_clock_shows_twice_both_are_kept_apart() -> None:
    write = UtcDateTime().bind_processor(DIALECTS["sqlite"])
    twice = [datetime(2030, 10, 27, 2, 30, fold=fold, tzinfo=BERLIN) for fold in (0, 1)]

    texts = [write(moment) for moment in twice]

    assert [datetime.fromisoformat(text) for text in texts] == [
        datetime(2030, 10, 27, 0, 30, tzinfo=UTC),
        datetime(2030, 10, 27, 1, 30, tzinfo=UTC),
    ]
