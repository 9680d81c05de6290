"""Which events there are, for whom, and what only they have."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.clock import Clock
from sandbox.conversation.person import Person
from sandbox.conversation.room import Room
from sandbox.facts.events import (
    EVENT_SCOPES,
    SCOPES_BY_FAMILY,
    VISIBLE_ANYWHERE,
    VISIBLE_WITHOUT_MEMBERSHIP,
)
from sandbox.server import Sandbox
from tests.sandbox.everything import DOMAIN, full_manifest
from tests.sandbox.listening_app import ListeningApp
from tests.sandbox.reference import read

PAGE = (Path(__file__).parents[2] / "docs/sandbox.md").read_text(encoding="utf-8")
# Slack's reference lists them no more, though it sends them, and samples of them were recorded.
UNLISTED = {"channel_archive", "channel_unarchive", "group_archive", "group_unarchive"}


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(full_manifest(), clock=Clock("virtual")) as sandbox:
        yield sandbox


def kinds(app: ListeningApp) -> list[str]:
    events = [told.payload["event"] for told in app.told if "event" in told.payload]
    return [f"{event['type']} {event.get('subtype', '')}".strip() for event in events]


def test_every_event_needs_the_scopes_the_reference_says() -> None:
    documented = read("event-scopes.json")

    assert set(EVENT_SCOPES) - set(documented) == UNLISTED
    for name in set(EVENT_SCOPES) - UNLISTED:
        assert EVENT_SCOPES[name] == frozenset(documented[name]["scopes"]), name
        assert "Events" in documented[name]["apis"], name
    for name, families in SCOPES_BY_FAMILY.items():
        assert set(families.values()) == EVENT_SCOPES[name]


def test_the_page_of_the_sandbox_lists_what_is_sent() -> None:
    [line] = [line for line in PAGE.splitlines() if line.startswith("- **Other events")]
    listed, _, _others = line.partition("An app can subscribe")

    assert re.findall(r"`([\w.]+)`", listed) == list(EVENT_SCOPES)


def test_the_tables_of_who_sees_what_name_events_that_are_sent() -> None:
    assert set(EVENT_SCOPES) >= VISIBLE_WITHOUT_MEMBERSHIP | VISIBLE_ANYWHERE


async def test_public_channels_are_told_of_and_private_ones_are_not(
    sandbox: Sandbox, app: ListeningApp
) -> None:
    act = sandbox.control.act
    for private in (False, True):
        name = f"private-{private}".lower()
        made = await act("create_channel", user="alice", name=name, is_private=private)
        await act("rename", user="alice", channel=made["channel"], name=f"{name}-2")
        await act("archive", user="alice", channel=made["channel"])
        await act("delete_channel", user="alice", channel=made["channel"])
    await sandbox.settled()

    told = ["channel_created", "channel_rename", "channel_archive", "channel_deleted"]
    assert kinds(app) == told


async def test_a_channel_that_is_shared_or_converted_is_told_of(
    sandbox: Sandbox, app: ListeningApp, slack: AsyncWebClient, room: Room, alice: Person
) -> None:
    await slack.conversations_join(channel=room.id)
    await sandbox.settled()
    app.told.clear()

    await alice.shares(room)
    await alice.unshares(room)
    await alice.converts(room)
    private = (await slack.conversations_info(channel=room.id))["channel"]["is_private"]
    await alice.converts(room)
    await sandbox.settled()

    assert private
    assert kinds(app) == [
        "channel_shared",
        "channel_unshared",
        "message channel_convert_to_private",
        "message channel_convert_to_public",
    ]


async def test_the_bot_hears_of_its_own_going(
    sandbox: Sandbox, app: ListeningApp, slack: AsyncWebClient, room: Room, alice: Person
) -> None:
    await slack.conversations_leave(channel=room.id)
    await sandbox.settled()
    app.told.clear()

    await alice.types(room, "Now among ourselves")
    await sandbox.settled()

    assert app.told == []


@pytest.mark.parametrize(
    ("private", "kind"), [(False, "channel"), (True, "group")], ids=["public", "private"]
)
async def test_who_joins_and_who_leaves_is_told_twice(
    sandbox: Sandbox, app: ListeningApp, slack: AsyncWebClient, private: bool, kind: str
) -> None:
    made = (await slack.conversations_create(name="place", is_private=private))["channel"]["id"]
    await sandbox.settled()
    app.told.clear()

    bob = await sandbox.person("bob").id()
    await slack.conversations_invite(channel=made, users=bob)
    await sandbox.control.act("leave", user="bob", channel=made)
    await sandbox.settled()

    joined, member, left, gone = [told.payload["event"] for told in app.told]
    assert kinds(app) == [
        f"message {kind}_join",
        "member_joined_channel",
        f"message {kind}_leave",
        "member_left_channel",
    ]
    assert {event["user"] for event in (joined, member, left, gone)} == {bob}
    assert {event["channel"] for event in (joined, member, left, gone)} == {made}
    assert joined["inviter"] == member["inviter"] == sandbox.world.workspace.team.bot_user_id


@pytest.mark.parametrize(
    ("private", "kind"), [(False, "channel"), (True, "group")], ids=["public", "private"]
)
async def test_the_bot_is_told_that_it_has_left(
    app: ListeningApp, slack: AsyncWebClient, bob: Person, private: bool, kind: str
) -> None:
    made = (await slack.conversations_create(name="place", is_private=private))["channel"]["id"]
    await slack.conversations_invite(channel=made, users=await bob.id())

    await slack.conversations_leave(channel=made)

    assert (await app.hears(f"{kind}_left")).payload["event"]["channel"] == made


async def test_emoji_come_with_an_address_and_go_by_name(
    sandbox: Sandbox, app: ListeningApp
) -> None:
    url = "https://example.com/bell.png"

    await sandbox.control.act("add_emoji", name="bell-2", url=url)
    await sandbox.control.act("remove_emoji", name="bell-2")
    await app.hears("emoji_changed", 2)

    added, removed = [told.payload["event"] for told in app.heard("emoji_changed")]
    assert (added["subtype"], added["name"], added["value"]) == ("add", "bell-2", url)
    assert (removed["subtype"], removed["names"]) == ("remove", ["bell-2"])


async def test_a_new_id_comes_with_the_old_one(
    sandbox: Sandbox, app: ListeningApp, slack: AsyncWebClient, room: Room, alice: Person
) -> None:
    await alice.types(room, "Remember this")

    moved = await sandbox.control.act("change_channel_id", user="alice", channel=room.id)

    event = (await app.hears("channel_id_changed")).payload["event"]
    assert event["old_channel_id"] == room.id
    assert event["new_channel_id"] == moved["channel"]
    kept = await slack.conversations_history(channel=moved["channel"])
    assert "Remember this" in [message["text"] for message in kept["messages"]]


async def test_a_direct_message_is_created_once_and_talked_in(
    sandbox: Sandbox, app: ListeningApp, alice: Person
) -> None:
    opened = await sandbox.control.act("open_dm", user="alice")
    await sandbox.control.act("open_dm", user="alice")
    await alice.types(opened["channel"], "@greeter psst")
    await sandbox.settled()

    # Mentioning the bot in its own room is a message like any other.
    assert kinds(app) == ["im_created", "message"]
    assert app.heard("message")[0].payload["event"]["channel_type"] == "im"


async def test_both_tabs_of_the_app_are_told(
    sandbox: Sandbox, app: ListeningApp, slack: AsyncWebClient, alice: Person
) -> None:
    view = {"type": "home", "blocks": [{"type": "divider"}]}
    await slack.views_publish(user_id=await alice.id(), view=view)

    await sandbox.control.act("open_home", user="alice")
    await sandbox.control.act("open_home", user="alice", tab="messages")
    await app.hears("app_home_opened", 2)

    home, messages = (told.payload["event"] for told in app.heard("app_home_opened"))
    assert (home["tab"], home["view"]["type"]) == ("home", "home")
    assert messages["tab"] == "messages"
    assert "view" not in messages


@pytest.mark.parametrize(
    ("words", "links"),
    [
        (f"https://{DOMAIN}/1", [{"domain": DOMAIN, "url": f"https://{DOMAIN}/1"}]),
        ("https://elsewhere.example/1", None),
        ("no link at all", None),
    ],
)
async def test_links_to_the_apps_domains_are_told(
    sandbox: Sandbox, app: ListeningApp, general: Room, alice: Person, words: str, links: object
) -> None:
    await alice.types(general, words)
    await sandbox.settled()

    told = [one.payload["event"] for one in app.heard("link_shared")]
    assert (told[0]["links"] if told else None) == links
    assert not any(event["is_bot_user_member"] for event in told)


async def test_a_changed_person_is_told_twice_with_different_ids(
    sandbox: Sandbox, app: ListeningApp
) -> None:
    await sandbox.control.act("change_person", user="alice", title="Captain")
    await sandbox.settled()

    assert kinds(app) == ["user_change", "user_profile_changed"]
    ids = [told.payload["event_id"] for told in app.told]
    assert len(set(ids)) == 2


async def test_the_scope_is_that_of_the_kind_of_channel(
    sandbox: Sandbox, app: ListeningApp, slack: AsyncWebClient
) -> None:
    kept = sandbox.world.credentials.granted("bot") - {"groups:read"}
    await sandbox.token("bot", scopes=sorted(kept))

    await slack.conversations_create(name="open")
    await slack.conversations_create(name="secret", is_private=True)
    await sandbox.settled()

    joined = [told.payload["event"]["channel_type"] for told in app.heard("member_joined_channel")]
    assert joined == ["C"]


async def test_nothing_is_told_after_the_app_has_gone(sandbox: Sandbox, app: ListeningApp) -> None:
    await sandbox.control.act("uninstall")
    await sandbox.control.act("change_person", user="alice", title="Captain")
    await sandbox.settled()

    assert kinds(app) == ["app_uninstalled", "tokens_revoked"]


async def test_a_mention_where_the_bot_is_not_is_told_to_nobody_but_its_author(
    sandbox: Sandbox, app: ListeningApp, general: Room, alice: Person, bob: Person
) -> None:
    await alice.types(general, "@greeter are you there?")
    await sandbox.settled()

    assert app.heard("app_mention") == []
    assert "not in this channel" in (await alice.ephemerals(general))[0].text
    assert await bob.ephemerals(general) == []


@pytest.mark.parametrize(
    ("private", "kind"), [(False, "channel"), (True, "group")], ids=["public", "private"]
)
async def test_a_message_says_in_what_kind_of_channel_it_is(
    app: ListeningApp, slack: AsyncWebClient, private: bool, kind: str
) -> None:
    made = await slack.conversations_create(name="place", is_private=private)

    await slack.chat_postMessage(channel=made["channel"]["id"], text="Hi")

    # The first one says that the bot has joined.
    joined, said = [await app.hears("message", number) for number in (1, 2)]
    assert joined.payload["event"]["subtype"] == f"{kind}_join"
    assert said.payload["event"]["channel_type"] == kind


async def test_group_messages_have_a_subscription_of_their_own(
    sandbox: Sandbox, app: ListeningApp, bob: Person
) -> None:
    opened = await sandbox.control.act("open_group_dm", user="alice", users=["bob", "greeter"])

    await bob.types(opened["channel"], "All of us, @greeter too")

    event = (await app.hears("message")).payload["event"]
    assert event["channel_type"] == "mpim"
    assert (await app.hears("app_mention")).payload["event"]["channel"] == opened["channel"]
