"""Filling in what Slack fills in when the app leaves it out: ids, and defaults of texts."""

import copy

from sandbox.ids import IdSource
from sandbox.json_types import Json
from sandbox.validation.walk import elements_of, nested_blocks, text_objects


def with_ids(blocks: list[Json], ids: IdSource) -> list[Json]:
    """A copy of the blocks in which every block and every element can be named."""
    marked = copy.deepcopy(blocks)
    fill_defaults(marked)
    for _, block in nested_blocks(marked):
        if block.get("type") == "input":
            block.setdefault("optional", False)
            block.setdefault("dispatch_action", False)
        if not block.get("block_id"):
            block["block_id"] = ids.hex(5)
        for _, element in elements_of(block):
            if element.get("type") != "image" and not element.get("action_id"):
                element["action_id"] = ids.hex(5)
    return marked


def fill_defaults(value: object) -> None:
    """Plain text shows emoji, and Markdown finds links, unless it is said otherwise."""
    for text in text_objects(value):
        if text["type"] == "plain_text":
            text.setdefault("emoji", True)
        else:
            text.setdefault("verbatim", False)
