"""Who may do what with a channel: creators, guests, people who have left, preferences."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.conversation.control import SandboxRefused
from sandbox.conversation.person import Person
from sandbox.conversation.room import Room
from sandbox.server import Sandbox
from tests.sandbox.asking import refusal, refused


async def test_only_its_creator_or_an_admin_renames_a_channel(
    slack: AsyncWebClient, general: Room
) -> None:
    await slack.conversations_join(channel=general.id)

    call = slack.conversations_rename(channel=general.id, name="everything")

    assert await refusal(call) == "not_authorized"


async def test_archived_channels_and_user_groups_keep_their_names(
    slack: AsyncWebClient, room: Room
) -> None:
    await slack.conversations_archive(channel=room.id)
    await slack.usergroups_create(name="On call", handle="on-call")

    assert await refusal(slack.conversations_create(name="room")) == "name_taken"
    assert await refusal(slack.conversations_create(name="on-call")) == "name_taken"


async def test_guests_are_not_invited_by_an_app(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room
) -> None:
    await sandbox.control.act("add_person", name="gus", is_restricted=True)
    guest = await sandbox.person("gus").id()

    call = slack.conversations_invite(channel=room.id, users=guest)

    assert await refusal(call) == "user_is_restricted"


async def test_with_force_those_are_invited_who_can_be(
    slack: AsyncWebClient, room: Room, bob: Person
) -> None:
    users = [await bob.id(), "U404", "USLACKBOT"]
    nobody = await refused(slack.conversations_invite(channel=room.id, users=users))
    assert await bob.id() not in (await room.fresh()).wire["members"]

    answer = await slack.conversations_invite(channel=room.id, users=users, force=True)

    assert nobody["errors"] == [
        {"user": "U404", "ok": False, "error": "user_not_found"},
        {"user": "USLACKBOT", "ok": False, "error": "cant_invite"},
    ]
    assert answer["errors"] == nobody["errors"]
    assert await bob.id() in (await room.fresh()).wire["members"]


async def test_nobody_is_removed_from_an_archived_channel(
    slack: AsyncWebClient, room: Room, alice: Person
) -> None:
    await slack.conversations_archive(channel=room.id)

    call = slack.conversations_kick(channel=room.id, user=await alice.id())

    assert await refusal(call) == "not_supported"


async def test_a_direct_message_is_opened_with_one_to_eight_others(
    sandbox: Sandbox, slack: AsyncWebClient, alice: Person
) -> None:
    myself = sandbox.world.workspace.team.bot_user_id
    assert await refusal(slack.conversations_open(users=myself)) == "not_enough_users"
    crowd = [f"U{number}" for number in range(9)]
    assert await refusal(slack.conversations_open(users=crowd)) == "too_many_users"
    unasked = slack.conversations_open(users=await alice.id(), prevent_creation=True)
    assert await refusal(unasked) == "channel_not_found"

    opened = await slack.conversations_open(users=await alice.id())

    again = await slack.conversations_open(users=await alice.id(), prevent_creation=True)
    assert again["channel"]["id"] == opened["channel"]["id"]


async def test_whoever_has_left_gets_no_messages(
    sandbox: Sandbox, slack: AsyncWebClient, alice: Person, bob: Person
) -> None:
    hers, his = await alice.id(), await bob.id()
    direct = (await slack.conversations_open(users=hers))["channel"]["id"]
    for name in ("alice", "bob"):
        await sandbox.control.act("change_person", user=name, deleted=True)

    assert await refusal(slack.conversations_open(users=his)) == "user_disabled"
    assert await refusal(slack.chat_postMessage(channel=his, text="x")) == "channel_not_found"
    assert await refusal(slack.chat_postMessage(channel=direct, text="x")) == "is_archived"
    shown = (await slack.conversations_info(channel=direct))["channel"]
    assert shown["is_user_deleted"] is True


async def test_preferences_speak_each_methods_own_language(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room
) -> None:
    await sandbox.settings(
        restricted_actions=[
            "bookmarks.add:#room",
            "conversations.archive:#room",
            "conversations.create:private",
            "conversations.rename",
            "conversations.setTopic",
        ]
    )
    bookmark = slack.bookmarks_add(
        channel_id=room.id, title="x", type="link", link="https://example.com"
    )

    assert await refusal(bookmark) == "permission_denied"
    assert await refusal(slack.conversations_archive(channel=room.id)) == "restricted_action"
    secret = slack.conversations_create(name="secret", is_private=True)
    assert await refusal(secret) == "restricted_action"
    await slack.conversations_create(name="open")
    rename = slack.conversations_rename(channel=room.id, name="other")
    assert await refusal(rename) == "not_authorized"
    topic = slack.conversations_setTopic(channel=room.id, topic="t")
    assert await refusal(topic) == "user_is_restricted"


async def test_preferences_forbid_only_what_slack_can_refuse(sandbox: Sandbox) -> None:
    with pytest.raises(SandboxRefused, match=r"preferences cannot forbid users\.list"):
        await sandbox.settings(restricted_actions=["users.list"])
    with pytest.raises(SandboxRefused, match="edit_window_seconds is a number"):
        await sandbox.settings(edit_window_seconds="long")
    with pytest.raises(SandboxRefused, match="uploads is one of all, images, none"):
        await sandbox.settings(uploads="some")


async def test_a_notice_is_not_pinned(slack: AsyncWebClient, room: Room) -> None:
    history = await slack.conversations_history(channel=room.id)

    call = slack.pins_add(channel=room.id, timestamp=history["messages"][0]["ts"])

    assert await refusal(call) == "not_pinnable"


async def test_attachments_that_say_nothing_are_no_message(
    slack: AsyncWebClient, room: Room
) -> None:
    call = slack.api_call(
        "chat.postMessage", json={"channel": room.id, "attachments": [{"color": "#ff0000"}]}
    )

    assert await refusal(call) == "no_text"


async def test_new_apps_speak_as_themselves(slack: AsyncWebClient, room: Room) -> None:
    call = slack.api_call(
        "chat.postMessage", json={"channel": room.id, "text": "x", "as_user": True}
    )

    assert await refusal(call) == "as_user_not_supported"
