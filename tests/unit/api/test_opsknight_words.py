"""OpsKnight's words, for every state and urgency there is."""

import pytest

from bot.api.dialects.opsknight.words import (
    SHOWN,
    TARGETS,
    URGENCY,
    outcome,
    severity_of,
    state_named,
    states_named,
    status_word,
)
from bot.api.recent_events import MOST, RecentEvents
from core.domain.severity import Severity
from core.domain.state import State
from core.domain.urgency import Urgency
from core.errors import InvalidInput


@pytest.mark.parametrize("state", sorted(SHOWN))
@pytest.mark.parametrize("open_word", ["triggered", "OPEN"])
def test_what_is_shown_is_found_under_its_word(state: State, open_word: str) -> None:
    assert state in states_named(status_word(state, open_word))


@pytest.mark.parametrize("word", TARGETS)
def test_a_word_leads_into_one_of_its_own_states(word: str) -> None:
    assert state_named(f" {word.upper()} ") in states_named(word)


def test_no_word_finds_a_draft() -> None:
    assert all(State.DRAFT not in states_named(word) for word in TARGETS)


def test_an_unknown_word_names_the_field() -> None:
    with pytest.raises(InvalidInput) as refused:
        state_named("banana")

    assert refused.value.field == "status"


def test_every_urgency_has_its_word() -> None:
    assert set(URGENCY.values()) == {"HIGH", "MEDIUM", "LOW"}


def test_a_priority_says_more_than_an_urgency() -> None:
    assert severity_of(" p1 ", Urgency.LOW) is Severity.CRITICAL
    assert severity_of("soon", Urgency.LOW) is Severity.LOW


@pytest.mark.parametrize(
    ("action", "new", "known"),
    [
        ("trigger", "triggered", "deduplicated"),
        ("acknowledge", "ignored", "acknowledged"),
        ("resolve", "ignored", "resolved"),
    ],
)
def test_what_becomes_of_an_event(action: str, new: str, known: str) -> None:
    assert (outcome(action, fires=False), outcome(action, fires=True)) == (new, known)


class Seconds:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_what_was_said_is_forgotten_soon() -> None:
    seconds = Seconds()
    recent = RecentEvents(elapsed=seconds, lifetime=3)
    recent.note("a", "trigger")
    recent.note("a", "resolve")

    at_once = recent.last("a")
    seconds.now = 3
    assert (at_once, recent.last("a"), recent.last("b")) == ("resolve", None, None)


def test_only_so_much_is_remembered() -> None:
    recent = RecentEvents(elapsed=Seconds())
    for number in range(MOST + 1):
        recent.note(number, "trigger")

    assert (recent.last(0), recent.last(MOST)) == (None, "trigger")
    recent.forget(MOST)
    assert recent.last(MOST) is None
