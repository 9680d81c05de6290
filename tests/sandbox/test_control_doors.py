"""The control API for programs in any language: long polls, the journal, the control secret."""

import asyncio
import json

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.client import SandboxClient
from sandbox.conversation.control import SandboxRefused
from sandbox.conversation.person import Person
from sandbox.conversation.room import Room
from sandbox.doors import Works, application
from sandbox.expecting import UnexpectedFindings
from sandbox.server import Sandbox
from tests.sandbox.app_manifest import manifest
from tests.sandbox.asking import modal
from tests.sandbox.listening_app import ListeningApp
from tests.sandbox.triggers import trigger_of


async def test_a_message_is_waited_for(sandbox: Sandbox, slack: AsyncWebClient, room: Room) -> None:
    wish = {"channel": "#room", "as": "alice", "words": "is down", "seconds": "10"}

    waiting = asyncio.create_task(sandbox.control.get("wait/message", **wish))
    await slack.chat_postMessage(channel=room.id, text="Search is slow")
    await slack.chat_postMessage(channel=room.id, text="Checkout is down")

    assert (await waiting)["message"]["text"] == "Checkout is down"


async def test_only_newer_messages_can_be_waited_for(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room
) -> None:
    before = await slack.chat_postMessage(channel=room.id, text="Hello, once")
    wish = {"channel": "room", "as": "alice", "words": "Hello", "after_ts": before["ts"]}

    waiting = asyncio.create_task(sandbox.control.get("wait/message", **wish))
    await slack.chat_postMessage(channel=room.id, text="Hello, twice")

    assert (await waiting)["message"]["text"] == "Hello, twice"


async def test_a_view_and_a_call_are_waited_for(
    sandbox: Sandbox, app: ListeningApp, slack: AsyncWebClient, alice: Person
) -> None:
    await slack.views_open(trigger_id=await trigger_of(app, alice), view=modal())

    shown = await sandbox.control.get("wait/view", user="alice", words="A form")
    called = await sandbox.control.get("wait/call", method="views.open")
    settled = await sandbox.control.get("wait/settled")

    assert shown["view"]["callback_id"] == "form"
    assert called["call"]["ok"] is True
    assert settled == {"ok": True}


async def test_waiting_in_vain_tells_what_there_was_instead(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room
) -> None:
    await slack.chat_postMessage(channel=room.id, text="Search is slow")
    wish = {"channel": "room", "as": "alice", "words": "Checkout", "seconds": "1"}

    with pytest.raises(SandboxRefused, match="nothing_happened") as refused:
        await sandbox.control.get("wait/message", **wish)

    assert "'Search is slow'" in str(refused.value)


@pytest.mark.parametrize(
    ("path", "query", "sentence"),
    [
        ("wait/message", {"channel": "nowhere", "as": "alice"}, "no channel nowhere"),
        ("wait/message", {"channel": "general"}, "nobody called"),
        ("wait/message", {"as": "alice"}, "needs channel"),
        ("wait/view", {"user": "zoe"}, "nobody called zoe"),
        ("wait/call", {}, "needs method"),
        ("wait/call", {"method": "x", "seconds": "61"}, "at most 60"),
        ("wait/call", {"method": "x", "after": "²"}, "`after` is a whole number"),
        ("journal", {"after": "-1"}, "`after` is a whole number"),
        ("journal", {"limit": "many"}, "`limit` is a whole number"),
        ("journal", {"kind": "gossip"}, "`kind` is one of delivery, ack"),
        ("journal", {"format": "xml"}, "`format` is one of json, jsonl"),
    ],
)
async def test_a_senseless_wish_is_refused_with_its_field(
    sandbox: Sandbox, path: str, query: dict[str, str], sentence: str
) -> None:
    with pytest.raises(SandboxRefused, match=sentence):
        await sandbox.control.get(path, **query)


