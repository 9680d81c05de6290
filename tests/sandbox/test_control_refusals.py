"""The control API refuses in JSON, knows people and channels by name, and waits for words only."""

import logging
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.conversation.card import Card
from sandbox.conversation.control import SandboxRefused
from sandbox.conversation.person import Person
from sandbox.conversation.room import Room
from sandbox.json_types import Json
from sandbox.server import Sandbox
from sandbox.validation.words import words_of
from tests.sandbox.asking import modal, plain
from tests.sandbox.listening_app import ListeningApp
from tests.sandbox.triggers import deep_modal, trigger_in, trigger_of

REFUSED = [
    ("POST", "/_sandbox/act/nonsense", 404, "not_found"),
    ("GET", "/_sandbox/nonsense", 404, "not_found"),
    ("GET", "/_sandbox/", 404, "not_found"),
    ("GET", "/_sandbox/page/nonsense.js", 404, "not_found"),
    ("GET", "/_sandbox/act/react", 405, "method_not_allowed"),
    ("DELETE", "/_sandbox/state", 405, "method_not_allowed"),
    ("GET", f"/_sandbox/journal?limit={'9' * 5000}", 400, "invalid_request"),
    ("GET", f"/_sandbox/journal?after={'9' * 19}", 400, "invalid_request"),
    ("POST", "/api/", 200, "unknown_method"),
    ("POST", "/api/chat.postMessage/", 200, "unknown_method"),
    ("GET", "/_sandbox/messages", 400, "invalid_request"),
    ("GET", "/_sandbox/messages?channel=nowhere", 404, "channel_not_found"),
    ("GET", "/_sandbox/messages?channel=general&as=zoe", 404, "user_not_found"),
    ("GET", "/_sandbox/views?user=zoe", 404, "user_not_found"),
    ("GET", "/_sandbox/views", 400, "invalid_request"),
]


async def answer(sandbox: Sandbox, verb: str, path: str) -> tuple[int, Json]:
    async with (
        aiohttp.ClientSession() as session,
        session.request(verb, sandbox.url + path, json={} if verb == "POST" else None) as response,
    ):
        return response.status, await response.json()


async def test_every_refusal_is_json(sandbox: Sandbox) -> None:
    for verb, path, status, code in REFUSED:
        answered, body = await answer(sandbox, verb, path)

        assert (answered, body["ok"], body["error"]) == (status, False, code), path
        assert path.startswith("/api") or body["message"].endswith(".")


async def test_a_failure_of_its_own_is_json_and_logged(
    sandbox: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    # Nothing the doors let in does this; so the state is broken from inside.
    sandbox.world.workspace.homes[await sandbox.person("alice").id()] = "V404"

    with caplog.at_level(logging.ERROR):
        status, body = await answer(sandbox, "GET", "/_sandbox/views?user=alice")

    assert (status, body["error"]) == (500, "internal_error")
    assert "GET /_sandbox/views failed" in caplog.text


async def test_messages_and_views_are_asked_for_by_name(
    sandbox: Sandbox, alice: Person, general: Room
) -> None:
    await alice.types(general, "Hello")
    secret = await alice.creates("secret", private=True)
    await alice.types(secret, "Hush")

    for channel in (general.id, "general", "#general"):
        for viewer in ("alice", await alice.id(), "", "bob"):
            shown = await sandbox.control.get("messages", channel=channel, **{"as": viewer})
            assert shown["messages"][-1]["text"] == "Hello"
    hush = await sandbox.control.get("messages", channel="secret", **{"as": "alice"})
    assert hush["messages"][-1]["text"] == "Hush"
    for viewer in ("bob", ""):
        with pytest.raises(SandboxRefused, match="no channel secret for you"):
            await sandbox.control.get("messages", channel="secret", **{"as": viewer})
    assert (await sandbox.control.get("views", user=await alice.id()))["stack"] == []


READABLE: list[tuple[str, Json]] = [
    ("Checkout", {"blocks": [{"type": "section", "text": plain("Checkout is down")}]}),
    ("A graph", {"blocks": [{"type": "image", "image_url": "u", "alt_text": "A graph"}]}),
    ("Graph 1", {"blocks": [{"type": "image", "title": plain("Graph 1"), "alt_text": ""}]}),
    ("Title", {"blocks": [{"type": "input", "label": plain("Title"), "element": {}}]}),
    ("Pick", {"blocks": [{"type": "actions", "elements": [{"placeholder": plain("Pick")}]}]}),
    (":eye:", {"blocks": [{"type": "rich_text", "elements": [{"type": "emoji", "name": "eye"}]}]}),
    ("Attached", {"attachments": [{"text": "Attached"}]}),
    ("In short", {"attachments": [{"fallback": "In short"}]}),
    ("High", {"attachments": [{"fields": [{"title": "Priority", "value": "High"}]}]}),
    ("Inside", {"attachments": [{"blocks": [{"type": "header", "text": plain("Inside")}]}]}),
    ("A form", {"title": plain("A form"), "blocks": []}),
]  # fmt: skip
UNREADABLE: Json = {
    "text": "",
    "blocks": [
        {
            "type": "rich_text",
            "block_id": "d60a2",
            "elements": [
                {
                    "type": "rich_text_section",
                    "elements": [
                        {"type": "user", "user_id": "U1"},
                        {"type": "text", "text": " hi"},
                    ],
                }
            ],
        },
        {
            "type": "actions",
            "elements": [
                {"type": "button", "action_id": "go", "value": "plenty", "style": "primary"},
                {"type": "overflow", "options": [{"text": plain("Stop"), "value": "halt"}]},
            ],
        },
    ],
}


@pytest.mark.parametrize(("words", "shown"), READABLE)
def test_what_can_be_read_is_found(words: str, shown: Json) -> None:
    assert words in words_of(shown)
    assert words in Card(channel="C1", wire={"text": "", **shown}).words


def test_ids_and_types_are_no_words() -> None:
    assert words_of(UNREADABLE).split("\n") == [" hi", "Stop"]


async def test_a_message_of_an_attachment_alone_is_found(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room
) -> None:
    attached = [{"text": "Disk is full", "fallback": "A full disk"}]
    await slack.chat_postMessage(channel=room.id, attachments=attached)

    wish = {"channel": "room", "as": "alice"}
    waited = await sandbox.control.get("wait/message", words="Disk is full", **wish)

    assert (await room.message("Disk is full")).ts == waited["message"]["ts"]
    with pytest.raises(SandboxRefused, match="within 0 s"):
        await sandbox.control.get("wait/message", words="section", seconds="0", **wish)


async def test_the_whole_stack_is_closed_by_any_of_its_views(
    sandbox: Sandbox, app: ListeningApp, slack: AsyncWebClient, alice: Person
) -> None:
    trigger = await trigger_of(app, alice)
    lower: Any = await slack.views_open(trigger_id=trigger, view=deep_modal())
    view = lower["view"]["id"]
    await slack.views_push(trigger_id=await trigger_in(app, alice), view=modal())

    with pytest.raises(SandboxRefused, match="not the one in front"):
        await sandbox.control.act("close", user="alice", view_id=view)
    await sandbox.control.act("close", user="alice", view_id=view, all=True)

    assert (await sandbox.control.get("views", user="alice"))["stack"] == []
    with pytest.raises(SandboxRefused, match="view_not_found"):
        await sandbox.control.act("close", user="alice", view_id=view, all=True)
