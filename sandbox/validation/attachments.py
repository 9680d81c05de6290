"""Attachments, the older way to put things below a message, and messages as a whole."""

from collections.abc import Iterator
from typing import Any

from sandbox.facts import limits
from sandbox.validation.blocks import message_problems
from sandbox.validation.objects import plain_text
from sandbox.validation.rules import (
    Problem,
    Rule,
    array,
    flag,
    literal,
    record,
    string,
    too_long,
    whole_number,
)
from sandbox.validation.walk import blocks_of, markdown_text, written_text

WORDS = string(limits.TEXT_TRUNCATED_AT)
ADDRESS = string(limits.URL)
MOMENT = (string(20, 1, r"\d+(\.\d+)?"), whole_number(0, 9_999_999_999))


def _moment(value: Any, pointer: str) -> Iterator[Problem]:
    text, seconds = MOMENT
    yield from (text if isinstance(value, str) else seconds)(value, pointer)


def _blocks_apart(_value: Any, _pointer: str) -> Iterator[Problem]:
    """Blocks are looked at apart, with their code rules."""
    yield from ()


FIELD = record({"title": WORDS, "value": WORDS}, {"short": flag})
OPTION = record({"text": WORDS, "value": WORDS}, {"description": WORDS})
OPTIONS = array(OPTION, limits.OPTIONS, 0)
ACTION = record(
    {"text": WORDS},
    {
        "id": WORDS,
        "name": WORDS,
        "value": WORDS,
        "url": ADDRESS,
        "style": literal("default", "primary", "danger"),
        "confirm": record(
            {"text": WORDS}, dict.fromkeys(("title", "ok_text", "dismiss_text"), WORDS)
        ),
        "data_source": literal("static", "channels", "conversations", "users", "external"),
        "min_query_length": whole_number(0, 255),
        "options": OPTIONS,
        "selected_options": OPTIONS,
        "option_groups": array(
            record({"text": WORDS, "options": OPTIONS}), limits.OPTION_GROUPS, 0
        ),
    },
)
PREVIEW = record(
    {},
    {
        "can_remove": flag,
        "title": plain_text(),
        "subtitle": plain_text(),
        "iconUrl": ADDRESS,
    },
)
TEXTS = (
    "app_id",
    "author_name",
    "author_subname",
    "bot_id",
    "callback_id",
    "color",
    "fallback",
    "footer",
    "pretext",
    "text",
    "title",
)
ADDRESSES = (
    "app_unfurl_url",
    "author_icon",
    "author_link",
    "footer_icon",
    "image_url",
    "thumb_url",
    "title_link",
)
ATTACHMENT: Rule = record(
    {},
    {
        **dict.fromkeys(TEXTS, WORDS),
        **dict.fromkeys(ADDRESSES, ADDRESS),
        "actions": array(ACTION, limits.ATTACHMENT_ACTIONS, 0),
        "blocks": _blocks_apart,
        "fields": array(FIELD, limits.OPTIONS, 0),
        "is_app_unfurl": flag,
        "mrkdwn_in": array(literal("pretext", "text", "fields"), 3, 0),
        "preview": PREVIEW,
        "ts": _moment,
    },
)
ATTACHMENTS = array(ATTACHMENT, limits.ATTACHMENTS, 0)
MESSAGE = record(
    {},
    {
        "text": string(limits.TEXT_TRUNCATED_AT),
        "blocks": _blocks_apart,
        "attachments": _blocks_apart,
        "thread_ts": string(32, 1, r"\d+\.\d+"),
        "mrkdwn": flag,
    },
)


def attachment_problems(attachments: Any, pointer: str = "/attachments") -> Iterator[Problem]:
    """What is wrong with the attachments themselves; their blocks are asked for apart."""
    yield from ATTACHMENTS(attachments, pointer)


def attached_block_problems(attachments: Any, pointer: str = "/attachments") -> Iterator[Problem]:
    for index, attachment in blocks_of(attachments):
        if attachment.get("blocks") is not None:
            yield from message_problems(attachment["blocks"], f"{pointer}/{index}/blocks")


def is_too_much_text(blocks: Any) -> bool:
    return bool(list(_sum_problems(blocks, "")))


def _sum_problems(blocks: Any, pointer: str) -> Iterator[Problem]:
    written, markdown = written_text(blocks), markdown_text(blocks)
    if written > limits.CUMULATIVE_BLOCK_TEXT:
        yield too_long(limits.CUMULATIVE_BLOCK_TEXT, written, pointer)
    elif written and markdown and written + markdown > limits.CUMULATIVE_TEXT_WITH_MARKDOWN:
        yield too_long(limits.CUMULATIVE_TEXT_WITH_MARKDOWN, written + markdown, pointer)


def whole_message_problems(message: Any) -> Iterator[Problem]:
    """A message as one object, with everything in it."""
    yield from MESSAGE(message, "")
    if not isinstance(message, dict):
        return
    if not any(message.get(name) for name in ("text", "blocks", "attachments")):
        yield Problem(
            message="must provide at least one of text, blocks, attachments",
            pointer="",
            type="one_of",
            expected=["text", "blocks", "attachments"],
            got=[],
        )
    if message.get("blocks") is not None:
        yield from message_problems(message["blocks"])
        yield from _sum_problems(message["blocks"], "/blocks")
    if message.get("attachments") is not None:
        yield from attachment_problems(message["attachments"])
        yield from attached_block_problems(message["attachments"])
