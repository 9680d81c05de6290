"""Socket Mode: tickets, hello, envelopes, acks, and going away."""

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.conversation.person import Person
from sandbox.conversation.room import Room
from sandbox.json_types import Json
from sandbox.server import Sandbox


async def ticket_url(sandbox: Sandbox) -> str:
    slack = AsyncWebClient(base_url=sandbox.api_url)
    return str((await slack.apps_connections_open(app_token=sandbox.app_token))["url"])


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
async def socket(
    sandbox: Sandbox, session: aiohttp.ClientSession
) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
    async with session.ws_connect(await ticket_url(sandbox)) as socket:
        assert (await read(socket))["type"] == "hello"
        yield socket


async def read(socket: aiohttp.ClientWebSocketResponse) -> Json:
    async with asyncio.timeout(10):
        frame: Json = await socket.receive_json()
    return frame


async def test_a_ticket_opens_one_socket(sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
    url = await ticket_url(sandbox)
    async with session.ws_connect(url) as socket:
        hello = await read(socket)

        assert hello["num_connections"] == 1
        assert hello["connection_info"] == {"app_id": sandbox.world.workspace.team.app_id}
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(url)


async def test_a_command_is_answered_in_the_ack(
    socket: aiohttp.ClientWebSocketResponse, alice: Person, general: Room
) -> None:
    asking = asyncio.create_task(alice.types(general, "/hello"))

    envelope = await read(socket)
    await socket.send_json(
        {"envelope_id": envelope["envelope_id"], "payload": {"text": "Hello yourself"}}
    )

    assert (await asking)["ok"]
    assert (envelope["type"], envelope["accepts_response_payload"]) == ("slash_commands", True)
    assert [card.text for card in await alice.ephemerals(general)] == ["Hello yourself"]


async def test_each_envelope_goes_to_one_of_several_sockets(
    sandbox: Sandbox,
    socket: aiohttp.ClientWebSocketResponse,
    session: aiohttp.ClientSession,
    alice: Person,
    general: Room,
) -> None:
    async with session.ws_connect(await ticket_url(sandbox)) as second:
        await read(second)
        for _ in range(2):
            asking = asyncio.create_task(alice.types(general, "/hello"))
            readers = [asyncio.create_task(read(one)) for one in (socket, second)]
            done, waiting = await asyncio.wait(readers, return_when=asyncio.FIRST_COMPLETED)
            assert (len(done), len(waiting)) == (1, 1)
            for reader in waiting:
                reader.cancel()
            (reader,) = done
            await socket.send_json({"envelope_id": reader.result()["envelope_id"]})
            assert (await asking)["ok"]


async def test_an_event_without_an_ack_is_sent_again(
    sandbox: Sandbox, socket: aiohttp.ClientWebSocketResponse
) -> None:
    await sandbox.control.act("add_person", name="dave")
    first = await read(socket)
    await sandbox.advance(3)

    second = await read(socket)

    assert (second["retry_attempt"], second["retry_reason"]) == (1, "timeout")
    assert second["payload"]["event_id"] == first["payload"]["event_id"]


async def test_a_payload_where_none_is_taken_is_noted(
    sandbox: Sandbox, socket: aiohttp.ClientWebSocketResponse
) -> None:
    await sandbox.control.act("add_person", name="dave")
    envelope = await read(socket)

    await socket.send_json({"envelope_id": envelope["envelope_id"], "payload": {"text": "x"}})
    await sandbox.settled()

    assert [found["code"] for found in await sandbox.findings()] == ["payload_not_accepted"]


async def test_sockets_are_asked_to_go(
    sandbox: Sandbox, socket: aiohttp.ClientWebSocketResponse
) -> None:
    await sandbox.disconnect_sockets("warning")
    await sandbox.disconnect_sockets("refresh_requested")

    assert (await read(socket))["reason"] == "warning"
    assert (await read(socket))["reason"] == "refresh_requested"
    assert (await socket.receive()).type is aiohttp.WSMsgType.CLOSE


async def test_an_eleventh_socket_is_one_too_many(
    sandbox: Sandbox, session: aiohttp.ClientSession
) -> None:
    sockets = [await session.ws_connect(await ticket_url(sandbox)) for _ in range(10)]

    eleventh = await session.ws_connect(await ticket_url(sandbox))

    assert (await read(eleventh))["reason"] == "too_many_websockets"
    for socket in [*sockets, eleventh]:
        await socket.close()
