"""Faults of sockets: refused, cut off, silent, told to go, and envelopes that come twice."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.clock import Clock
from sandbox.conversation.control import wait_for
from sandbox.conversation.person import Person
from sandbox.conversation.room import Room
from sandbox.server import Sandbox
from tests.sandbox.app_manifest import manifest
from tests.sandbox.socket_app import SocketApp


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(manifest(socket_mode=True), clock=Clock("virtual")) as sandbox:
        yield sandbox


async def joins(sandbox: Sandbox, name: str = "dave") -> None:
    await sandbox.control.act("add_person", name=name)


async def test_a_socket_may_be_one_too_many(sandbox: Sandbox) -> None:
    await sandbox.fault("socket:open", "too_many_websockets")

    async with SocketApp(sandbox) as unlucky, SocketApp(sandbox) as lucky:
        await unlucky.hears("closed")

        assert unlucky.reasons == ["too_many_websockets"]
        assert lucky.frames[0]["type"] == "hello"


@pytest.mark.parametrize("reason", ["warning", "refresh_requested", "link_disabled"])
async def test_a_socket_may_be_told_to_go_as_soon_as_it_is_open(
    sandbox: Sandbox, reason: str
) -> None:
    await sandbox.fault("socket:open", "disconnect", error=reason)

    async with SocketApp(sandbox) as app:
        await app.hears("reason")

        assert app.frames[0]["type"] == "hello"
        assert app.reasons == [reason]


async def test_a_half_open_socket_swallows_envelopes_until_it_is_dropped(
    sandbox: Sandbox, alice: Person, general: Room
) -> None:
    await sandbox.fault("socket:open", "half_open")
    async with SocketApp(sandbox) as app:
        asking = asyncio.create_task(alice.types(general, "/hello"))

        async def sent() -> bool | None:
            return True if await sandbox.journal("delivery") else None

        await wait_for(sent, "A delivery")
        await sandbox.advance(3)

        assert (await asking)["error"] == "operation_timeout"
        await sandbox.advance(40)
        await app.hears("closed")

        assert app.heard("envelope_id") == []
        assert (await sandbox.control.get("transport"))["sockets"] == []


async def test_a_socket_may_fall_silent_in_the_middle(sandbox: Sandbox) -> None:
    await sandbox.fault("socket:envelope", "half_open")
    async with SocketApp(sandbox) as silent:
        await joins(sandbox)
        await sandbox.advance(41)
        await silent.hears("closed")
    async with SocketApp(sandbox) as app:
        await sandbox.advance(60)
        envelope = await app.envelope()

    assert silent.heard("envelope_id") == []
    assert envelope["retry_attempt"] == 2


async def test_a_cut_before_the_ack_brings_the_event_again(sandbox: Sandbox) -> None:
    await sandbox.fault("socket:envelope", "drop_before_ack")
    async with SocketApp(sandbox, acks=False) as first, SocketApp(sandbox) as second:
        await joins(sandbox)
        again = await second.envelope()
        await first.hears("closed")

        (once,) = first.heard("envelope_id")
        assert once["payload"] == again["payload"]
        assert (again["retry_attempt"], again["retry_reason"]) == (1, "timeout")


async def test_a_cut_before_the_ack_of_a_command_is_told_to_its_author(
    sandbox: Sandbox, alice: Person, general: Room
) -> None:
    await sandbox.fault("socket:envelope", "drop_before_ack")
    async with SocketApp(sandbox, acks=False):
        assert (await alice.types(general, "/hello"))["error"] == "dispatch_failed"


async def test_a_cut_after_the_ack_loses_nothing(
    sandbox: Sandbox, alice: Person, general: Room
) -> None:
    await sandbox.fault("socket:envelope", "drop_after_ack")
    async with SocketApp(sandbox) as app:
        assert (await alice.types(general, "/hello"))["ok"]
        await app.hears("closed")

        assert len(app.heard("envelope_id")) == 1


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
async def test_a_socket_may_be_told_to_go_with_an_envelope_in_its_hands(
    sandbox: Sandbox, alice: Person, general: Room, reason: str
) -> None:
    await sandbox.fault("socket:envelope", "disconnect", error=reason)
    async with SocketApp(sandbox) as app:
        assert (await alice.types(general, "/hello"))["ok"]
        await app.hears("reason")

        assert app.reasons == [reason]


async def test_an_envelope_may_come_twice_with_the_same_id(sandbox: Sandbox) -> None:
    await sandbox.fault("delivery:event", "same_envelope")
    async with SocketApp(sandbox) as app:
        await joins(sandbox)

        first, second = await app.envelope(1), await app.envelope(2)
        await sandbox.settled()

    assert first == second


async def test_an_event_may_come_again_in_another_envelope(sandbox: Sandbox) -> None:
    await sandbox.fault("delivery:event", "retry_despite_success")
    async with SocketApp(sandbox) as app:
        await joins(sandbox)

        first, second = await app.envelope(1), await app.envelope(2)

    assert first["payload"] == second["payload"]
    assert first["envelope_id"] != second["envelope_id"]
    assert (second["retry_attempt"], second["retry_reason"]) == (1, "timeout")


@pytest.mark.parametrize("kind", ["drop_after_ack", "drop_before_ack", "half_open"])
async def test_bolt_comes_back_after_a_cut(
    sandbox: Sandbox, alice: Person, general: Room, kind: str
) -> None:
    client = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url)
    app = AsyncApp(client=client, signing_secret=sandbox.signing_secret)

    async def hello(ack: Any) -> None:
        await ack("Hello")

    app.command("/hello")(hello)
    handler = AsyncSocketModeHandler(app, sandbox.app_token, ping_interval=0.1)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    await sandbox.fault("socket:envelope", kind)
    await sandbox.fault("apps.connections.open", "error", error="internal_error")
    try:

        async def answered() -> bool | None:
            asking = asyncio.create_task(alice.types(general, "/hello"))
            # A command that was swallowed waits for its three seconds.
            await asyncio.wait({asking}, timeout=0.5)
            await sandbox.advance(0 if asking.done() else 3)
            return True if (await asking)["ok"] else None

        assert (await answered() is None) is (kind != "drop_after_ack")
        assert await wait_for(answered, "An answer over a new socket", patience=20)
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]
