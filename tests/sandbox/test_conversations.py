"""conversations.*: channels made, changed, joined, left and archived as Slack allows."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.conversation.person import Person
from sandbox.conversation.room import Room
from sandbox.server import Sandbox
from tests.sandbox.asking import refusal, refused


async def subtypes(room: Room) -> list[str]:
    return [str(card.wire.get("subtype", "")) for card in await room.messages()]


async def test_the_creator_is_a_member_and_the_channel_says_so(
    sandbox: Sandbox, slack: AsyncWebClient
) -> None:
    made = await slack.conversations_create(name="inc-1")

    room = await sandbox.channel_named("inc-1")
    assert made["channel"]["is_member"]
    assert room.wire["members"] == [sandbox.world.workspace.team.bot_user_id]
    assert await subtypes(room) == ["channel_join"]


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("", "invalid_name_required"),
        ("x" * 81, "invalid_name_maxlength"),
        ("Checkout", "invalid_name_specials"),
        ("check out", "invalid_name_specials"),
        ("---", "invalid_name_punctuation"),
        ("general", "name_taken"),
    ],
)
async def test_a_bad_name_has_its_own_error(slack: AsyncWebClient, name: str, error: str) -> None:
    assert await refusal(slack.conversations_create(name=name)) == error


async def test_a_name_of_80_characters_is_taken(slack: AsyncWebClient) -> None:
    made = await slack.conversations_create(name="x" * 80)

    assert made["channel"]["name"] == "x" * 80


async def test_an_archived_channel_keeps_its_name(slack: AsyncWebClient, room: Room) -> None:
    await slack.conversations_archive(channel=room.id)

    assert await refusal(slack.conversations_create(name="room")) == "name_taken"


async def test_preferences_may_forbid_channels(sandbox: Sandbox, slack: AsyncWebClient) -> None:
    await sandbox.settings(restricted_actions=["conversations.create"])

    assert await refusal(slack.conversations_create(name="inc-1")) == "restricted_action"


async def test_renaming_keeps_the_old_name_on_record(slack: AsyncWebClient, room: Room) -> None:
    renamed = await slack.conversations_rename(channel=room.id, name="chamber")

    assert renamed["channel"]["previous_names"] == ["room"]
    assert (await subtypes(room))[-1] == "channel_name"


async def test_the_topic_is_set_and_announced(slack: AsyncWebClient, room: Room) -> None:
    await slack.conversations_setTopic(channel=room.id, topic="x" * 250)
    await slack.conversations_setPurpose(channel=room.id, purpose="why")

    assert (await room.fresh()).wire["topic"] == "x" * 250
    assert (await room.fresh()).wire["purpose"] == "why"
    assert (await subtypes(room))[-2:] == ["channel_topic", "channel_purpose"]


async def test_a_topic_of_251_characters_is_too_long(slack: AsyncWebClient, room: Room) -> None:
    call = slack.conversations_setTopic(channel=room.id, topic="x" * 251)
    assert await refusal(call) == "too_long"

    call = slack.conversations_setPurpose(channel=room.id, purpose="x" * 251)
    assert await refusal(call) == "too_long"


async def test_a_topic_may_be_emptied(slack: AsyncWebClient, room: Room) -> None:
    await slack.conversations_setTopic(channel=room.id, topic="old")

    await slack.conversations_setTopic(channel=room.id, topic="")

    assert (await room.fresh()).wire["topic"] == ""


async def test_outsiders_change_nothing(slack: AsyncWebClient, general: Room) -> None:
    call = slack.conversations_setTopic(channel=general.id, topic="x")

    assert await refusal(call) == "not_in_channel"


async def test_inviting_adds_people(slack: AsyncWebClient, room: Room, bob: Person) -> None:
    await slack.conversations_invite(channel=room.id, users=[await bob.id()])

    assert await bob.id() in (await room.fresh()).wire["members"]


async def test_an_invitation_says_who_cannot_come(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room, alice: Person, bob: Person
) -> None:
    team = sandbox.world.workspace.team
    users = ["U404", team.bot_user_id, await alice.id(), await bob.id()]

    answer = await refused(slack.conversations_invite(channel=room.id, users=users))

    assert answer["error"] == "user_not_found"
    assert [row["error"] for row in answer["errors"]] == [
        "user_not_found",
        "cant_invite_self",
        "already_in_channel",
    ]
    assert await bob.id() not in (await room.fresh()).wire["members"]


async def test_a_forced_invitation_skips_who_cannot_come(
    slack: AsyncWebClient, room: Room, bob: Person
) -> None:
    await slack.conversations_invite(channel=room.id, users=["U404", await bob.id()], force=True)

    assert await bob.id() in (await room.fresh()).wire["members"]


async def test_at_most_a_hundred_are_invited_at_once(slack: AsyncWebClient, room: Room) -> None:
    call = slack.conversations_invite(channel=room.id, users=["U404"] * 101)

    assert await refusal(call) == "invalid_arguments"


async def test_kicking_removes_somebody(slack: AsyncWebClient, room: Room, alice: Person) -> None:
    await slack.conversations_kick(channel=room.id, user=await alice.id())

    assert await alice.id() not in (await room.fresh()).wire["members"]
    call = slack.conversations_kick(channel=room.id, user=await alice.id())
    assert await refusal(call) == "not_in_channel"


async def test_the_bot_cannot_kick_itself(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room
) -> None:
    bot = sandbox.world.workspace.team.bot_user_id

    assert await refusal(slack.conversations_kick(channel=room.id, user=bot)) == "cant_kick_self"


async def test_joining_twice_is_a_warning(slack: AsyncWebClient, general: Room) -> None:
    await slack.conversations_join(channel=general.id)

    again = await slack.conversations_join(channel=general.id)

    assert again["warning"] == "already_in_channel"


async def test_nobody_leaves_or_archives_general(slack: AsyncWebClient, general: Room) -> None:
    await slack.conversations_join(channel=general.id)

    assert await refusal(slack.conversations_leave(channel=general.id)) == "cant_leave_general"
    assert await refusal(slack.conversations_archive(channel=general.id)) == "cant_archive_general"


async def test_archiving_twice_is_refused(slack: AsyncWebClient, room: Room) -> None:
    await slack.conversations_archive(channel=room.id)

    assert await refusal(slack.conversations_archive(channel=room.id)) == "already_archived"


async def test_unarchiving_needs_an_archived_channel(slack: AsyncWebClient, room: Room) -> None:
    assert await refusal(slack.conversations_unarchive(channel=room.id)) == "not_archived"
    await slack.conversations_archive(channel=room.id)

    await slack.conversations_unarchive(channel=room.id)

    assert not (await room.fresh()).wire["is_archived"]


async def test_a_private_channel_is_invisible_to_outsiders(
    sandbox: Sandbox, slack: AsyncWebClient, alice: Person
) -> None:
    made = await sandbox.control.act("create_channel", user="alice", name="secret", is_private=True)

    assert await refusal(slack.conversations_info(channel=made["channel"])) == "channel_not_found"
    call = slack.chat_postMessage(channel=made["channel"], text="x")
    assert await refusal(call) == "channel_not_found"
    call = slack.chat_postMessage(channel="#secret", text="x")
    assert await refusal(call) == "channel_not_found"


async def test_direct_messages_are_no_channels_to_archive(
    slack: AsyncWebClient, alice: Person
) -> None:
    opened = await slack.conversations_open(users=[await alice.id()])

    call = slack.conversations_archive(channel=opened["channel"]["id"])

    assert await refusal(call) == "method_not_supported_for_channel_type"


async def test_opening_a_direct_message_again_changes_nothing(
    slack: AsyncWebClient, alice: Person
) -> None:
    first = await slack.conversations_open(users=[await alice.id()])

    second = await slack.conversations_open(users=[await alice.id()])

    assert second["channel"]["id"] == first["channel"]["id"]
    assert second["already_open"]
    assert await refusal(slack.conversations_open(users=["U404"])) == "user_not_found"
    assert await refusal(slack.conversations_open(users=[])) == "users_list_not_supplied"
