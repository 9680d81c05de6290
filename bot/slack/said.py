"""What a message of Slack says, to people and of other programs; pure."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.slack.text import clip, plain_from_slack
from core.language import say

LONGEST_TITLE, LONGEST_DESCRIPTION = 150, 2_500

Said = Mapping[str, Any]


def words_of(message: Said) -> str:
    """As people read it."""
    read = (plain_from_slack(one).strip() for one in _words(message))
    return "\n".join(dict.fromkeys(one for one in read if one))


def written_in(message: Said) -> str:
    """As Slack writes it: the text, and what other programs put beside it, which is often all that
    an alert says. What Slack shows of a link is nothing that was said."""
    return "\n".join(dict.fromkeys(one for one in _words(message) if one.strip()))


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
    text = str(message.get("text") or "")
    yield from [text] if text.strip() else _in_blocks(message.get("blocks") or ())
    for one in message.get("attachments") or ():
        if _was_said(one):
            yield from _attached(one)


def _was_said(attachment: Said) -> bool:
    """And is no preview of a link; a message that was passed on looks like one."""
    linked = attachment.get("from_url") or attachment.get("app_unfurl_url")
    return not linked or bool(attachment.get("is_share"))


def _attached(attachment: Said) -> list[str]:
    shown = [str(attachment.get(part) or "") for part in ("pretext", "title", "text")]
    fields = [_field(one) for one in attachment.get("fields") or ()]
    given = [one for one in (*shown, *fields) if one.strip()]
    given = given or list(_in_blocks(attachment.get("blocks") or ()))
    return given or [str(attachment.get("fallback") or "")]


def _field(field: Said) -> str:
    parts = (str(field.get(part) or "").strip() for part in ("title", "value"))
    return ": ".join(one for one in parts if one)


def _in_blocks(blocks: Iterable[Said]) -> Iterator[str]:
    """Headers and sections; what is pressed or only looks well says nothing."""
    for block in blocks:
        if block.get("type") in ("header", "section"):
            for one in (block.get("text") or {}, *(block.get("fields") or ())):
                yield str(one.get("text") or "")
