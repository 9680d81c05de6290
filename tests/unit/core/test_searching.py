"""Words, ranks and excerpts: what search makes of texts and questions."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.article import Article
from core.domain.metric import Metric
from core.domain.search import (
    EXCERPT,
    MOST_SAID,
    MOST_TERMS,
    MOST_UPDATES,
    asked,
    document_of,
    excerpt,
    incident_document,
    terms,
)

NOON = datetime(2030, 1, 1, 12, tzinfo=UTC)
SENTENCE = "The pool ran dry. "


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Pools, POOL and pool", ("pool", "and")),
        ("Queries of queries", ("query", "of")),
        ("PoolTimeoutException", ("pooltimeoutexception", "pool", "timeout", "exception")),
        ("HTTPServer2Go", ("httpserver2go", "http", "server2", "go")),
        ("max_connections=5", ("max", "connection")),
        ("class pass", ("class", "pass")),
        ("École Straße Å", ("ecole", "strasse")),
        ("東 京都", ("東", "京都")),
        ("a b 1 22", ("22",)),
        ("", ()),
    ],
)
def test_a_text_is_made_of_words(text: str, words: tuple[str, ...]) -> None:
    assert terms(text, most=99) == words


def test_a_word_has_an_end() -> None:
    [word] = terms("x" * 1_000, most=99)

    assert len(word) == 64


@given(st.text())
def test_words_are_letters_and_digits_in_one_case(text: str) -> None:
    for word in terms(text, most=99):
        assert word.isalnum()
        assert word == word.casefold()


@given(st.text())
def test_what_is_written_is_found_by_itself(text: str) -> None:
    assert set(terms(text, most=99)) <= set(terms(f"{text}\n{text}", most=99))


def test_a_question_is_its_telling_words() -> None:
    assert asked("What is the state of the pool?") == ("state", "pool")
    assert asked("Who are you?") == ("who", "are", "you")
    assert len(asked(" ".join(f"w{n}x" for n in range(999)))) == MOST_TERMS


def test_an_excerpt_begins_at_the_telling_sentence() -> None:
    text = f"{'Nothing here. ' * 50}{SENTENCE}{'More. ' * 99}"

    shown = excerpt(text, ("pool", "dry"))

    assert shown.startswith("…The pool ran dry. More.")
    assert shown.endswith("…")


def test_an_excerpt_prefers_where_more_words_are_near() -> None:
    text = f"A pool. {'Nothing here. ' * 50}{SENTENCE}"

    assert excerpt(text, ("pool", "dry")) == "…The pool ran dry."


def test_a_short_text_is_its_own_excerpt() -> None:
    assert excerpt("The pool\n\n ran dry.", ("dry",)) == "The pool ran dry."
    assert excerpt("", ("pool",), "The pool") == "The pool"


@given(st.text(), st.lists(st.text(max_size=9), max_size=5))
def test_an_excerpt_is_short_and_on_one_line(text: str, words: list[str]) -> None:
    shown = excerpt(text, words)

    assert len(shown) <= EXCERPT + 2
    assert len(shown.splitlines()) <= 1


def test_what_is_deleted_or_only_measured_is_not_found() -> None:
    article = Article(
        id="art_1", title="Pools", body="One.", created_at=NOON, updated_at=NOON, deleted_at=NOON
    )

    assert document_of(article) is None
    assert document_of(Metric(id="m", name="Latency", created_at=NOON, updated_at=NOON)) is None


def test_an_incident_says_what_is_told_then_what_was_said_and_nothing_twice() -> None:
    told = ("Carts are lost", "Restarted it", "")

    document = incident_document("inc_1", "Slow", told, ("It lags", "Restarted it", "It lags"))

    assert (document.title, document.body) == ("Slow", "Carts are lost\nRestarted it\nIt lags")


def test_of_many_updates_the_newest_count() -> None:
    many = incident_document("inc_1", "Slow", (), [f"step {number}" for number in range(99)])
    long = incident_document("inc_1", "Slow", (), ("old", "x" * MOST_SAID, "new"))

    assert many.body.split("\n")[0] == f"step {99 - MOST_UPDATES}"
    assert many.body.endswith("\nstep 98")
    assert long.body == "x" * (MOST_SAID - 3) + "\nnew"
