"""Text from outside, made fit to store: trimmed, on one line where one line is meant, bounded."""

import unicodedata

from core.errors import InvalidInput

_INVISIBLE = frozenset(
    chr(code)
    for span in ((0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x2069), (0xFEFF, 0xFEFF))
    for code in range(span[0], span[1] + 1)
    if code != 0x200D  # the joiner inside family and flag emoji
)


def one_line(text: str, *, field: str, limit: int) -> str:
    """`text` on one line, 1 to `limit` characters; `InvalidInput` names `field` otherwise."""
    cleaned = " ".join(_visible(text).split())
    if not cleaned:
        raise InvalidInput(
            f"The {_spoken(field)} is empty; write 1 to {limit:,} characters.", field=field
        )
    return _bounded(cleaned, field=field, limit=limit)


def paragraphs(text: str, *, field: str, limit: int) -> str:
    """`text` with its line breaks, at most `limit` characters, possibly empty."""
    lines = [_visible(line).rstrip() for line in text.splitlines()]
    return _bounded("\n".join(lines).strip(), field=field, limit=limit)


def shorten(text: str, limit: int) -> str:
    """The first `limit` characters, the last of them an ellipsis when something was cut."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def _bounded(text: str, *, field: str, limit: int) -> str:
    if len(text) > limit:
        raise InvalidInput(
            f"The {_spoken(field)} has {len(text):,} characters; at most {limit:,} are possible.",
            field=field,
        )
    return text


def _visible(text: str) -> str:
    return "".join(
        character
        for character in text
        if character not in _INVISIBLE
        and (character in "\n\t" or unicodedata.category(character) not in ("Cc", "Cs"))
    )


def _spoken(field: str) -> str:
    return field.replace("_", " ")
