"""How the baseline by words alone ranks."""

from hypothesis import given
from hypothesis import strategies as st

from bench.similar.full_text import ranked
from core.domain.search import asked, terms
from storage.candidates import Held


def _held(id: str, title: str, body: str = "") -> Held:
    words = frozenset(terms(f"{title} {body}", most=99))
    return Held(id=id, kind="incident", title=title, body=body, words=words)


def test_more_of_the_question_is_better() -> None:
    held = [_held("a", "Pool"), _held("b", "Database pool"), _held("c", "Kettle")]

    assert [id for id, _ in ranked(("database", "pool"), held)] == ["b", "a"]


def test_the_title_counts_more_than_the_rest() -> None:
    held = [_held("a", "Kettle", "pool"), _held("b", "Pool", "kettle")]

    assert [id for id, _ in ranked(("pool",), held)] == ["b", "a"]


def test_rare_words_count_more_than_common_ones() -> None:
    common = [_held(f"c{n}", "Pool") for n in range(9)]

    ranks = ranked(("pool", "kettle"), [*common, _held("rare", "Kettle")])

    assert ranks[0][0] == "rare"


def test_all_of_the_question_in_the_title_is_one() -> None:
    assert ranked(("database", "pool"), [_held("a", "Database pools")]) == [("a", 1.0)]
    assert ranked(("database", "pool"), []) == []


@given(st.lists(st.text(max_size=20), max_size=9), st.text(max_size=40))
def test_scores_are_between_nothing_and_one(titles: list[str], question: str) -> None:
    held = [_held(str(n), title) for n, title in enumerate(titles)]

    scores = [score for _, score in ranked(asked(question), held)]

    assert all(0 < score <= 1 for score in scores)
    assert scores == sorted(scores, reverse=True)
