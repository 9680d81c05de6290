"""The words of two products, for every state and severity there is."""

from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.api.dialects.observer import words as observer
from bot.api.dialects.overwatch import words as overwatch
from bot.api.dialects.words import (
    STATUSES,
    TARGETS,
    severity_word,
    state_named,
    states_named,
    wanted,
)
from bot.api.paging import cursor_of, position_of
from core.domain.account import Dialect
from core.domain.severity import Severity
from core.domain.state import ACTIVE, Phase, State
from core.errors import InvalidInput


def test_every_state_and_severity_has_its_words() -> None:
    assert set(overwatch.STATUS) == set(observer.STATE) == set(State)
    assert set(observer.SEVERITY) == set(Severity)
    assert set(observer.MESSAGE_TYPE) == set(Phase)


def test_the_two_products_contradict_each_other_in_no_word() -> None:
    assert not set(overwatch.STATUSES_IN) & set(observer.STATES_IN)


def test_every_word_that_is_shown_is_understood() -> None:
    shown = {*overwatch.STATUS.values(), *observer.STATE.values()}

    assert shown <= set(STATUSES)


@pytest.mark.parametrize("word", STATUSES)
def test_every_word_leads_into_one_of_its_own_states(word: str) -> None:
    assert state_named(word.upper(), field="status") in STATUSES[word]


def test_every_broad_word_has_one_target() -> None:
    broad = {word for word, states in STATUSES.items() if len(states) > 1}

    assert set(TARGETS) == broad


def test_active_and_published_mean_every_state_with_work_left() -> None:
    assert states_named("Active", field="status") == ACTIVE
    assert states_named(" published ", field="state") == ACTIVE


@pytest.mark.parametrize("now", State)
def test_what_is_shown_of_an_incident_may_be_sent_back(now: State) -> None:
    assert now in wanted(overwatch.STATUS[now], observer.STATE[now]).unless


@pytest.mark.parametrize(
    ("status", "state", "target"),
    [
        ("acknowledged", "published", State.ACKNOWLEDGED),
        ("active", "published", State.OPEN),
        ("closed", "canceled", State.CANCELED),
        ("closed", "resolved", State.CLOSED),
        ("resolved", None, State.RESOLVED),
        (None, "published", State.OPEN),
        (None, None, None),
    ],
)
def test_two_words_that_agree_ask_for_the_narrower(
    status: str | None, state: str | None, target: State | None
) -> None:
    assert wanted(status, state).state is target


@pytest.mark.parametrize(("status", "state"), [("resolved", "published"), ("active", "draft")])
def test_two_words_that_contradict_each_other_are_refused(status: str, state: str) -> None:
    with pytest.raises(InvalidInput, match="contradict each other") as refused:
        wanted(status, state)

    assert refused.value.field == "state"


def test_an_unknown_word_is_told_the_known_ones() -> None:
    with pytest.raises(InvalidInput, match="use active, new") as refused:
        states_named("banana", field="status")

    assert refused.value.field == "status"


@pytest.mark.parametrize("dialect", [Dialect.NEUTRAL, Dialect.OPSKNIGHT, Dialect.INCIDENT_IO])
def test_who_speaks_no_dialect_reads_the_word_that_was_given(dialect: Dialect) -> None:
    assert severity_word(Severity.HIGH, "major", dialect) == "major"
    assert severity_word(Severity.HIGH, "", dialect) == "high"


@given(st.datetimes(timezones=st.just(UTC)), st.from_regex(r"inc_[a-z0-9]{1,30}", fullmatch=True))
def test_a_cursor_leads_back_to_where_it_was_made(at: object, id: str) -> None:
    position = (at, id)

    assert position_of(cursor_of(position)) == position  # type: ignore[arg-type]


@given(st.text(min_size=1, max_size=60))
def test_no_made_up_cursor_leads_anywhere(cursor: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        position_of(cursor)

    assert refused.value.field == "cursor"
