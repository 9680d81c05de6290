"""Whole messages and views up to their limits: taken below and at each, refused one above."""

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.conversation.person import Person
from sandbox.conversation.room import Room
from sandbox.facts import limits
from sandbox.json_types import Json
from sandbox.server import Sandbox
from tests.sandbox.block_makers import mrkdwn, section
from tests.sandbox.call_limits import CALL_LIMITS, CallLimit


class Caller:
    """Fills in the channel, the person and the message that a call is about."""

    def __init__(self, slack: AsyncWebClient, channel: str, user: str, ts: str) -> None:
        self._slack = slack
        self._places: dict[str, Json] = {
            "chat.postMessage": {"channel": channel},
            "chat.update": {"channel": channel, "ts": ts},
            "views.publish": {"user_id": user},
            "blocks.validate": {},
        }

    async def call(self, limit: CallLimit, size: int) -> str:
        """The error of a call of that size, or nothing."""
        arguments = self._places[limit.method] | limit.arguments(size)
        try:
            await self._slack.api_call(limit.method, json=arguments)
        except SlackApiError as failure:
            return str(failure.response["error"])
        return ""


@pytest.fixture
async def caller(slack: AsyncWebClient, room: Room, alice: Person, sandbox: Sandbox) -> Caller:
    sandbox.allows("over_limit", "posting_too_fast")
    posted = await slack.chat_postMessage(channel=room.id, text="Before")
    return Caller(slack, room.id, await alice.id(), posted["ts"])


@pytest.mark.parametrize("name", CALL_LIMITS)
async def test_what_just_fits_is_taken_and_one_more_is_refused(name: str, caller: Caller) -> None:
    limit = CALL_LIMITS[name]

    assert getattr(limits, name) == limit.most
    assert await caller.call(limit, limit.most - 1) == ""
    assert await caller.call(limit, limit.most) == ""
    assert await caller.call(limit, limit.most + 1) == limit.error


async def test_a_text_beyond_its_limit_is_cut_short(
    slack: AsyncWebClient, room: Room, sandbox: Sandbox
) -> None:
    sandbox.expects("text_truncated")

    at = await slack.chat_postMessage(channel=room.id, text="x" * 40_000)
    above = await slack.chat_postMessage(channel=room.id, text="x" * 40_001)

    assert len(at["message"]["text"]) == len(above["message"]["text"]) == 40_000


async def test_blocks_that_fail_are_explained_where_they_stand(
    slack: AsyncWebClient, room: Room
) -> None:
    with pytest.raises(SlackApiError) as failure:
        await slack.chat_postMessage(
            channel=room.id, text="x", blocks=[section(text=mrkdwn(3_001))]
        )

    answer: Json = dict(failure.value.response.data)
    assert answer["error"] == "invalid_blocks"
    assert answer["errors"] == [
        {
            "code": "failed_constraint",
            "message": "must be less than 3001 characters",
            "pointer": "/blocks/0/text/text",
            "constraint": {"type": "max_length", "expected": 3_000, "got": 3_001},
        }
    ]
    assert answer["response_metadata"]["messages"] == [
        "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    ]
