"""Giving blocks and elements the ids that Slack makes up when the app leaves them out."""

import copy

from sandbox.ids import IdSource
from sandbox.json_types import Json
from sandbox.validation.walk import elements_of


def with_ids(blocks: list[Json], ids: IdSource) -> list[Json]:
    """A copy of the blocks in which every block and every element can be named."""
    marked = copy.deepcopy(blocks)
    for block in marked:
        if not block.get("block_id"):
            block["block_id"] = ids.hex(5)
        for _, element in elements_of(block):
            if element.get("type") != "image" and not element.get("action_id"):
                element["action_id"] = ids.hex(5)
    return marked
