"""Which kinds of trouble a text speaks of, and how alike two texts are in that."""

import pytest

from core.domain.troubles import alike, said_in, troubles


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("ENOSPC on the primary", "The disk is full", "disk full"),
        ("Container was OOMKilled", "JVM ran out of memory", "memory"),
        ("HikariPool gives nothing", "too many connections to the database", "pool"),
        ("x509 error", "our certificates have expired", "certificate"),
        ("coredns is overloaded", "names resolve slowly", "names"),
        ("Throttled by the partner", "429 from the API", "rate limit"),
    ],
)
def test_what_people_say_in_other_words_is_one_kind(one: str, other: str, kind: str) -> None:
    assert kind in troubles(one) & troubles(other)


def test_all_words_of_a_phrase_are_needed() -> None:
    assert "disk full" not in troubles("The disk spins and the glass is empty")


def test_words_of_a_phrase_in_two_sentences_are_no_phrase() -> None:
    assert "disk full" not in troubles("The disk spins. The glass is full.")


def test_what_speaks_of_a_trouble_is_told_with_it() -> None:
    assert ("disk full", frozenset({"disk", "full"})) in said_in("The disk is full")


def test_ordinary_words_speak_of_no_trouble() -> None:
    assert troubles("We had lunch by the river and it was lovely") == frozenset()


def test_those_that_speak_of_the_same_are_more_alike() -> None:
    question = troubles("the certificate expired")
    others = [
        troubles("x509 certificate"),
        troubles("disk full and cpu at its limit"),
        troubles("lunch"),
    ]

    same, unlike, silent = alike(question, others)

    assert same == pytest.approx(1.0)
    assert (unlike, silent) == (0.0, 0.0)


def test_a_question_that_speaks_of_nothing_is_like_nothing() -> None:
    assert alike(frozenset(), [troubles("disk full")]) == [0.0]
