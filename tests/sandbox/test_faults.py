"""Faults by rule: what goes wrong, when, and what has happened all the same."""

import asyncio

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.conversation.control import SandboxRefused
from sandbox.conversation.person import Person
from sandbox.conversation.room import Room
from sandbox.server import Sandbox
from tests.sandbox.asking import refusal
from tests.sandbox.listening_app import ListeningApp


async def texts(room: Room) -> list[str]:
    return [card.text for card in await room.messages() if not card.wire.get("subtype")]


async def test_any_error_can_be_asked_for_on_the_nth_call(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room
) -> None:
    await sandbox.fault("chat.*", "error", error="restricted_action", nth=2)

    await slack.chat_postMessage(channel=room.id, text="one")

    call = slack.chat_postMessage(channel=room.id, text="two")
    assert await refusal(call) == "restricted_action"
    await slack.chat_postMessage(channel=room.id, text="three")
    assert await texts(room) == ["one", "three"]


async def test_a_lost_reply_leaves_its_effect(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room
) -> None:
    await sandbox.fault("chat.postMessage", "lost_reply")

    with pytest.raises(aiohttp.ClientError):
        await slack.chat_postMessage(channel=room.id, text="posted")

    assert await texts(room) == ["posted"]


async def test_a_reset_connection_has_no_effect(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room
) -> None:
    await sandbox.fault("chat.postMessage", "reset")

    with pytest.raises(aiohttp.ClientError):
        await slack.chat_postMessage(channel=room.id, text="lost")

    assert await texts(room) == []


@pytest.mark.parametrize(
    ("kind", "seen"), [("timeout_before", []), ("timeout_after", ["patience"])]
)
async def test_a_silent_server_may_have_done_it_or_not(
    sandbox: Sandbox, room: Room, kind: str, seen: list[str]
) -> None:
    await sandbox.fault("chat.postMessage", kind)
    impatient = AsyncWebClient(
        token=sandbox.bot_token, base_url=sandbox.api_url, timeout=1, retry_handlers=[]
    )

    with pytest.raises(asyncio.TimeoutError):
        await impatient.chat_postMessage(channel=room.id, text="patience")

    assert await texts(room) == seen


@pytest.mark.parametrize("status", [500, 503])
async def test_a_server_error_is_an_http_status(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room, status: int
) -> None:
    await sandbox.fault("chat.postMessage", "status", status=status)

    assert await refusal(slack.chat_postMessage(channel=room.id, text="x")) == "fatal_error"
    assert (await sandbox.calls("chat.postMessage"))[-1]["status"] == status


async def test_a_slow_reply_comes_when_the_clock_has_moved(
    sandbox: Sandbox, slack: AsyncWebClient
) -> None:
    await sandbox.fault("auth.test", "slow", seconds=20)
    asking = asyncio.create_task(slack.auth_test())
    while not asking.done():
        await sandbox.advance(5)

    assert (await asking)["ok"]


async def test_a_duplicate_delivery_arrives_twice(
    sandbox: Sandbox, app: ListeningApp, alice: Person
) -> None:
    await sandbox.fault("delivery:command", "duplicate")

    await alice.types("#general", "/hello")

    second = await app.hears("command", 2)
    assert second.payload["trigger_id"] == app.heard("command")[0].payload["trigger_id"]


async def test_faults_can_be_taken_back(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room
) -> None:
    await sandbox.fault("chat.postMessage", "error", times=0)
    await sandbox.clear_faults()

    assert (await slack.chat_postMessage(channel=room.id, text="x"))["ok"]


@pytest.mark.parametrize(
    "rule",
    [
        {"target": "a", "kind": "gremlins"},
        {"kind": "error"},
        {"target": "a", "kind": "error", "colour": 1},
    ],
)
async def test_a_rule_that_makes_no_sense_is_refused(
    sandbox: Sandbox, rule: dict[str, object]
) -> None:
    with pytest.raises(SandboxRefused, match="invalid_fault"):
        await sandbox.control.post("faults", [rule])
