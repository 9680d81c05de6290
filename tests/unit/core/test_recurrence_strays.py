"""Exceptions that the rule of a series does not give, found in few steps."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from types import FrameType
from typing import Any

import pytest

from core.domain import recurrence_walk
from core.domain.recurrence import between
from core.domain.recurrence_strays import stray

START = datetime(2026, 1, 1, tzinfo=UTC)
HOURS = "BYHOUR=" + ",".join(map(str, range(24)))
DAYS = "BYDAY=MO,TU,WE,TH,FR,SA,SU"
END = datetime(2034, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=HOURLY",
        f"FREQ=DAILY;{HOURS}",
        f"FREQ=WEEKLY;{DAYS};{HOURS}",
        f"FREQ=MONTHLY;{DAYS};{HOURS}",
        f"FREQ=YEARLY;{DAYS};{HOURS}",
    ],
)
def test_exceptions_far_apart_are_found_in_few_steps(rule: str) -> None:
    moments = [START + timedelta(days=20) * number for number in range(500)]

    with _counted() as steps:
        found = stray(rule, **_series("Europe/Berlin"), moments=moments)

    assert found is None
    assert len(moments) <= sum(steps) < 10 * len(moments)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Australia/Lord_Howe", "Asia/Kolkata"])
@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=HOURLY;INTERVAL=5",
        "FREQ=HOURLY;BYHOUR=0,2,4;BYDAY=SU",
        "FREQ=DAILY;BYHOUR=2,3,12",
        "FREQ=DAILY;INTERVAL=3;BYMONTH=3,4,10,11",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,WE",
        "FREQ=MONTHLY;BYDAY=-1SU,1MO;BYHOUR=1,2",
        "FREQ=MONTHLY;BYDAY=SU;BYHOUR=1,2;BYSETPOS=-1,1",
        "FREQ=YEARLY;BYWEEKNO=1,13,43,53;BYHOUR=2",
        "FREQ=YEARLY;BYYEARDAY=60,-1",
        "FREQ=YEARLY;BYDAY=20MO,-1SU",
        "FREQ=YEARLY;BYMONTH=3;BYDAY=SU,MO;BYSETPOS=1,-1",
        "FREQ=DAILY;COUNT=300",
        "FREQ=DAILY;UNTIL=20270401T020000Z",
    ],
)
def test_what_the_rule_gives_is_no_stray_and_what_lies_between_is(rule: str, zone: str) -> None:
    starts = between(rule, **_series(zone), exceptions=(), since=START, until=END, limit=400)
    others = [at + HOUR for at in starts if at + HOUR not in starts]

    found = stray(rule, **_series(zone), moments=starts)
    strays = [stray(rule, **_series(zone), moments=[*starts, one]) for one in others[:40]]

    assert starts
    assert found is None
    assert strays == others[:40]


def test_what_is_after_the_end_or_before_the_start_of_a_series_is_a_stray() -> None:
    rule = "FREQ=DAILY;UNTIL=20260201T000000Z"
    early, late = START - 24 * HOUR, datetime(2026, 2, 2, tzinfo=UTC)

    found = [stray(rule, **_series("UTC"), moments=[START, one]) for one in (early, late)]

    assert found == [early, late]


def test_the_second_of_two_like_times_is_a_stray() -> None:
    second = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    start = datetime(2026, 10, 24, 0, 30, tzinfo=UTC)

    found = stray(
        "FREQ=DAILY",
        series_start=start,
        timezone="Europe/Berlin",
        moments=[second - HOUR, second],
    )

    assert found == second


def _series(zone: str) -> dict[str, Any]:
    return {"series_start": START, "timezone": zone}


@contextmanager
def _counted() -> Iterator[list[int]]:
    """One for each time that any walk comes to: a walk is a generator, called for each of them."""
    steps: list[int] = []

    def count(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code is recurrence_walk.walk.__code__:
            steps.append(1)

    sys.setprofile(count)
    try:
        yield steps
    finally:
        sys.setprofile(None)
