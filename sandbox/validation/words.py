"""What can be read in blocks and attachments: their words, and none of their ids and types."""

from collections.abc import Iterator
from typing import Any

from sandbox.json_types import Json

# Under these stand words, where it is a text and no object that stands there.
READ = frozenset(
    {
        "text", "title", "alt_text", "fallback", "pretext", "author_name", "footer",
        "initial_value", "description", "subtitle", "status_text", "caption",
    }
)  # fmt: skip


def words_in(value: Any) -> Iterator[str]:
    """Every text in blocks or attachments, in reading order."""
    if isinstance(value, dict):
        yield from _own_words(value)
        for name, part in value.items():
            if isinstance(part, str) and name in READ:
                yield part
            else:
                yield from words_in(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from words_in(part)


def words_of(shown: Json) -> str:
    """Everything that can be read in a message or a view, its plain text included."""
    parts = [shown.get(name) for name in ("title", "blocks", "attachments", "submit", "close")]
    return "\n".join([text for text in [shown.get("text")] if text] + list(words_in(parts)))


def _own_words(value: Json) -> Iterator[str]:
    """What shows words under a name that means something else elsewhere."""
    match value:
        case {"type": "emoji", "name": str(name)}:
            yield f":{name}:"
        case {"type": "link", "url": str(url)} if "text" not in value:
            yield url
        # A field of an attachment; an option has a value too, which nobody sees.
        case {"title": _, "value": str(text)} if "type" not in value:
            yield text
