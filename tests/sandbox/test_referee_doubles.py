"""Topics, purposes and channels that one delivery must not have twice."""

import asyncio

import pytest
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.conversation.person import Person
from sandbox.conversation.room import Room
from sandbox.server import Sandbox
from tests.sandbox.asking import refusal
from tests.sandbox.listening_app import ListeningApp, Told


async def codes(sandbox: Sandbox) -> list[str]:
    return [found["code"] for found in await sandbox.findings()]


@pytest.mark.parametrize("method", ["setTopic", "setPurpose"])
async def test_a_topic_set_again_to_what_it_is_is_noted(
    sandbox: Sandbox,
    app: ListeningApp,
    slack: AsyncWebClient,
    room: Room,
    alice: Person,
    method: str,
) -> None:
    sandbox.expects("duplicate_effect")
    await alice.types(room, "/hello")
    name = method.removeprefix("set").lower()

    for words in ("One", "Two", "One", "One"):
        await slack.api_call(f"conversations.{method}", json={"channel": room.id, name: words})

    assert await codes(sandbox) == ["duplicate_effect"]


async def test_a_topic_may_change_and_change_back(
    sandbox: Sandbox, app: ListeningApp, slack: AsyncWebClient, room: Room, alice: Person
) -> None:
    await alice.types(room, "/hello")

    for topic in ("One", "Two", "One"):
        await slack.conversations_setTopic(channel=room.id, topic=topic)
    await alice.sets_topic(room, "Alice's own")
    await slack.conversations_setTopic(channel=room.id, topic="One")

    assert await codes(sandbox) == []


async def test_a_command_that_came_twice_makes_one_channel(
    sandbox: Sandbox, app: ListeningApp, slack: AsyncWebClient, alice: Person
) -> None:
    sandbox.expects("duplicate_effect")
    numbers = iter((7, 8))

    async def make(_told: Told) -> web.StreamResponse:
        await slack.conversations_create(name=f"inc-{next(numbers)}-checkout")
        return web.Response()

    app.answers["command"] = make
    await sandbox.fault("delivery:command", "duplicate")

    await alice.types("#general", "/hello")
    await app.hears("command", 2)
    await sandbox.settled()

    assert await codes(sandbox) == ["duplicate_effect"]


async def test_one_command_may_make_channels_that_are_numbered(
    sandbox: Sandbox, app: ListeningApp, slack: AsyncWebClient, alice: Person
) -> None:
    await alice.types("#general", "/hello")

    for name in ("room-1", "room-2"):
        await slack.conversations_create(name=name)

    assert await codes(sandbox) == []


async def test_each_of_two_commands_may_make_a_channel(
    sandbox: Sandbox, app: ListeningApp, slack: AsyncWebClient, alice: Person
) -> None:
    await asyncio.gather(*(alice.types("#general", "/hello") for _ in range(2)))

    for name in ("inc-1-checkout", "inc-2-checkout"):
        await slack.conversations_create(name=name)

    assert await codes(sandbox) == []


async def test_slack_itself_refuses_a_second_pin_and_a_second_reaction(
    sandbox: Sandbox, app: ListeningApp, slack: AsyncWebClient, room: Room, alice: Person
) -> None:
    await alice.types(room, "/hello")
    ts = (await slack.chat_postMessage(channel=room.id, text="A card"))["ts"]
    await slack.pins_add(channel=room.id, timestamp=ts)
    await slack.reactions_add(channel=room.id, timestamp=ts, name="eyes")

    pinned = await refusal(slack.pins_add(channel=room.id, timestamp=ts))
    reacted = await refusal(slack.reactions_add(channel=room.id, timestamp=ts, name="eyes"))

    assert (pinned, reacted) == ("already_pinned", "already_reacted")
    assert await codes(sandbox) == []
