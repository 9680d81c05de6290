"""What people are told of why something was found."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.fusion import Match, Question, Weighed, weighed
from core.domain.likeness_reasons import MOST, reason
from core.domain.search import WORD, folded, terms


def _found(question: Question, match: Match) -> Weighed:
    [found] = weighed(question, [match])
    return found


def _match(title: str, body: str = "", service: str = "", cosine: float = 0.9) -> Match:
    words = frozenset(terms(f"{title}\n{body}", most=1_000))
    return Match(id="x", title=title, body=body, words=words, cosine=cosine, service=service)


def test_the_service_the_common_words_and_the_fix_are_told() -> None:
    question = Question.of("Orders wait for the connection pool")
    found = _found(question, _match("Connection pool exhausted", service="Checkout"))

    told = reason(question, found, resolution="Restarting PgBouncer.")

    assert told == (
        "same service Checkout, both mention connection pool; resolved by restarting PgBouncer"
    )


def test_a_fix_that_is_no_doing_is_told_as_it_stands() -> None:
    question = Question.of("connection pool")

    told = reason(question, _found(question, _match("Connection pool")), resolution="PgBouncer 2.")

    assert told == "both mention connection pool; resolved: PgBouncer 2"


def test_names_of_machines_come_before_words() -> None:
    question = Question.of("Nightly export: ORA-01555")
    found = _found(question, _match("Export fails", "ORA-01555 at night"))

    assert reason(question, found).startswith("both mention ORA-01555")


@pytest.mark.parametrize("asked", ["pooltimeouterror", "PoolTimeoutError", "POOLTIMEOUTERROR"])
def test_names_are_told_as_they_are_written_in_what_was_found(asked: str) -> None:
    question = Question.of(f"Orders fail with {asked}")
    found = _found(question, _match("Pool", "psycopg_pool.PoolTimeoutError in checkout"))

    assert reason(question, found) == "both mention PoolTimeoutError"


def test_words_are_told_as_they_were_asked_for() -> None:
    question = Question.of("the connection pool of checkout")
    found = _found(question, _match("Connection Pool"))

    assert reason(question, found) == "both mention connection pool"


def test_words_that_only_stand_apart_are_not_told_as_one() -> None:
    question = Question.of("connection pool")
    found = _found(question, _match("pool of the connection"))

    assert reason(question, found) == "both mention connection and pool"


def test_what_has_no_common_word_says_so() -> None:
    question = Question.of("shop does not answer")

    told = reason(question, _found(question, _match("Storefront unresponsive")))

    assert told == "says much the same in other words"


def test_what_people_said_is_told_first() -> None:
    question = Question.of("connection pool")
    found = _found(question, replace(_match("Connection pool"), opinion=0.5))

    assert reason(question, found).startswith("named as the same cause before, ")


def test_a_reason_is_short_and_on_one_line() -> None:
    question = Question.of("connection pool " * 50)
    match = _match("Connection pool " * 50, service="s" * 200)

    told = reason(question, _found(question, match), resolution="restarted\nit " * 200)

    assert len(told) <= MOST
    assert "\n" not in told


def _mentioned(asked: str, title: str, body: str = "", cosine: float = 0.2) -> str:
    question = Question.of(asked)
    match = _match(title, body, cosine=cosine)
    signals = _found(question, _match(asked)).signals
    common = tuple(one for one in question.words if one in match.words)
    signals = replace(signals, cosine=cosine)
    return reason(question, Weighed(match=match, score=0.5, signals=signals, common=common))


@pytest.mark.parametrize(
    ("asked", "title", "body", "told"),
    [
        (
            "Checkout fails: connection pool exhausted on orders-db",
            "Orders API timeouts, database connections used up",
            "",
            "both mention connection and orders",
        ),
        ("payment-gateway-7 down", "Gateway for mails slow", "", "both mention gateway"),
        (
            "login: https://status.acme.test",
            "Mail late",
            "read https://other.example.org/x",
            "",
        ),
        (
            "payment-gateway-7 down",
            "Late",
            "on Payment-Gateway-7",
            "both mention Payment-Gateway-7",
        ),
    ],
)
def test_only_what_stands_in_both_is_told(asked: str, title: str, body: str, told: str) -> None:
    reason_told = _mentioned(asked, title, body)

    assert reason_told == told


_PIECES = st.sampled_from(
    [
        "connection",
        "connections",
        "pool",
        "orders",
        "orders-db",
        "payment-gateway-7",
        "gateway",
        "https://a.example.com",
        "ORA-01555",
        "API",
        "api.eu.example.com",
        "timeout",
        "Timeouts",
        "PoolTimeoutException,",
        "db/07",
        ".",
        "mail_queue",
        "Größe",
        "see",
        "\n",
    ]
)
_TEXTS = st.lists(_PIECES, min_size=1, max_size=12).map(" ".join)


@given(asked=_TEXTS, title=_TEXTS, body=_TEXTS)
def test_whatever_is_told_stands_in_both(asked: str, title: str, body: str) -> None:
    told = _mentioned(asked, title, body)

    for phrase in re.sub("^both mention ", "", told).split(" and ") if told else ():
        assert _spelled(phrase) in _spelled(asked)
        assert _spelled(phrase) in _spelled(f"{title} {body}")
        assert "http" not in phrase.casefold()


def _spelled(text: str) -> str:
    """Its words in a row, whatever their case and number."""
    return f" {' '.join(folded(word) for word in WORD.findall(text))} "
