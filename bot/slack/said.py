"""What a message of Slack says, as the beginning of an incident; pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.slack.text import clip, plain_from_slack
from core.language import say

LONGEST_TITLE, LONGEST_DESCRIPTION = 150, 2_500

Said = Mapping[str, Any]


def words_of(message: Said) -> str:
    """The text, and what other programs put beside it: alerts often say everything there."""
    return "\n".join(dict.fromkeys(one for one in _words(message) if one))


def title_of(words: str) -> str:
    """The first line."""
    first = next((line.strip() for line in words.splitlines() if line.strip()), "")
    return clip(" ".join(first.split()), LONGEST_TITLE)


def description_of(words: str, author: str, permalink: str) -> str:
    origin = (
        say("From a message of {author}: {permalink}", author=author, permalink=permalink)
        if permalink
        else say("From a message of {author}.", author=author)
    )
    return f"{clip(words, LONGEST_DESCRIPTION)}\n\n{origin}".strip()


def author_of(message: Said) -> str:
    """By name, where the message itself says it; people are only named by their ids."""
    profile = message.get("user_profile") or message.get("bot_profile") or {}
    return str(message.get("username") or profile.get("real_name") or profile.get("name") or "")


def _words(message: Said) -> Iterator[str]:
    yield plain_from_slack(str(message.get("text") or "")).strip()
    for one in message.get("attachments") or ():
        shown = [one.get(part) for part in ("pretext", "title", "text")]
        given = [plain_from_slack(str(part)).strip() for part in shown if part]
        yield from given or [plain_from_slack(str(one.get("fallback") or "")).strip()]
