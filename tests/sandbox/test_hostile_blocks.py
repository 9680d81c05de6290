"""Whatever is sent instead of blocks, messages and views is refused; nothing breaks."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.conversation.room import Room
from sandbox.json_text import DEEPEST
from sandbox.json_types import Json
from sandbox.validation.attachments import (
    attached_block_problems,
    attachment_problems,
    is_too_much_text,
    whole_message_problems,
)
from sandbox.validation.blocks import BLOCKS, loose_block_problems
from sandbox.validation.views import view_problems
from tests.sandbox.asking import refused

WORDS = [*BLOCKS, "elements", "type", "text", "blocks", "child_blocks", "rows", "x", ""]
KEYS = st.sampled_from(
    [
        *("type", "text", "elements", "blocks", "child_blocks", "tasks", "rows", "element"),
        *("options", "accessory", "actions", "fields", "block_id", "action_id", "title"),
        *("initial_option", "initial_options", "focus_on_load", "min_length", "max_length"),
    ]
)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.sampled_from(WORDS),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(KEYS, inside, max_size=4),
    max_leaves=20,
)


@settings(max_examples=300, derandomize=True, deadline=None)
@given(sent=ANYTHING)
def test_anything_can_be_looked_at(sent: Any) -> None:
    for found in (
        loose_block_problems(sent),
        whole_message_problems(sent),
        view_problems(sent, "modal", ""),
        view_problems(sent, "home", ""),
        attachment_problems(sent),
        attached_block_problems(sent),
    ):
        assert all(problem.to_json()["message"] for problem in found)
    assert is_too_much_text(sent) in (True, False)


def deep(levels: int) -> Any:
    nested: Any = "x"
    for _ in range(levels):
        nested = [nested]
    return nested


@pytest.mark.parametrize("levels", [50, 500, 40_000])
@pytest.mark.parametrize("name", ["blocks", "message", "view"])
async def test_no_depth_breaks_the_checker(slack: AsyncWebClient, name: str, levels: int) -> None:
    text = "[" * levels + "]" * levels

    answer = await refused(slack.api_call("blocks.validate", data={name: text}))

    assert answer["error"] in ("invalid_arguments", f"invalid_{name}")


@pytest.mark.parametrize(
    ("levels", "error"), [(DEEPEST - 4, "invalid_blocks"), (DEEPEST, "invalid_arguments")]
)
async def test_no_depth_breaks_a_post(
    slack: AsyncWebClient, room: Room, levels: int, error: str
) -> None:
    block: Json = {"type": "section", "text": deep(levels)}

    answer = await refused(slack.chat_postMessage(channel=room.id, text="x", blocks=[block]))

    assert answer["error"] == error
