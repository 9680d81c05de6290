"""What people type becomes what Slack's own client makes of it."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.clock import Clock
from sandbox.conversation.control import SandboxRefused
from sandbox.conversation.person import Person
from sandbox.conversation.room import Room
from sandbox.deliveries.typed_blocks import rich_text
from sandbox.deliveries.typing import escape_typed
from sandbox.facts.hostile_texts import HOSTILE_TEXTS
from sandbox.json_types import Json
from sandbox.server import Sandbox
from tests.sandbox.app_manifest import manifest
from tests.sandbox.listening_app import ListeningApp


def inline(sandbox: Sandbox, text: str) -> list[Json]:
    [section] = rich_text(sandbox.world.workspace, text)["elements"]
    return list(section["elements"])


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
        ("see https://example.com/a?b=1&c=2.", "see <https://example.com/a?b=1&amp;c=2>."),
        ("ask bob@example.com", "ask <mailto:bob@example.com|bob@example.com>"),
        ("on example.com/now, soon", "on <http://example.com/now|example.com/now>, soon"),
        ("@here look", "<!here> look"),
        ("@nobody #nowhere", "@nobody #nowhere"),
        ("<!channel> <@U1> <http://x.test|y>", None),
        ("`@bob` and ```\n@bob\n```", "`@bob` and ```\n@bob\n```"),
        ("mail@here.invalid", "mail@here.invalid"),
        ("*https://example.com*", "*<https://example.com>*"),
        ("INC-1 at 10:30:00", "INC-1 at 10:30:00"),
    ],
)
async def test_a_message_is_escaped_and_names_become_active(
    sandbox: Sandbox, typed: str, sent: str | None
) -> None:
    written = escape_typed(sandbox.world.workspace, typed, labels=False)

    if sent is not None:
        assert written == sent
    else:
        assert "<!channel>" not in written
        assert "<@U1>" not in written


async def test_names_are_labelled_in_commands_only(sandbox: Sandbox, bob: Person) -> None:
    workspace, bob_id = sandbox.world.workspace, await bob.id()

    assert escape_typed(workspace, "@bob!", labels=True) == f"<@{bob_id}|bob>!"
    assert escape_typed(workspace, "@bob!", labels=False) == f"<@{bob_id}>!"


async def test_a_private_channel_is_named_by_its_members_alone(
    sandbox: Sandbox, slack: AsyncWebClient, alice: Person, bob: Person
) -> None:
    made = await slack.conversations_create(name="secret", is_private=True)
    room: Any = made["channel"]
    await slack.conversations_invite(channel=room["id"], users=await alice.id())
    workspace = sandbox.world.workspace

    known = escape_typed(workspace, "#secret", labels=False, typist=await alice.id())
    unknown = escape_typed(workspace, "#secret", labels=False, typist=await bob.id())

    assert known == f"<#{room['id']}|secret>"
    assert unknown == "#secret"


async def test_rich_text_says_the_same_in_elements(sandbox: Sandbox, bob: Person) -> None:
    assert inline(sandbox, "hi @bob :wave: *now* `x`") == [
        {"type": "text", "text": "hi "},
        {"type": "user", "user_id": await bob.id()},
        {"type": "text", "text": " "},
        {"type": "emoji", "name": "wave"},
        {"type": "text", "text": " "},
        {"type": "text", "text": "now", "style": {"bold": True}},
        {"type": "text", "text": " "},
        {"type": "text", "text": "x", "style": {"code": True}},
    ]
    assert inline(sandbox, "https://example.com") == [
        {"type": "link", "url": "https://example.com"}
    ]


async def test_quotes_and_code_are_elements_of_their_own(sandbox: Sandbox) -> None:
    block = rich_text(sandbox.world.workspace, "say\n> quoted\n```code```")

    kinds = [element["type"] for element in block["elements"]]
    assert kinds == ["rich_text_section", "rich_text_quote", "rich_text_preformatted"]


@pytest.mark.parametrize("name", HOSTILE_TEXTS)
async def test_nothing_hostile_becomes_active(
    sandbox: Sandbox, app: ListeningApp, room: Room, alice: Person, name: str
) -> None:
    words = HOSTILE_TEXTS[name]
    already = len(app.heard("message"))

    await sandbox.control.act("post", user="alice", channel=room.id, text=f"x {words}")

    event = (await app.hears("message", already + 1)).payload["event"]
    for piece in ("<!channel", "<!here", "<!everyone", "<@U", "<!subteam", "<!date"):
        assert piece not in event["text"] or "@" in words
    assert event["blocks"][0]["type"] == "rich_text"


async def test_a_message_is_corrected_and_taken_back(
    app: ListeningApp, room: Room, alice: Person, sandbox: Sandbox
) -> None:
    await alice.types(room, "Frist")
    card = await room.message("Frist")

    await sandbox.control.act("edit", user="alice", channel=room.id, ts=card.ts, text="First")
    corrected = await room.message("First")
    await alice.invites(room, "bob")
    with pytest.raises(SandboxRefused, match="Only one's own messages"):
        await sandbox.control.act("edit", user="bob", channel=room.id, ts=card.ts, text="x")
    await sandbox.control.act("delete", user="alice", channel=room.id, ts=card.ts)
    await sandbox.settled()

    changes = {
        told.payload["event"].get("subtype"): told.payload["event"] for told in app.heard("message")
    }
    assert corrected.wire["edited"]["user"] == await alice.id()
    assert changes["message_changed"]["previous_message"]["text"] == "Frist"
    assert changes["message_changed"]["message"]["blocks"][0]["type"] == "rich_text"
    assert changes["message_deleted"]["deleted_ts"] == card.ts


async def test_me_is_slacks_own_command(app: ListeningApp, room: Room, alice: Person) -> None:
    await alice.types(room, "/me waves at @greeter")

    assert (await room.message("waves")).wire["subtype"] == "me_message"
    assert app.heard("command") == []


async def test_a_reply_may_go_to_the_channel_too(
    app: ListeningApp, room: Room, alice: Person, sandbox: Sandbox
) -> None:
    await alice.types(room, "Question")
    question = await room.message("Question")
    already = len(app.heard("message"))

    parts = {"thread_ts": question.ts, "broadcast": True}
    await sandbox.control.act("post", user="alice", channel=room.id, text="Answer", **parts)

    event = (await app.hears("message", already + 1)).payload["event"]
    assert event["subtype"] == "thread_broadcast"
    assert event["root"]["text"] == "Question"


async def test_a_guest_sees_and_does_less(sandbox: Sandbox, room: Room, alice: Person) -> None:
    with pytest.raises(SandboxRefused, match="channel_not_found"):
        await sandbox.person("carol").types(room, "Hello?")
    with pytest.raises(SandboxRefused, match="is a guest and cannot create channels"):
        await sandbox.control.act("create_channel", user="carol", name="own")
    await alice.invites(room, "carol")

    await sandbox.person("carol").types(room, "Hello!")

    assert await room.message("Hello!")
    with pytest.raises(SandboxRefused, match="is a guest and cannot archive channels"):
        await sandbox.person("carol").archives(room)


@pytest.mark.parametrize("text", ["", "  \n"])
async def test_nothing_cannot_be_said(sandbox: Sandbox, room: Room, text: str) -> None:
    with pytest.raises(SandboxRefused, match="needs text"):
        await sandbox.control.act("post", user="alice", channel=room.id, text=text)


async def test_people_write_in_group_messages(sandbox: Sandbox, alice: Person, bob: Person) -> None:
    opened = await sandbox.control.act("open_group_dm", user="alice", users=["bob", "greeter"])

    await sandbox.control.act("post", user="bob", channel=opened["channel"], text="All of us")

    [said] = sandbox.world.workspace.messages[opened["channel"]].values()
    assert said.user == await bob.id()
    with pytest.raises(SandboxRefused, match="at least two other"):
        await sandbox.control.act("open_group_dm", user="alice", users=["alice"])


@pytest.mark.parametrize(
    "tab", [{}, {"messages_tab_enabled": True, "messages_tab_read_only_enabled": True}]
)
@pytest.mark.parametrize("words", ["Hello?", "/hello"])
async def test_an_app_need_not_take_direct_messages(tab: Json, words: str) -> None:
    closed = manifest()
    closed["features"]["app_home"] = tab
    async with Sandbox(closed, clock=Clock("virtual")) as sandbox:
        opened = await sandbox.control.act("open_dm", user="alice")

        with pytest.raises(SandboxRefused, match="Sending messages to this app is turned off"):
            await sandbox.person("alice").types(opened["channel"], words)
