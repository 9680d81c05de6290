"""What people are told of why something was found."""

from dataclasses import replace

from core.domain.fusion import Match, Question, Weighed, weighed
from core.domain.likeness_reasons import MOST, reason
from core.domain.search import terms


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

    assert reason(question, found).startswith("both mention ora-01555")


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
