"""The control API: its shapes, its refusals, its streams, and who may use it."""

import asyncio
import json

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.client import SandboxClient
from sandbox.conversation.control import NothingHappened, SandboxRefused
from sandbox.conversation.person import Person
from sandbox.conversation.room import Room
from sandbox.server import Sandbox


async def status_of(sandbox: Sandbox, verb: str, path: str, **headers: str) -> int:
    async with (
        aiohttp.ClientSession() as session,
        session.request(verb, sandbox.url + path, json={}, headers=headers) as response,
    ):
        return response.status


async def test_the_state_names_team_app_people_and_channels(sandbox: Sandbox) -> None:
    state = await sandbox.control.get("state")

    assert state["app"]["commands"][0] == {
        "command": "/hello",
        "description": "Says hello",
        "usage_hint": "[name]",
    }
    people = {user["name"]: user for user in state["users"]}
    assert people["alice"]["real_name"] == "Alice Archer"
    assert people["carol"]["tz"] == "Asia/Kolkata"
    assert people["greeter"]["is_bot"]
    assert [channel["name"] for channel in state["channels"]] == ["general", "incidents"]
    assert len(state["channels"][0]["members"]) == 3
    assert (state["clock"]["mode"], state["rate_limits"]) == ("virtual", "off")


async def test_a_foreign_page_is_kept_out(sandbox: Sandbox) -> None:
    foreign = {"Origin": "https://evil.example"}
    own = {"Origin": sandbox.url}

    assert await status_of(sandbox, "POST", "/_sandbox/reset", **foreign) == 403
    assert await status_of(sandbox, "GET", "/_sandbox/state", **foreign) == 403
    assert await status_of(sandbox, "GET", "/_sandbox/state", Host="evil.example") == 403
    assert await status_of(sandbox, "POST", "/_sandbox/reset", **own) == 200


async def test_the_page_is_under_a_strict_policy(sandbox: Sandbox) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.get(sandbox.url + "/", allow_redirects=False) as first,
        session.get(sandbox.url + "/_sandbox/page/../server.py") as outside,
    ):
        assert first.headers["Location"] == "/_sandbox/page/"
        assert outside.status == 404
    async with (
        aiohttp.ClientSession() as session,
        session.get(sandbox.url + "/_sandbox/page/") as page,
    ):
        policy = page.headers["Content-Security-Policy"].split("; ")
        assert policy[0] == "default-src 'self'"
        assert {"frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"} < {*policy}
        assert page.headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("act", "body", "error"),
    [
        ("post", {"user": "zoe", "channel": "general", "text": "x"}, "user_not_found"),
        ("post", {"user": "alice", "channel": "nowhere", "text": "x"}, "channel_not_found"),
        ("post", {"user": "alice", "channel": "general"}, "invalid_request"),
        ("command", {"user": "alice", "channel": "general", "text": "x"}, "invalid_request"),
        ("submit", {"user": "alice", "view_id": "V404"}, "view_not_found"),
        ("invite", {"user": "alice", "channel": "general", "users": 1}, "invalid_request"),
        ("invite", {"user": "alice", "channel": "general", "users": [1]}, "user_not_found"),
        ("change_person", {"user": "alice", "tz": "Moon/Base"}, "invalid_request"),
        ("shortcut", {"user": "alice", "callback_id": "nothing"}, "not_found"),
    ],
)
async def test_a_senseless_act_is_refused_with_a_sentence(
    sandbox: Sandbox, act: str, body: dict[str, object], error: str
) -> None:
    with pytest.raises(SandboxRefused, match=error) as refused:
        await sandbox.control.act(act, **body)

    assert str(refused.value).endswith(".")


async def test_only_members_speak(sandbox: Sandbox, room: Room, bob: Person) -> None:
    with pytest.raises(SandboxRefused, match="not_in_channel"):
        await bob.types(room, "Let me in")

    await bob.joins(room)
    await bob.types(room, "Thank you")

    assert await room.message("Thank you")


async def test_changes_are_streamed(sandbox: Sandbox, alice: Person, general: Room) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{sandbox.url}/_sandbox/events") as stream,
    ):
        assert stream.content_type == "text/event-stream"
        await alice.types(general, "Hello")

        async with asyncio.timeout(10):
            line = b""
            while not line.startswith(b"data: "):
                line = await stream.content.readline()

    news = json.loads(line.removeprefix(b"data: "))
    assert (news["type"], news["channel"]) == ("message", general.id)


async def test_the_journal_counts_on(sandbox: Sandbox, slack: AsyncWebClient) -> None:
    await slack.auth_test()
    (first,) = await sandbox.journal("api_call")

    await slack.auth_test()

    later = await sandbox.journal(after=first["n"])
    assert [entry["method"] for entry in later] == ["auth.test"]
    assert later[0]["ms"] >= 0


async def test_a_snapshot_brings_everything_back(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room, alice: Person
) -> None:
    await slack.chat_postMessage(channel=room.id, text="kept")
    await slack.reactions_add(
        channel=room.id, timestamp=(await room.message("kept")).ts, name="eyes"
    )
    saved = await sandbox.snapshot()

    await sandbox.reset()
    names = [channel.name for channel in await sandbox.channels()]
    await sandbox.restore(saved)

    assert names == ["general", "incidents"]
    assert (await room.message("kept")).wire["reactions"][0]["name"] == "eyes"
    assert await sandbox.snapshot() == saved
    with pytest.raises(SandboxRefused, match="invalid_snapshot"):
        await sandbox.restore({"version": 0})


async def test_another_process_drives_it_by_its_url_alone(
    sandbox: Sandbox, slack: AsyncWebClient
) -> None:
    await slack.conversations_create(name="inc-1")
    async with SandboxClient(sandbox.url) as client:
        room = await client.channel_named("inc-")
        await client.person("bob").joins(room)

        assert len((await room.fresh()).wire["members"]) == 2
        with pytest.raises(NothingHappened, match="A message with 'never' in #inc-1"):
            await room.message("never", patience=0.05)


async def test_settings_are_checked(sandbox: Sandbox) -> None:
    with pytest.raises(SandboxRefused, match="rate_limits is one of off, documented, harsh"):
        await sandbox.settings(rate_limits="gentle")
    with pytest.raises(SandboxRefused, match="restricted_actions is a list of texts"):
        await sandbox.settings(restricted_actions="all")
    with pytest.raises(SandboxRefused, match="not less than 0"):
        await sandbox.advance(-1)
