"""What the bench prints about answers is what it says it is."""

import pytest

from bench.similar.comparing import least_gain
from bench.similar.engines import FUSED, VECTORS, WORDS
from bench.similar.labelled import ECHO, FIT, Labelled
from bench.similar.measures import Answer, Quality, calibration, quality
from bench.similar.questions import Asked, Question

NOISE = ""


def _asked(asked: Asked = Asked.ONCALL) -> Question:
    about = Labelled(id="pool.1", title="t", text="t", fix="f", service="s", topic="pool")
    return Question(asked=asked, topic="pool", text="?", half=FIT, about=about)


def _answer(*topics: str, asked: Asked = Asked.ONCALL, score: float = 0.5) -> Answer:
    return Answer(question=_asked(asked), topics=topics, scores=(score,) * len(topics))


def test_one_right_answer_among_three_is_all_an_on_call_person_needs() -> None:
    answer = _answer(NOISE, NOISE, "pool", "pool")

    assert answer.recall == 1.0
    assert answer.reciprocal == pytest.approx(1 / 3)


def test_of_siblings_three_are_to_be_found() -> None:
    answer = _answer("pool", NOISE, "pool", "pool", asked=Asked.SIBLING)

    assert answer.recall == pytest.approx(2 / 3)


def test_what_is_not_found_counts_nothing() -> None:
    measured = quality([_answer(), _answer(NOISE), _answer("pool"), _answer(NOISE, "pool")])

    assert measured == Quality(recall=0.5, mrr=0.375)


def test_an_echo_counts_only_where_it_is_asked_for() -> None:
    answer = _answer(ECHO, NOISE, "pool")

    assert answer.misled
    assert not answer.unmisled().misled
    assert answer.unmisled().reciprocal == 0.5
    assert not _answer(NOISE, "pool", ECHO).misled


def test_a_score_is_held_against_the_share_that_was_right() -> None:
    answers = [_answer("pool", "pool", "pool", NOISE, score=0.78), _answer(NOISE, score=0.31)]

    [low, high] = calibration(answers)

    assert (low.count, low.share) == (1, 0.0)
    assert (high.count, high.share) == (4, 0.75)
    assert high.score == pytest.approx(0.8)


def test_the_worst_loss_against_a_part_is_told() -> None:
    table = {
        (FUSED, Asked.LOG): Quality(recall=0.9, mrr=0.8),
        (VECTORS, Asked.LOG): Quality(recall=0.5, mrr=0.85),
        (WORDS, Asked.LOG): Quality(recall=0.7, mrr=0.7),
    }

    assert least_gain(table) == pytest.approx(-0.05)
