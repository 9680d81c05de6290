"""Small questions the tests ask again and again."""

from collections.abc import Awaitable
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from sandbox.json_types import Json


async def refusal(call: Awaitable[AsyncSlackResponse]) -> str:
    """The error code of a call that Slack refuses."""
    return str((await refused(call))["error"])


async def refused(call: Awaitable[AsyncSlackResponse]) -> Json:
    """The whole answer to a call that Slack refuses."""
    with pytest.raises(SlackApiError) as failure:
        await call
    answer: Any = failure.value.response
    return dict(answer.data)


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def modal(*blocks: Json, **parts: Any) -> Json:
    return {
        "type": "modal",
        "callback_id": "form",
        "title": plain("A form"),
        "submit": plain("Send"),
        "blocks": list(blocks) or [{"type": "divider"}],
        **parts,
    }


def text_input(block_id: str = "title", label: str = "Title", **parts: Any) -> Json:
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(label),
        "element": {"type": "plain_text_input", "action_id": "typed"},
        **parts,
    }
