"""Block Kit blocks for messages, modals and the App Home."""

from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.facts import limits
from sandbox.validation.code_rules import code_rules
from sandbox.validation.elements import IMAGE, IN_ACTIONS, IN_INPUTS, IN_SECTIONS, among
from sandbox.validation.objects import any_text, plain_text
from sandbox.validation.rich_text import RICH_TEXT
from sandbox.validation.rules import (
    Problem,
    Rule,
    array,
    at_least_one_of,
    by_type,
    every,
    exactly_one_of,
    flag,
    record,
    string,
)

BLOCK_ID = string(limits.BLOCK_ID)

SECTION = every(
    at_least_one_of("text", "fields"),
    record(
        {},
        {
            "block_id": BLOCK_ID,
            "text": any_text(),
            "fields": array(any_text(limits.SECTION_FIELD_TEXT), limits.SECTION_FIELDS),
            "accessory": by_type(among(IN_SECTIONS)),
            "expand": flag,
        },
    ),
)
CONTEXT_ELEMENT = by_type(
    {
        "plain_text": any_text(),
        "mrkdwn": any_text(),
        "image": IMAGE,
    }
)
IMAGE_BLOCK = every(
    exactly_one_of("image_url", "slack_file"),
    record(
        {"alt_text": string(limits.ALT_TEXT, 1)},
        {
            "block_id": BLOCK_ID,
            "image_url": string(limits.IMAGE_URL, 1, r"https?://.+"),
            "slack_file": record({}, {"id": string(255, 1), "url": string(limits.URL, 1)}),
            "title": plain_text(limits.IMAGE_TITLE),
        },
    ),
)
INPUT = record(
    {"label": plain_text(limits.INPUT_LABEL), "element": by_type(among(IN_INPUTS))},
    {
        "block_id": BLOCK_ID,
        "hint": plain_text(limits.INPUT_HINT),
        "optional": flag,
        "dispatch_action": flag,
    },
)

EVERYWHERE: Mapping[str, Rule] = {
    "section": SECTION,
    "header": record(
        {"text": plain_text(limits.HEADER_TEXT)},
        {"block_id": BLOCK_ID},
    ),
    "context": record(
        {"elements": array(CONTEXT_ELEMENT, limits.CONTEXT_ELEMENTS)}, {"block_id": BLOCK_ID}
    ),
    "actions": record(
        {"elements": array(by_type(among(IN_ACTIONS)), limits.ACTIONS_ELEMENTS)},
        {"block_id": BLOCK_ID},
    ),
    "divider": record({}, {"block_id": BLOCK_ID}),
    "image": IMAGE_BLOCK,
    "rich_text": RICH_TEXT,
    "input": INPUT,
}
MESSAGE_ONLY: Mapping[str, Rule] = {
    "markdown": record({"text": string(limits.MARKDOWN_TEXT, 1)}, {"block_id": BLOCK_ID}),
}

IN_MESSAGES = array(by_type({**EVERYWHERE, **MESSAGE_ONLY}), limits.MESSAGE_BLOCKS, 0)
IN_VIEWS = array(by_type(EVERYWHERE), limits.VIEW_BLOCKS)


def message_problems(blocks: Any, pointer: str = "/blocks") -> Iterator[Problem]:
    yield from IN_MESSAGES(blocks, pointer)
    yield from code_rules(blocks, pointer)


def view_block_problems(blocks: Any, pointer: str = "/view/blocks") -> Iterator[Problem]:
    yield from IN_VIEWS(blocks, pointer)
    yield from code_rules(blocks, pointer)
