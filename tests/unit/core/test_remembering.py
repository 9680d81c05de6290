"""What is read of a text is remembered by what is read, not by the whole of a long text."""

from core.domain.ngrams import MOST_READ as MOST_LETTERS
from core.domain.ngrams import grams
from core.domain.troubles import MOST_READ, said_in


def test_letters_of_a_long_text_are_remembered_by_how_it_begins() -> None:
    begins = "word " * MOST_LETTERS

    one, other = grams(f"{begins} one"), grams(f"{begins} other")

    assert one is other


def test_troubles_of_a_long_text_are_remembered_by_how_it_begins() -> None:
    begins = "disk full. " * MOST_READ

    one, other = said_in(f"{begins} one"), said_in(f"{begins} other")

    assert one is other
