"""Where in a message or a view Slack parses text: markup, Markdown and rich text."""

import re
from collections.abc import Iterator
from typing import Any

from sandbox.json_types import Json
from sandbox.validation.walk import blocks_of, rich_text_elements, rich_texts, text_objects

MARKDOWN_LINK = re.compile(r"!?\[[^\[\]\n]*\]\([^()\s]+[^()\n]*\)|<(?:https?|mailto):[^<>\s]+>")
BROADCAST = re.compile(r"<!(?:channel|here|everyone)(?:\|[^<>]*)?>")
BARE_BROADCAST = re.compile(r"(?<![\w<!/])@(?:channel|here|everyone)\b")
# Parts of an attachment that are parsed; `mrkdwn_in` is not asked: mentions work in all of them.
ATTACHMENT_TEXTS = ("text", "pretext", "title", "footer")


def spoken_markup(content: Json) -> Iterator[tuple[str, bool]]:
    """Every text of a message that Slack would parse, and whether bare names are parsed too."""
    loose = bool(content.get("link_names")) or content.get("parse") == "full"
    if isinstance(content.get("text"), str):
        yield content["text"], loose
    yield from _marked(content.get("blocks"))
    for attachment in _attachments(content):
        for name in ATTACHMENT_TEXTS:
            if isinstance(attachment.get(name), str):
                yield attachment[name], loose
        for field in attachment.get("fields") or ():
            if isinstance(field, dict) and isinstance(field.get("value"), str):
                yield field["value"], loose
        yield from _marked(attachment.get("blocks"))


def _marked(blocks: Any) -> Iterator[tuple[str, bool]]:
    for _, block in blocks_of(blocks):
        for item in text_objects(block):
            if item["type"] == "mrkdwn":
                yield item["text"], item.get("verbatim") is not True


def spoken_markdown(content: Json) -> Iterator[str]:
    """Every text that is Markdown instead of Slack's own markup."""
    if isinstance(content.get("markdown_text"), str):
        yield content["markdown_text"]
    for block in _all_blocks(content):
        if block.get("type") == "markdown" and isinstance(block.get("text"), str):
            yield block["text"]


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
    for text, loose in spoken_markup(content):
        found += BROADCAST.findall(text)
        found += BARE_BROADCAST.findall(text) if loose else []
    for text in spoken_markdown(content):
        found += BROADCAST.findall(text) + BARE_BROADCAST.findall(text)
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
