"""Block Kit blocks for messages, modals and the App Home."""

from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.facts import limits
from sandbox.facts.surfaces import BLOCK_SURFACES, CONTAINED, EVERYWHERE
from sandbox.validation.buttons import FEEDBACK_BUTTONS, ICON_BUTTON
from sandbox.validation.cards import ALERT, CARD, CAROUSEL, FILE, PLAN, TASK_CARD, VIDEO
from sandbox.validation.code_rules import code_rules
from sandbox.validation.containers import container
from sandbox.validation.elements import IN_ACTIONS, IN_INPUTS, IN_SECTIONS, among
from sandbox.validation.objects import BLOCK_ID, IMAGE, PICTURE, any_text, plain_text
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
from sandbox.validation.tables import DATA_TABLE, TABLE

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
CONTEXT_ELEMENT = by_type({"plain_text": any_text(), "mrkdwn": any_text(), "image": IMAGE})
CONTEXT_ACTION = by_type({"feedback_buttons": FEEDBACK_BUTTONS, "icon_button": ICON_BUTTON})
IMAGE_BLOCK = every(
    exactly_one_of("image_url", "slack_file"),
    record(
        {"alt_text": string(limits.ALT_TEXT, 1)},
        {**PICTURE, "block_id": BLOCK_ID, "title": plain_text(limits.IMAGE_TITLE)},
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


def _holding(rule: Rule, most: int) -> Rule:
    """A block that is nothing but a row of elements."""
    return record({"elements": array(rule, most)}, {"block_id": BLOCK_ID})


PLAIN_BLOCKS: Mapping[str, Rule] = {
    "actions": _holding(by_type(among(IN_ACTIONS)), limits.ACTIONS_ELEMENTS),
    "alert": ALERT,
    "card": CARD,
    "carousel": CAROUSEL,
    "context": _holding(CONTEXT_ELEMENT, limits.CONTEXT_ELEMENTS),
    "context_actions": _holding(CONTEXT_ACTION, limits.CONTEXT_ACTIONS_ELEMENTS),
    "data_table": DATA_TABLE,
    "divider": record({}, {"block_id": BLOCK_ID}),
    "file": FILE,
    "header": record({"text": plain_text(limits.HEADER_TEXT)}, {"block_id": BLOCK_ID}),
    "image": IMAGE_BLOCK,
    "input": INPUT,
    "markdown": record({"text": string(limits.MARKDOWN_TEXT, 1)}, {"block_id": BLOCK_ID}),
    "plan": PLAN,
    "rich_text": RICH_TEXT,
    "section": SECTION,
    "table": TABLE,
    "task_card": TASK_CARD,
    "video": VIDEO,
}
BLOCKS: Mapping[str, Rule] = {
    **PLAIN_BLOCKS,
    "container": container({name: PLAIN_BLOCKS[name] for name in sorted(CONTAINED)}),
}


def _blocks_for(surfaces: frozenset[str], most: int, least: int) -> Rule:
    allowed = {name: rule for name, rule in BLOCKS.items() if BLOCK_SURFACES[name] & surfaces}
    return array(by_type(allowed), most, least)


IN_MESSAGES = _blocks_for(frozenset({"message"}), limits.MESSAGE_BLOCKS, 0)
IN_VIEWS: Mapping[str, Rule] = {
    kind: _blocks_for(frozenset({kind}), limits.VIEW_BLOCKS, 1) for kind in ("modal", "home")
}
# Blocks alone may be meant for any place, so the smallest of them sets the number.
ANYWHERE = _blocks_for(EVERYWHERE, limits.MESSAGE_BLOCKS, 0)


def message_problems(blocks: Any, pointer: str = "/blocks") -> Iterator[Problem]:
    yield from IN_MESSAGES(blocks, pointer)
    yield from code_rules(blocks, pointer, "message")


def view_block_problems(blocks: Any, kind: str, pointer: str = "/view/blocks") -> Iterator[Problem]:
    yield from IN_VIEWS[kind](blocks, pointer)
    yield from code_rules(blocks, pointer, kind)


def loose_block_problems(blocks: Any, pointer: str = "") -> Iterator[Problem]:
    """Blocks of which nobody says where they will stand."""
    yield from ANYWHERE(blocks, pointer)
    yield from code_rules(blocks, pointer, "")
