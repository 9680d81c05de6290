"""Pieces of payloads are taken as generously as can be understood."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.webhooks.reading import MAX_KEY, key_of, severity_of, time_of
from core.domain.severity import Severity


@pytest.mark.parametrize(
    "written",
    [
        1_893_499_200,
        1_893_499_200.0,
        "1893499200",
        1_893_499_200_000,
        " 1893499200000 ",
        "2030-01-01T12:00:00Z",
        "2030-01-01T13:00:00.000+0100",
        "2030-01-01 12:00:00",
        "2030-01-01T12:00:00.0000000Z",
    ],
)
def test_a_time_may_be_written_in_many_ways(written: Any) -> None:
    assert time_of(written) == datetime(2030, 1, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        None,
        "",
        "soon",
        ".",
        True,
        [],
        "{EVENT.TIMESTAMP}",
        "0001-01-01T00:00:00Z",
        1e300,
        -1e11,
        float("nan"),
        "9" * 400,
        "١٢٣",
    ],
)
def test_what_is_no_time_is_none(written: Any) -> None:
    assert time_of(written) is None


@given(st.text() | st.floats() | st.integers())
def test_whatever_is_sent_for_a_time_does_no_harm(written: Any) -> None:
    at = time_of(written)

    assert at is None or at.tzinfo is UTC


@given(st.lists(st.text(max_size=300), min_size=1, max_size=3))
def test_a_key_has_room_in_the_database(parts: list[str]) -> None:
    key = key_of(*parts)

    assert len(key) <= MAX_KEY
    assert key == key_of(*parts)


def test_long_keys_are_told_apart_by_their_ends() -> None:
    assert key_of("x" * 300 + "a") != key_of("x" * 300 + "b")


def test_a_tools_own_word_goes_before_the_usual_ones() -> None:
    words = {"p1": Severity.CRITICAL, "low": Severity.HIGH}

    assert [severity_of(word, words) for word in (" P1 ", "low", "info", None)] == [
        Severity.CRITICAL,
        Severity.HIGH,
        Severity.LOW,
        Severity.MEDIUM,
    ]
