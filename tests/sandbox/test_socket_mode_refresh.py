"""The end of a socket: refreshed in time, silent, told to go, and how Slack's client takes it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.clock import Clock
from sandbox.conversation.control import SandboxRefused, wait_for
from sandbox.conversation.person import Person
from sandbox.conversation.room import Room
from sandbox.server import Sandbox
from tests.sandbox.app_manifest import manifest
from tests.sandbox.socket_app import SocketApp, ticket_url


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(manifest(socket_mode=True), clock=Clock("virtual")) as sandbox:
        yield sandbox


@asynccontextmanager
async def bolt(sandbox: Sandbox) -> AsyncIterator[list[str]]:
    """A bolt app that answers /hello, and the texts it was given."""
    client = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url)
    app, given = AsyncApp(client=client, signing_secret=sandbox.signing_secret), list[str]()

    async def hello(ack: Any, command: dict[str, str]) -> None:
        given.append(command["text"])
        await ack(f"Hello {command['text']}")

    app.command("/hello")(hello)
    handler = AsyncSocketModeHandler(app, sandbox.app_token)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    try:
        yield given
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]


async def sockets(sandbox: Sandbox) -> list[int]:
    """The numbers of the open sockets that may stay."""
    shown = (await sandbox.control.get("transport"))["sockets"]
    return [one["number"] for one in shown if not one["is_leaving"]]


async def test_a_socket_is_warned_ten_seconds_before_it_is_refreshed(sandbox: Sandbox) -> None:
    await sandbox.settings(socket_seconds=60)
    async with SocketApp(sandbox) as app:
        await sandbox.advance(49)
        assert app.reasons == []
        await sandbox.advance(1)
        assert (await app.hears("reason"))["debug_info"] == {"host": "applink-sandbox"}
        assert app.heard("closed") == []
        await sandbox.advance(10)
        await app.hears("reason", 2)
        await sandbox.advance(2)
        await app.hears("closed")

        assert app.reasons == ["warning", "refresh_requested"]


async def test_a_socket_lives_for_five_hours_unless_told_otherwise(sandbox: Sandbox) -> None:
    async with SocketApp(sandbox) as app:
        await sandbox.advance(18_049)
        assert app.reasons == []

        await sandbox.advance(1)

        assert (await app.hears("reason"))["reason"] == "warning"


async def test_debug_reconnects_shortens_a_life_to_six_minutes(sandbox: Sandbox) -> None:
    async with SocketApp(sandbox, query="&debug_reconnects=true") as app:
        assert app.frames[0]["debug_info"]["approximate_connection_time"] == 360

        await sandbox.advance(362)
        await app.hears("closed")

        assert app.reasons == ["warning", "refresh_requested"]


@pytest.mark.parametrize("reason", ["refresh_requested", "link_disabled", "too_many_websockets"])
async def test_sockets_can_be_told_to_go(sandbox: Sandbox, reason: str) -> None:
    async with SocketApp(sandbox) as app:
        await sandbox.disconnect_sockets("warning")
        await sandbox.disconnect_sockets(reason)
        await sandbox.advance(2)
        await app.hears("closed")

        assert app.reasons == ["warning", reason]


async def test_sockets_go_for_no_reason_that_slack_does_not_have(sandbox: Sandbox) -> None:
    with pytest.raises(SandboxRefused, match="`reason` must be one of warning"):
        await sandbox.disconnect_sockets("boredom")


async def test_a_warned_socket_is_spared_as_long_as_there_is_another(
    sandbox: Sandbox, alice: Person, general: Room
) -> None:
    async with SocketApp(sandbox) as old:
        await sandbox.disconnect_sockets("warning")
        await sandbox.advance(2)
        await alice.types(general, "/hello")
        async with SocketApp(sandbox) as new:
            await alice.types(general, "/hello")
            await alice.types(general, "/hello")

            counts = [len(app.heard("envelope_id")) for app in (old, new)]
            assert counts == [1, 2]


async def test_a_command_waits_while_the_app_changes_sockets(
    sandbox: Sandbox, alice: Person, general: Room
) -> None:
    async with SocketApp(sandbox):
        await sandbox.disconnect_sockets()
    asking = asyncio.create_task(alice.types(general, "/hello"))

    async with SocketApp(sandbox):
        assert (await asking)["ok"]


async def test_a_command_waits_no_longer_than_two_seconds(
    sandbox: Sandbox, alice: Person, general: Room
) -> None:
    async with SocketApp(sandbox):
        await sandbox.disconnect_sockets()
    await sandbox.advance(2)

    assert (await alice.types(general, "/hello"))["error"] == "dispatch_failed"


async def test_a_silent_socket_is_dropped(sandbox: Sandbox) -> None:
    url = await ticket_url(sandbox)
    # Whoever does not read sends no pongs.
    async with aiohttp.ClientSession() as session, session.ws_connect(url):
        assert await sockets(sandbox) == [1]

        await sandbox.advance(41)

        assert await sockets(sandbox) == []
    notices = [entry["what"] for entry in await sandbox.journal("notice")]
    assert "socket_half_open" in notices


async def test_a_socket_that_answers_pings_stays(sandbox: Sandbox) -> None:
    async with SocketApp(sandbox):
        await sandbox.advance(600)

        assert await sockets(sandbox) == [1]


async def test_slacks_own_client_answers_pings_and_sees_retries(sandbox: Sandbox) -> None:
    sandbox.expects("late_ack")
    slack = AsyncWebClient(base_url=sandbox.api_url)
    client = SocketModeClient(app_token=sandbox.app_token, web_client=slack)
    requests: list[SocketModeRequest] = []

    async def keep(_client: Any, request: SocketModeRequest) -> None:
        requests.append(request)

    client.socket_mode_request_listeners.append(keep)
    await client.connect()  # type: ignore[no-untyped-call]
    try:
        await sandbox.control.act("add_person", name="dave")
        await sandbox.advance(400)
    finally:
        await client.close()  # type: ignore[no-untyped-call]

    assert [request.retry_attempt for request in requests] == [0, 1, 2, 3]
    assert [request.retry_reason for request in requests][1:] == ["timeout"] * 3
    assert await sandbox.journal("notice")


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
async def test_no_command_is_lost_while_bolt_changes_sockets(
    sandbox: Sandbox, alice: Person, general: Room, reason: str
) -> None:
    async with bolt(sandbox) as given:
        for number in range(10):
            if number % 3 == 1:
                await sandbox.disconnect_sockets(reason)
            assert (await alice.types(general, f"/hello {number}"))["ok"]

    assert given == [str(number) for number in range(10)]


async def test_bolt_is_connected_anew_when_its_time_is_over(
    sandbox: Sandbox, alice: Person, general: Room
) -> None:
    async with bolt(sandbox) as given:
        await sandbox.advance(18_050)

        async def renewed() -> bool | None:
            return True if await sockets(sandbox) == [2] else None

        await wait_for(renewed, "A second socket")
        await sandbox.advance(10)

        assert (await alice.types(general, "/hello again"))["ok"]
    assert given == ["again"]
