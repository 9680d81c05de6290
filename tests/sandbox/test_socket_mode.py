"""Socket Mode: tickets, hello, envelopes, acks."""

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest

from sandbox.clock import Clock
from sandbox.conversation.person import Person
from sandbox.conversation.room import Room
from sandbox.server import Sandbox
from tests.sandbox.app_manifest import manifest
from tests.sandbox.socket_app import SocketApp, ticket_url


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(manifest(socket_mode=True), clock=Clock("virtual")) as sandbox:
        yield sandbox


@pytest.fixture
async def socket(sandbox: Sandbox) -> AsyncIterator[SocketApp]:
    async with SocketApp(sandbox) as app:
        yield app


@pytest.fixture
async def idle(sandbox: Sandbox) -> AsyncIterator[SocketApp]:
    """A socket that acknowledges nothing by itself."""
    async with SocketApp(sandbox, acks=False) as app:
        yield app


async def somebody_joins(sandbox: Sandbox, name: str = "dave") -> None:
    await sandbox.control.act("add_person", name=name)


async def connect(session: aiohttp.ClientSession, url: str) -> int:
    """The HTTP status of an attempt to open a socket that is refused."""
    with pytest.raises(aiohttp.WSServerHandshakeError) as refusal:
        await session.ws_connect(url)
    return refusal.value.status


async def test_hello_says_what_slack_says(sandbox: Sandbox, socket: SocketApp) -> None:
    hello = socket.frames[0]

    assert hello["type"] == "hello"
    assert hello["num_connections"] == 1
    assert hello["connection_info"] == {"app_id": sandbox.world.workspace.team.app_id}
    keys = {"host", "started", "build_number", "approximate_connection_time"}
    assert set(hello["debug_info"]) == keys
    assert hello["debug_info"]["approximate_connection_time"] == 18_060


async def test_a_ticket_is_used_once_and_soon(sandbox: Sandbox) -> None:
    async with aiohttp.ClientSession() as session:
        used, late = await ticket_url(sandbox), await ticket_url(sandbox)
        async with session.ws_connect(used):
            assert await connect(session, used) == 403
        await sandbox.advance(30)

        assert await connect(session, late) == 403
        assert await connect(session, f"{sandbox.url}/link/?ticket=made-up") == 403


async def test_a_command_is_answered_in_the_ack(
    idle: SocketApp, alice: Person, general: Room
) -> None:
    asking = asyncio.create_task(alice.types(general, "/hello"))

    envelope = await idle.envelope()
    await idle.ack(envelope, {"text": "Hello yourself"})

    assert (await asking)["ok"]
    names = ["envelope_id", "type", "payload", "accepts_response_payload"]
    assert list(envelope) == names
    assert (envelope["type"], envelope["accepts_response_payload"]) == ("slash_commands", True)
    assert [card.text for card in await alice.ephemerals(general)] == ["Hello yourself"]


async def test_envelopes_of_events_say_which_attempt_they_are(
    sandbox: Sandbox, socket: SocketApp
) -> None:
    await somebody_joins(sandbox)

    envelope = await socket.envelope()

    assert (envelope["type"], envelope["accepts_response_payload"]) == ("events_api", False)
    assert (envelope["retry_attempt"], envelope["retry_reason"]) == (0, "")


async def test_envelopes_go_to_several_sockets_by_turns(
    sandbox: Sandbox, alice: Person, general: Room
) -> None:
    async with SocketApp(sandbox) as one, SocketApp(sandbox) as two, SocketApp(sandbox) as three:
        for _ in range(6):
            await alice.types(general, "/hello")

        assert three.frames[0]["num_connections"] == 3
        apps = (one, two, three)
        assert [len(app.heard("envelope_id")) for app in apps] == [2, 2, 2]


async def test_an_eleventh_socket_is_one_too_many(sandbox: Sandbox) -> None:
    apps = [SocketApp(sandbox) for _ in range(11)]
    for app in apps:
        await app.__aenter__()
    await apps[10].hears("closed")

    assert apps[10].reasons == ["too_many_websockets"]
    assert [app.reasons for app in apps[:10]] == [[]] * 10
    for app in apps:
        await app.__aexit__()


async def test_an_event_without_an_ack_is_sent_again_on_schedule(
    sandbox: Sandbox, idle: SocketApp
) -> None:
    sandbox.expects("late_ack")
    await somebody_joins(sandbox)
    await idle.envelope()

    await sandbox.advance(400)

    attempts = idle.heard("envelope_id")
    assert [one["retry_attempt"] for one in attempts] == [0, 1, 2, 3]
    assert [one["retry_reason"] for one in attempts] == ["", "timeout", "timeout", "timeout"]
    assert len({one["payload"]["event_id"] for one in attempts}) == 1
    assert len({one["envelope_id"] for one in attempts}) == 4


