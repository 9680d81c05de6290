"""What in a text would be active in Slack: mentions, broadcasts, links."""

import re
from collections.abc import Iterator
from typing import Any

ACTIVE = re.compile(r"<(?:[!@#][^<>\s][^<>]*|(?:https?|mailto):[^<>]+)>")


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """Slack knows these three entities and no others."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def active_pieces(text: str) -> list[str]:
    return ACTIVE.findall(text)


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
