"""How documents are ranked, and what a score is made of."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.fusion import Match, Question, Signals, opinion_of, score, weighed
from core.domain.likeness import Verdict
from core.domain.search import terms

NOTHING = Signals(
    cosine=0.0, words=0.0, grams=0.0, names=0.0, trouble=0.0, service=False, opinion=0.0
)


def _match(id: str, title: str, body: str = "", cosine: float | None = None) -> Match:
    words = frozenset(terms(f"{title}\n{body}", most=1_000))
    return Match(id=id, title=title, body=body, words=words, cosine=cosine)


def test_what_is_near_in_meaning_is_found_without_a_common_word() -> None:
    question = Question.of("the shop does not answer")
    near = _match("near", "Storefront unresponsive", cosine=0.7)
    far = _match("far", "Printer has no paper", cosine=0.05)

    found = weighed(question, [far, near])

    assert [one.match.id for one in found] == ["near"]


def test_without_vectors_the_words_decide() -> None:
    question = Question.of("connection pool exhausted")
    right = _match("right", "Connection pool exhausted", "HikariPool gave nothing")
    wrong = _match("wrong", "Swimming pool closed", "no water")

    found = weighed(question, [wrong, right])

    assert found[0].match.id == "right"


def test_a_rare_name_that_both_have_weighs() -> None:
    question = Question.of("export fails with ORA-01555")
    same = _match("same", "Snapshot too old", "ORA-01555 in the nightly job", cosine=0.3)
    other = _match("other", "Deadlock", "ORA-00060 in the nightly job", cosine=0.3)

    found = weighed(question, [other, same])

    assert found[0].match.id == "same"


def test_rare_words_weigh_more_than_common_ones() -> None:
    question = Question.of("kafka service")
    rare, common = _match("rare", "kafka", cosine=0.7), _match("common", "service", cosine=0.7)

    found = weighed(question, [common, rare], spread={"kafka": 2, "service": 900}, documents=1_000)

    assert [one.match.id for one in found] == ["rare", "common"]


def test_among_a_handful_of_documents_the_right_one_is_found_and_noise_is_not() -> None:
    question = Question.of("database has no free connections")
    pool = _match("pool", "Database connection pool exhausted", "Requests wait", cosine=0.46)
    pooler = _match("pooler", "Restart the connection pooler", "Pause it first", cosine=0.27)
    printer = _match("printer", "Printer is out of paper", "Nobody prints", cosine=0.05)

    found = weighed(question, [printer, pooler, pool], documents=3)

    assert [one.match.id for one in found] == ["pool", "pooler"]
    assert found[0].score > 0.5 > found[1].score


def test_noise_is_left_out() -> None:
    question = Question.of("where is my holiday request")

    assert weighed(question, [_match("a", "Disk full on db-2", cosine=0.1)]) == []


def test_nothing_is_found_among_nothing() -> None:
    assert weighed(Question.of(""), []) == []


def test_what_scores_less_than_asked_for_is_left_out() -> None:
    question = Question.of("disk full")
    matches = [_match("a", "Disk full", cosine=0.9), _match("b", "Disk", cosine=0.4)]
    scores = [one.score for one in weighed(question, matches)]

    found = weighed(question, matches, least=scores[0])

    assert [one.match.id for one in found] == ["a"]


def test_what_both_say_is_told_the_rarest_first() -> None:
    question = Question.of("pgbouncer service")
    match = _match("a", "service of pgbouncer", cosine=0.9)

    [found] = weighed(question, [match], spread={"pgbouncer": 1, "service": 90}, documents=100)

    assert found.common == ("pgbouncer", "service")


@pytest.mark.parametrize(
    "more",
    [
        replace(NOTHING, cosine=0.5),
        replace(NOTHING, words=0.5),
        replace(NOTHING, names=0.5),
        replace(NOTHING, trouble=0.5),
        replace(NOTHING, service=True),
        replace(NOTHING, opinion=0.5),
    ],
)
def test_each_signal_raises_the_score(more: Signals) -> None:
    assert score(more) > score(NOTHING)


def test_neither_a_service_nor_people_make_noise_a_likeness() -> None:
    assert score(replace(NOTHING, service=True, opinion=1.0)) < 0.1


def test_no_number_of_voices_buries_for_good_what_is_nearly_the_same() -> None:
    same = replace(NOTHING, cosine=1.0, words=1.0, trouble=1.0)
    many = opinion_of([(Verdict.NOT_RELATED, 1.0)] * 1_000)

    assert score(replace(same, opinion=many)) > 0.8


def test_voices_on_both_sides_cancel_out() -> None:
    assert opinion_of([(Verdict.SAME_CAUSE, 0.9), (Verdict.NOT_RELATED, 0.9)]) == 0.0


def test_what_was_said_of_something_else_says_nothing() -> None:
    assert opinion_of([(Verdict.NOT_RELATED, 0.2)]) == 0.0


@given(
    cosine=st.none() | st.floats(-1, 1),
    words=st.floats(0, 1),
    grams=st.floats(0, 1),
    names=st.floats(0, 1),
    trouble=st.floats(0, 1),
    service=st.booleans(),
    opinion=st.floats(-1, 1),
)
def test_a_score_is_from_nothing_to_one(**signals: float | None) -> None:
    assert 0 <= score(Signals(**signals)) <= 1  # type: ignore[arg-type]
