"""What in a text would be active in Slack: mentions, broadcasts, links."""

import re
from collections.abc import Iterator
from typing import Any

from sandbox.json_types import Json
from sandbox.validation.walk import blocks_of, rich_text_elements, text_objects

ACTIVE = re.compile(r"<(?:[!@#][^<>\s][^<>]*|(?:https?|mailto):[^<>]+)>")
BROADCAST = re.compile(r"<!(?:channel|here|everyone)(?:\|[^<>]*)?>")
BARE_BROADCAST = re.compile(r"(?<![\w<!/])@(?:channel|here|everyone)\b")


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def active_pieces(text: str) -> list[str]:
    return ACTIVE.findall(text)


def spoken_markup(message: Json) -> Iterator[tuple[str, bool]]:
    """Every text of a message that Slack would parse, and whether bare names are parsed too."""
    loose = bool(message.get("link_names")) or message.get("parse") == "full"
    yield str(message.get("text") or ""), loose
    for _, block in blocks_of(message.get("blocks")):
        for item in text_objects(block):
            if item["type"] == "mrkdwn":
                yield item["text"], item.get("verbatim") is not True


def broadcasts(message: Json) -> list[str]:
    """The ways in which a message would ring everybody."""
    found: list[str] = []
    for text, loose in spoken_markup(message):
        found += BROADCAST.findall(text)
        found += BARE_BROADCAST.findall(text) if loose else []
    for _, block in blocks_of(message.get("blocks")):
        if block.get("type") == "rich_text":
            found += [
                f"broadcast {element.get('range')}"
                for element in rich_text_elements(block)
                if element.get("type") == "broadcast"
            ]
    return found


def strings_in(value: Any) -> Iterator[str]:
    """Every string anywhere in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from strings_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from strings_in(part)
