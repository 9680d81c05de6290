"""Words of people and programs within Markdown, read as they were written; pure.

People read and change in forms what becomes of them, so that only what would be taken for something
else is escaped: a number sign within a line, or an underscore within a name, stays as it is.
"""

import re

_MEANT = (
    r"\\(?=[!-/:-@\[-`{-~]|$)",  # takes its meaning from what follows, and at the end more may
    r"`",
    r"\*(?!(?<=\s\*)\s)",  # unless it stands alone, as in “5 * 3”
    r"_(?!(?<=[^\W_]_)[^\W_])(?!(?<=\s_)\s)",  # unless it stands alone, or within a name
    r"(?<=\S)~",  # which ends what is struck out; nothing is where nothing ends
    r"\](?=[(\[:])",  # which ends the words of a link
    r"<(?=[A-Za-z/!?@#])",
    r"&(?=#?\w+;)",
    r"(?<=\s)#(?=#*$)",  # which ends a heading
)
_ACTIVE = re.compile(f"({'|'.join(_MEANT)})")

_FIRST = re.compile(r"^([#>]|[-+](?=\s|$)|[-=|:](?=[-=|:\s]*$))")
"""What begins a heading, a quotation, a list, a line across or the second row of a table."""

_NUMBERED = re.compile(r"^(\d+)([.)])(?=\s|$)")

_ENDING = re.compile(r"""[\\\[\]()<>"'`]""")
"""What would end an address or its words, or escape what follows."""


def literal(text: str) -> str:
    """Within a line: nothing is a link, a mention, a heading or emphasis, and no line ends."""
    return _escaped(" ".join(text.split()))


def literal_lines(text: str) -> str:
    """As paragraphs of its own, whose lines stay lines; what is set in stays no block of code."""
    return "\n".join(_escaped(line.strip()) for line in text.strip().splitlines())


def linked(text: str) -> str:
    """A link under its own address; any other text as it was written."""
    scheme, _, address = text.partition("://")
    if scheme.lower() not in ("https", "http") or not address or not _is_address(text):
        return literal(text)
    url = _ENDING.sub(lambda found: f"%{ord(found.group()):02X}", text)
    return f"[{literal(url.partition('://')[2].rstrip('/'))}]({url})"


def _is_address(text: str) -> bool:
    return text.isprintable() and not any(character.isspace() for character in text)


def _escaped(line: str) -> str:
    words = _FIRST.sub(r"\\\1", _ACTIVE.sub(r"\\\1", line))
    return _NUMBERED.sub(r"\1\\\2", words)