async def test_the_journal_is_read_in_parts_and_kinds(
    sandbox: Sandbox, slack: AsyncWebClient, general: Room
) -> None:
    sandbox.expects("unknown_argument")
    await slack.auth_test()
    await slack.api_call("auth.test", json={"colour": "red"})
    await slack.team_info()

    newest = await sandbox.control.get("journal", kind="api_call", limit="2")
    mixed = await sandbox.control.get("journal", kind="api_call,finding")

    assert [entry["method"] for entry in newest["entries"]] == ["auth.test", "team.info"]
    assert [entry["kind"] for entry in mixed["entries"]].count("finding") == 1
    assert len(mixed["entries"]) == 4


async def test_the_journal_is_read_as_lines(sandbox: Sandbox, slack: AsyncWebClient) -> None:
    await slack.auth_test()
    await slack.team_info()

    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{sandbox.url}/_sandbox/journal?kind=api_call&format=jsonl") as answer,
    ):
        lines = (await answer.text()).splitlines()

    assert answer.content_type == "application/x-ndjson"
    assert [json.loads(line)["method"] for line in lines] == ["auth.test", "team.info"]


async def test_a_control_secret_keeps_others_on_the_machine_out() -> None:
    async with Sandbox(manifest(), control_secret="open sesame") as sandbox:
        await sandbox.person("alice").types("Hello")

        stranger = SandboxClient(sandbox.url)
        await stranger.open()
        with pytest.raises(SandboxRefused, match="secret_needed"):
            await stranger.channels()
        await stranger.close()
        async with SandboxClient(sandbox.url, "open sesame") as friend:
            assert await (await friend.channel_named("general")).message("Hello")


async def test_a_browser_names_the_control_secret_once() -> None:
    async with Sandbox(manifest(), control_secret="open sesame") as sandbox:
        jar = aiohttp.CookieJar(unsafe=True)
        async with aiohttp.ClientSession(sandbox.url, cookie_jar=jar) as browser:
            before = await browser.get("/_sandbox/page/")
            first = await browser.get("/_sandbox/page/", params={"secret": "open sesame"})
            later = await browser.get("/_sandbox/state")

        assert [answer.status for answer in (before, first, later)] == [401, 200, 200]
        assert "HttpOnly" in first.history[0].headers["Set-Cookie"]
        # Not left in the address bar, for whoever looks over a shoulder.
        assert first.url.query_string == ""


async def test_apps_need_no_control_secret() -> None:
    async with Sandbox(manifest(), control_secret="open sesame") as sandbox:
        client = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url)

        assert (await client.auth_test())["ok"]


async def test_another_process_is_judged_as_well(
    sandbox: Sandbox, slack: AsyncWebClient, general: Room
) -> None:
    sandbox.expects("unknown_argument")
    client = SandboxClient(sandbox.url)
    await client.__aenter__()
    await slack.api_call("auth.test", json={"colour": "red"})

    with pytest.raises(UnexpectedFindings, match="unknown_argument"):
        await client.__aexit__(None, None, None)
    async with SandboxClient(sandbox.url) as another:
        another.expects("unknown_argument")
        await slack.api_call("auth.test", json={"colour": "red"})


async def test_a_reset_forgets_what_the_referee_knew(
    sandbox: Sandbox, slack: AsyncWebClient, alice: Person, general: Room
) -> None:
    await alice.types(general, "<@U0EVIL>")

    await sandbox.reset()
    await slack.conversations_join(channel=general.id)
    await slack.chat_postMessage(channel=general.id, text="Hello, <@U0EVIL>")

    assert await sandbox.findings() == []


async def test_no_two_parts_answer_at_the_same_address(sandbox: Sandbox) -> None:
    works = Works(sandbox.world, None)

    routes = application(sandbox.world, works, (), "").router.routes()
    addresses = [(route.method, route.resource.canonical) for route in routes if route.resource]

    assert len(addresses) == len(set(addresses)) > 50
    await works.close()
