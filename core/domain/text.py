"""Text from outside, made fit to store: trimmed, on one line where one line is meant, bounded."""

import unicodedata

from core.errors import InvalidInput
from core.language import known, say

_JOINER = "\u200d"  # inside family and flag emoji
_INVISIBLE = frozenset(
    chr(code)
    for first, last in (
        (0x061C, 0x061C),
        (0x200B, 0x200F),
        (0x202A, 0x202E),
        (0x2060, 0x206F),
        (0xFEFF, 0xFEFF),
        (0xFFF9, 0xFFFB),
    )
    for code in range(first, last + 1)
    if chr(code) != _JOINER
)


def one_line(text: str, *, field: str, limit: int) -> str:
    """`text` on one line, 1 to `limit` characters; `InvalidInput` names `field` otherwise."""
    cleaned = _line(text)
    if not cleaned:
        raise InvalidInput(
            say(
                "The {field} is empty; write 1 to {limit:,} characters.",
                field=_spoken(field),
                limit=limit,
            ),
            field=field,
        )
    return _bounded(cleaned, field=field, limit=limit)


def cut_line(text: str, limit: int) -> str:
    """`text` on one line, cut to `limit`, possibly empty: for text whose author cannot mend it."""
    return shorten(_line(text[: 4 * limit]), limit)


def paragraphs(text: str, *, field: str, limit: int) -> str:
    """`text` with its line breaks, at most `limit` characters, possibly empty."""
    return _bounded(_lines(text), field=field, limit=limit)


def cut_paragraphs(text: str, limit: int) -> str:
    """`text` with its line breaks, cut to `limit`: for text whose author cannot mend it."""
    return shorten(_lines(text[: 4 * limit]), limit)


def shorten(text: str, limit: int) -> str:
    """The first `limit` characters, the last of them an ellipsis when something was cut."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def encodable(text: str) -> str:
    """`text` with question marks for halves of a character, which cannot be written down."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _bounded(text: str, *, field: str, limit: int) -> str:
    if len(text) > limit:
        raise InvalidInput(
            say(
                "The {field} has {count:,} characters; at most {limit:,} are possible.",
                field=_spoken(field),
                count=len(text),
                limit=limit,
            ),
            field=field,
        )
    return text


def _line(text: str) -> str:
    # Split before and after: some controls part words, and what goes may leave two spaces.
    return " ".join(_visible(" ".join(text.split())).split())


def _lines(text: str) -> str:
    if text.isprintable():  # a line break would not be
        return text.strip()
    return "\n".join(_visible(line).rstrip() for line in text.splitlines()).strip()


def _visible(text: str) -> str:
    if text.isprintable():  # nearly always: no control, format or surrogate character is in it
        return text
    kept = "".join(
        character
        for character in text
        if character not in _INVISIBLE
        and (character in "\n\t" or unicodedata.category(character) not in ("Cc", "Cs"))
    )
    # A joiner with nothing to join is as invisible as the others.
    return kept if kept.replace(_JOINER, "").strip() else ""


def _spoken(field: str) -> str:
    return known(field.replace("_", " "))
