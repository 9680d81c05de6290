"""Text that people wrote, made harmless and short enough."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.text import clip, clusters, escape, literal, plain_from_slack, split, units

ANY = st.characters(exclude_categories=["Cs"])
FAMILY = "👩‍👩‍👧‍👦"
ACCENTED = "e\u0301"
FLAG = "🇩🇪"
THUMB = "👍🏽"


def test_slacks_three_characters_are_escaped() -> None:
    assert escape("<!channel> & <@U1>") == "&lt;!channel&gt; &amp; &lt;@U1&gt;"


def test_controls_that_turn_text_around_are_dropped() -> None:
    assert escape("abc\u202egnp.exe\u2066") == "abcgnp.exe"


@pytest.mark.parametrize("character", [FAMILY, ACCENTED, FLAG, THUMB])
def test_a_character_is_never_cut_in_two(character: str) -> None:
    text = character * 10

    cuts = [clip(text, limit).rstrip("…") for limit in range(30, units(text))]

    assert all(cut == character * (len(cut) // len(character)) for cut in cuts)


@given(st.text(alphabet=ANY), st.integers(10, 60))
def test_a_clipped_text_fits(text: str, limit: int) -> None:
    assert units(clip(text, limit)) <= limit


@given(st.text(alphabet="ab<>&😀\u0301", max_size=200), st.integers(10, 60))
def test_a_literal_fits_after_it_was_escaped(text: str, limit: int) -> None:
    fitted = literal(text, limit)

    assert units(fitted) <= limit
    assert not fitted.rstrip("…").endswith(("&", "&a", "&am", "&amp", "&l", "&lt", "&g", "&gt"))


@given(st.text(alphabet="ab \n😀", max_size=300), st.integers(12, 40))
def test_pieces_say_all_that_fits(text: str, limit: int) -> None:
    pieces = split(text, limit, 4)

    assert len(pieces) <= 4
    assert all(units(piece) <= limit for piece in pieces)
    if units(text) <= limit:
        assert "".join(pieces) == text


@given(st.text(alphabet=ANY))
def test_clusters_lose_nothing(text: str) -> None:
    parts = list(clusters(text))

    assert "".join(parts) == text
    assert not any(unicodedata.combining(part[0]) for part in parts[1:])


@given(st.text(alphabet="ab<>&;ltgamp", max_size=40))
def test_what_was_typed_comes_back_as_it_was_typed(text: str) -> None:
    sent = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    assert plain_from_slack(sent) == text


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ("<!here> <!subteam^S1|@ops>", "@here @ops"),
        ("<mailto:a@b.c|a@b.c>", "mailto:a@b.c"),
        ("<https://x.org|the page>", "the page (https://x.org)"),
        ("<#C1>", "#C1"),
    ],
)
def test_slacks_tokens_become_readable(sent: str, meant: str) -> None:
    assert plain_from_slack(sent) == meant


@given(st.text())
def test_a_character_beyond_the_basic_plane_counts_twice(text: str) -> None:
    assert units(text) == sum(2 if ord(character) > 0xFFFF else 1 for character in text)