async def test_a_command_without_an_ack_is_not_repeated(
    sandbox: Sandbox, idle: SocketApp, alice: Person, general: Room
) -> None:
    sandbox.expects("late_ack")
    asking = asyncio.create_task(alice.types(general, "/hello"))
    await idle.envelope()

    await sandbox.advance(400)

    assert (await asking)["error"] == "operation_timeout"
    assert len(idle.heard("envelope_id")) == 1


async def test_without_a_socket_people_see_an_error_and_events_wait(
    sandbox: Sandbox, alice: Person, general: Room
) -> None:
    outcome = await alice.types(general, "/hello")
    await somebody_joins(sandbox)
    await sandbox.advance(30)
    async with SocketApp(sandbox) as app:
        await sandbox.advance(30)

        envelope = await app.envelope()

    assert outcome["error"] == "dispatch_failed"
    assert (envelope["retry_attempt"], envelope["retry_reason"]) == (2, "timeout")
    assert envelope["payload"]["event"]["type"] == "team_join"


async def test_a_payload_where_none_is_taken_is_noted_and_ignored(
    sandbox: Sandbox, idle: SocketApp
) -> None:
    sandbox.expects("payload_not_accepted")
    await somebody_joins(sandbox)

    await idle.ack(await idle.envelope(), {"text": "x"})
    await sandbox.settled()

    (ack,) = await sandbox.journal("ack")
    assert (ack["ok"], ack["payload"]) == (True, None)


async def test_the_ack_of_an_envelope_never_sent_is_noted(
    sandbox: Sandbox, socket: SocketApp
) -> None:
    sandbox.expects("unknown_ack")

    await socket.ack({"envelope_id": "00000000-0000-0000-0000-000000000000"})
    await somebody_joins(sandbox)
    await socket.envelope()


@pytest.mark.parametrize("frame", ["hello?", "[]", '{"type": "pong"}', '{"envelope_id": 7}'])
async def test_a_frame_that_is_no_ack_is_noted(
    sandbox: Sandbox, socket: SocketApp, frame: str
) -> None:
    sandbox.expects("invalid_frame")

    await socket.socket.send_str(frame)
    await somebody_joins(sandbox)

    assert await socket.envelope()


async def test_a_binary_frame_is_noted(sandbox: Sandbox, socket: SocketApp) -> None:
    sandbox.expects("invalid_frame")

    await socket.socket.send_bytes(b"{}")
    await somebody_joins(sandbox)

    assert await socket.envelope()


@pytest.mark.parametrize("counts", [False, True])
async def test_an_ack_over_another_socket_counts_only_when_it_shall(
    sandbox: Sandbox, idle: SocketApp, alice: Person, general: Room, counts: bool
) -> None:
    if not counts:
        sandbox.expects("ack_on_another_socket", "late_ack")
    await sandbox.settings(ack_on_another_socket=counts)
    async with SocketApp(sandbox, acks=False) as other:
        asking = asyncio.create_task(alice.types(general, "/hello"))
        await other.ack(await idle.envelope())
        await sandbox.advance(0 if counts else 3)

        assert (await asking)["ok"] is counts


async def test_a_late_ack_is_blamed_once(
    sandbox: Sandbox, idle: SocketApp, alice: Person, general: Room
) -> None:
    sandbox.expects("late_ack")
    asking = asyncio.create_task(alice.types(general, "/hello"))
    envelope = await idle.envelope()
    await sandbox.advance(3)
    await asking

    await idle.ack(envelope)
    idle.acks = True
    await somebody_joins(sandbox)
    await idle.envelope(2)

    assert len(await sandbox.findings()) == 1


async def test_an_app_over_http_has_no_sockets(
    sandbox: Sandbox, socket: SocketApp, alice: Person, general: Room
) -> None:
    await sandbox.settings(socket_mode=False)
    await socket.hears("closed")
    async with SocketApp(sandbox) as late:
        await late.hears("closed")

    assert socket.reasons == ["link_disabled"]
    assert late.reasons == ["link_disabled"]
    assert (await alice.types(general, "/hello"))["error"] == "dispatch_failed"


async def test_an_app_with_sockets_is_never_reached_over_http(
    sandbox: Sandbox, alice: Person, general: Room
) -> None:
    # Nobody listens there: an attempt would end otherwise.
    sandbox.app_url = "http://127.0.0.1:9"

    async with SocketApp(sandbox) as app:
        assert (await alice.types(general, "/hello"))["ok"]

        assert len(app.heard("envelope_id")) == 1
