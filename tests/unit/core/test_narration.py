"""Every event has a sentence, and every duration is spoken."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.events import Event
from core.domain.narration import narrate, spoken
from tests.unit.core.events import EVENTS, KINDS, TOLD


def test_the_table_of_sentences_has_every_kind_of_event() -> None:
    assert {type(event) for event in EVENTS} == set(KINDS)


@pytest.mark.parametrize(("event", "sentence"), TOLD)
def test_an_event_is_told_as_people_say_it(event: Event, sentence: str) -> None:
    assert narrate(event) == sentence


@pytest.mark.parametrize(
    ("duration", "words"),
    [
        (timedelta(hours=3, minutes=12, seconds=9), "3 h 12 min"),
        (timedelta(seconds=45), "45 s"),
        (timedelta(minutes=1), "1 min"),
        (timedelta(days=2, minutes=5), "2 d"),
        (timedelta(0), "0 s"),
        (timedelta(milliseconds=999), "0 s"),
        (timedelta(seconds=-5), "0 s"),
    ],
)
def test_durations_are_spoken(duration: timedelta, words: str) -> None:
    assert spoken(duration) == words


@given(st.timedeltas(min_value=timedelta(0)))
def test_a_duration_has_at_most_two_units(duration: timedelta) -> None:
    assert len(spoken(duration).split()) in (2, 4)
