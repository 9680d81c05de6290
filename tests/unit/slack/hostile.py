"""Text that tries to be more than text, and a look for Slack's active syntax in payloads."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.slack.blocks import Message
from sandbox.validation.blocks import message_problems

MOST_TEXT = 4_000
"""Characters, of what notifications and screen readers say."""
CORPUS = [
    "<!channel> <!here|x> <!everyone> <!subteam^S123>",
    "<@U12345678> <#C12345678|general> <https://evil.example|bank.example>",
    "<!date^0^{date}|now>",
    "&lt;!channel&gt; &amp;lt;@U1&gt;",
    "@channel @here @everyone #general https://evil.example",
    "```<!channel>``` `<@U12345678>` *bold* _it_ ~no~",
    "\u202e<lennahc!>\u202c \u200b<\u200b!channel>",
    "<" * 3_000,
    "&" * 3_000,
    "👩‍👩‍👧‍👦" * 600,
    "e" + "\u0301" * 3_000,
    "\n\n>quote\n&gt; quote\n",
    "مرحبا \u2067<!here>\u2069",
    "'\"><script>alert(1)</script>",
    '{"type":"section"}',
    ":rotating_light: :everyone:",
]

_ACTIVE = re.compile(r"<([@#!]|https?:|mailto:)[^>]*>")


def require_harmless(messages: Iterable[Message], allowed: frozenset[str] = frozenset()) -> None:
    """Messages that Slack takes, and in which it acts on nothing but what is allowed."""
    for message in messages:
        payload: dict[str, Any] = {"text": message.text, "blocks": list(message.blocks)}
        assert active(payload, allowed) == []
        assert texts_that_link(payload) == []
        assert len(message.text) <= MOST_TEXT
        assert list(message_problems(payload["blocks"])) == []


def active(payload: Any, allowed: frozenset[str] = frozenset()) -> list[str]:
    """Every token that Slack would act on: mentions, links, broadcasts, but for those allowed."""
    return [
        match.group()
        for text in parsed_texts(payload)
        for match in _ACTIVE.finditer(text)
        if match.group() not in allowed and not match.group().startswith("<!date^1")
    ]


def parsed_texts(value: Any) -> Iterator[str]:
    """Texts in which Slack looks for its own syntax."""
    if isinstance(value, Mapping):
        if value.get("type") in ("plain_text", "text"):  # the latter inside rich_text
            return
        if isinstance(value.get("text"), str):
            yield value["text"]
        for part in value.values():
            yield from parsed_texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from parsed_texts(part)


def texts_that_link(value: Any) -> list[str]:
    """mrkdwn objects in which Slack would make links and mentions of its own."""
    if isinstance(value, Mapping):
        loose = value.get("type") == "mrkdwn" and value.get("verbatim") is not True
        found = [str(value.get("text"))] if loose else []
        return found + [text for part in value.values() for text in texts_that_link(part)]
    if isinstance(value, list):
        return [text for part in value for text in texts_that_link(part)]
    return []
