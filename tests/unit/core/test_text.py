"""Text from outside is made fit to store, whatever it was."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.text import (
    cut_line,
    cut_paragraphs,
    encodable,
    one_line,
    paragraphs,
    shorten,
)
from core.errors import InvalidInput

BIDI = {
    "\u061c",
    "\u200e",
    "\u200f",
    *map(chr, range(0x202A, 0x202F)),
    *map(chr, range(0x2066, 0x206A)),
}
ANY_TEXT = st.text(st.characters(exclude_categories=[]), max_size=60)
# Texts of the characters that are trouble, so that they meet each other.
TROUBLE = st.text(st.sampled_from("ab \t\n\r\v\x00\x85\u2028\u200b\u200d\u202e\u061c\ufeff\xa0"))
TEXTS = ANY_TEXT | TROUBLE


def _forbidden(text: str) -> list[str]:
    return [c for c in text if c in BIDI or unicodedata.category(c) in ("Cc", "Cs")]


@given(TEXTS)
def test_a_line_is_one_line_of_visible_text(text: str) -> None:
    line = cut_line(text, 20)

    assert _forbidden(line) == []
    assert len(line) <= 20
    assert line.split() == line.split(" ") or line == ""
    assert len(line.splitlines()) <= 1


@given(TEXTS)
def test_cleaning_a_line_twice_is_once(text: str) -> None:
    once = cut_line(text, 500)

    assert cut_line(once, 500) == once


@given(TEXTS)
def test_a_line_is_accepted_as_it_was_cleaned_or_refused_as_empty(text: str) -> None:
    cleaned = cut_line(text, 500)

    if cleaned:
        assert one_line(text, field="title", limit=500) == cleaned
    else:
        with pytest.raises(InvalidInput, match=r"^The title is empty; write 1 to 500 characters"):
            one_line(text, field="title", limit=500)


@given(TEXTS)
def test_paragraphs_keep_line_breaks_and_tabs_only(text: str) -> None:
    cleaned = paragraphs(text, field="description", limit=500)

    assert set(_forbidden(cleaned)) <= {"\n", "\t"}
    assert cleaned == cleaned.strip()
    assert paragraphs(cleaned, field="description", limit=500) == cleaned


@given(TEXTS, st.integers(min_value=1, max_value=30))
def test_cut_paragraphs_are_bounded(text: str, limit: int) -> None:
    assert len(cut_paragraphs(text, limit)) <= limit


def test_words_parted_by_a_control_character_stay_apart() -> None:
    assert one_line("checkout\vis\x85slow\rtoday", field="title", limit=50) == (
        "checkout is slow today"
    )


def test_a_family_emoji_stays_whole() -> None:
    family = "👩\u200d👩\u200d👧"

    assert one_line(family, field="title", limit=50) == family


def test_too_much_text_is_refused_with_both_numbers() -> None:
    with pytest.raises(InvalidInput, match="has 1,001 characters; at most 1,000") as refused:
        one_line("x" * 1001, field="title", limit=1000)

    assert refused.value.field == "title"


def test_a_limit_is_reached_but_not_passed() -> None:
    assert one_line("x" * 1000, field="title", limit=1000) == "x" * 1000


def test_empty_paragraphs_are_possible() -> None:
    assert paragraphs(" \n\u200b\n ", field="description", limit=10) == ""


@given(st.text(max_size=40), st.integers(min_value=1, max_value=20))
def test_what_is_cut_ends_in_an_ellipsis(text: str, limit: int) -> None:
    short = shorten(text, limit)

    assert len(short) <= limit
    assert short == text or short.endswith("…")


@pytest.mark.parametrize("nothing", ["\u200d", "\u200b\u200c\u200d\u2060\ufeff", " \u200d \u200d "])
def test_a_joiner_with_nothing_to_join_is_nothing(nothing: str) -> None:
    assert cut_line(nothing, 10) == ""
    assert cut_paragraphs(f"{nothing}\n{nothing}", 10) == ""


@given(ANY_TEXT)
def test_any_text_can_be_made_to_be_written_down(text: str) -> None:
    made = encodable(text)

    assert made.encode().decode() == made
    assert all(kept in (here, "?") for kept, here in zip(made, text, strict=True))


def test_only_halves_of_a_character_become_question_marks() -> None:
    assert encodable("half \ud83d, whole 🚒") == "half ?, whole 🚒"
