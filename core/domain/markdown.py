"""Words of people and programs within Markdown, read as they were written; pure."""

import re

_ACTIVE = re.compile(r"([\\`*_\[\]<>#|~@!{}])")
_LISTED = re.compile(r"^(\s*)([-+]|\d+[.)])(?=\s)", re.MULTILINE)


def literal(text: str) -> str:
    """Within a line: nothing is a link, a mention, a heading or emphasis, and no line ends."""
    return _ACTIVE.sub(r"\\\1", " ".join(text.split()))


def literal_lines(text: str) -> str:
    """As a paragraph of its own, whose lines stay lines."""
    lines = (_ACTIVE.sub(r"\\\1", line.rstrip()) for line in text.strip().splitlines())
    return _LISTED.sub(r"\1\\\2", "\n".join(lines))
