"""What is suggested to somebody who has begun to type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.suggesting import Titled, begun, suggested


def _titles(typed: str, *titles: str, limit: int = 9) -> list[str]:
    known = [
        Titled(id=str(number), kind="incident", title=title, sequence=number)
        for number, title in enumerate(titles)
    ]
    return [one.title for one in suggested(begun(typed), known, limit)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Check Out", ("check", "out")),
        ("a data b", ("data", "b")),
        ("Éc", ("ec",)),
        ("timeouts in", ("timeout", "in")),
        ("queue queue", ("queue",)),
        ("", ()),
        ('"*?', ()),
    ],
)
def test_what_was_typed_is_beginnings_of_words(text: str, words: tuple[str, ...]) -> None:
    assert begun(text) == words


def test_every_word_that_was_typed_has_to_begin_one() -> None:
    assert _titles("que ord", "Queue of orders", "Queue is full", "Orders") == ["Queue of orders"]


def test_titles_that_begin_so_come_first_then_whole_words_then_the_newest() -> None:
    titles = _titles(
        "pool", "The pool", "Swimming pools", "Pooled work", "Pool is dry", "On pooling"
    )

    assert titles == ["Pool is dry", "Pooled work", "Swimming pools", "The pool", "On pooling"]


def test_a_title_is_suggested_once() -> None:
    assert _titles("po", "Pool", "Pond", "POOL") == ["POOL", "Pond"]
    assert _titles("po", "Pool", "Pond", limit=1) == ["Pond"]


@given(st.text(max_size=30), st.lists(st.text(max_size=30), max_size=5))
def test_whatever_was_typed_is_no_trouble(text: str, titles: list[str]) -> None:
    assert set(_titles(text, *titles)) <= set(titles)
