"""Where in a message or a view Slack parses text: markup, Markdown and rich text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sandbox.json_types import Json
from sandbox.validation.walk import blocks_of, rich_text_elements, rich_texts, text_objects

MARKDOWN_LINK = re.compile(r"!?\[[^\[\]\n]*\]\([^()\s]+[^()\n]*\)|<(?:https?|mailto):[^<>\s]+>")
BROADCAST = re.compile(r"<!(?:channel|here|everyone)(?:\|[^<>]*)?>")
BARE_BROADCAST = re.compile(r"(?<![\w<!/])@(?:channel|here|everyone)\b")
# Parts of an attachment that are parsed; `mrkdwn_in` is not asked: mentions work in all of them.
ATTACHMENT_TEXTS = ("text", "pretext", "title", "footer")


# Slack says of text that is not verbatim, and nothing of Markdown, that "certain mentions" are
# parsed in it; here all are.
CERTAIN_MENTIONS = True


@dataclass(frozen=True, slots=True)
class Spoken:
    """A text that Slack parses: does it make links of bare addresses, mentions of bare names?"""

    text: str
    links: bool
    names: bool


def spoken_markup(content: Json) -> Iterator[Spoken]:
    """Every text of a message that Slack would parse as its own markup."""
    names = _is_on(content.get("link_names")) or content.get("parse") == "full"
    links = content.get("parse") != "none"
    if isinstance(content.get("text"), str):
        # Beside blocks it is only notified and read out, and no link is made of it.
        yield Spoken(content["text"], links and not content.get("blocks"), names)
    yield from _marked(content.get("blocks"))
    for attachment in _attachments(content):
        for text in _attached(attachment):
            yield Spoken(text, links, names)
        yield from _marked(attachment.get("blocks"))


def _is_on(switch: Any) -> bool:
    return switch in (True, "1", "true")


def _attached(attachment: Json) -> Iterator[str]:
    fields = [one for one in attachment.get("fields") or () if isinstance(one, dict)]
    named = [attachment.get(name) for name in ATTACHMENT_TEXTS]
    yield from (
        text for text in (*named, *(one.get("value") for one in fields)) if isinstance(text, str)
    )


def _marked(blocks: Any) -> Iterator[Spoken]:
    for _, block in blocks_of(blocks):
        for item in text_objects(block):
            if item["type"] == "mrkdwn":
                loose = item.get("verbatim") is not True
                yield Spoken(item["text"], loose, loose and CERTAIN_MENTIONS)


def spoken_markdown(content: Json) -> Iterator[Spoken]:
    """Every text that is Markdown instead of Slack's own markup."""
    texts = [content.get("markdown_text")]
    texts += [
        block.get("text") for block in _all_blocks(content) if block.get("type") == "markdown"
    ]
    for text in texts:
        if isinstance(text, str):
            yield Spoken(text, links=True, names=CERTAIN_MENTIONS)


def spoken_rich(content: Json) -> Iterator[str]:
    """Every mention, link and broadcast of rich text, written as markup would write it."""
    for rich in rich_texts(list(_all_blocks(content))):
        for element in rich_text_elements(rich):
            yield from _as_markup(element)


def _as_markup(element: Json) -> Iterator[str]:
    match element:
        case {"type": "user", "user_id": str(user)}:
            yield f"<@{user}>"
        case {"type": "channel", "channel_id": str(channel)}:
            yield f"<#{channel}>"
        case {"type": "usergroup", "usergroup_id": str(group)}:
            yield f"<!subteam^{group}>"
        case {"type": "broadcast", "range": str(range)}:
            yield f"<!{range}>"
        case {"type": "link", "url": str(url), "text": str(text)}:
            yield f"<{url}|{text}>"
        case {"type": "link", "url": str(url)}:
            yield f"<{url}>"


def broadcasts(content: Json) -> list[str]:
    """The ways in which a message would ring everybody."""
    found: list[str] = []
    for spoken in (*spoken_markup(content), *spoken_markdown(content)):
        found += BROADCAST.findall(spoken.text)
        found += BARE_BROADCAST.findall(spoken.text) if spoken.names else []
    rich = (piece for piece in spoken_rich(content) if BROADCAST.fullmatch(piece))
    return [*found, *rich]


def markdown_pieces(text: str) -> list[str]:
    """Links and images in Markdown."""
    return MARKDOWN_LINK.findall(text)


def images_in(value: Any) -> Iterator[Json]:
    """Every image block and image element, however deep."""
    if isinstance(value, dict):
        if value.get("type") == "image":
            yield value
        for part in value.values():
            yield from images_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from images_in(part)


def _all_blocks(content: Json) -> Iterator[Json]:
    for _, block in blocks_of(content.get("blocks")):
        yield block
    for attachment in _attachments(content):
        for _, block in blocks_of(attachment.get("blocks")):
            yield block


def _attachments(content: Json) -> Iterator[Json]:
    yield from (item for item in content.get("attachments") or () if isinstance(item, dict))
