"""What the app has read, and the direct messages it has put away."""

from slack_sdk.web.async_client import AsyncWebClient

from sandbox.conversation.person import Person
from sandbox.conversation.room import Room
from sandbox.server import Sandbox
from tests.sandbox.asking import refusal


async def test_a_mark_counts_what_came_after_it(slack: AsyncWebClient, alice: Person) -> None:
    direct = (await slack.conversations_open(users=await alice.id()))["channel"]["id"]
    first = await slack.chat_postMessage(channel=direct, text="one")
    await slack.chat_postMessage(channel=direct, text="two")

    await slack.conversations_mark(channel=direct, ts=first["ts"])

    shown = (await slack.conversations_info(channel=direct))["channel"]
    assert (shown["last_read"], shown["unread_count"]) == (first["ts"], 1)


async def test_marks_are_for_members_and_name_a_time(
    slack: AsyncWebClient, room: Room, general: Room
) -> None:
    wrong = slack.conversations_mark(channel=room.id, ts="yesterday")
    assert await refusal(wrong) == "invalid_timestamp"
    outside = slack.conversations_mark(channel=general.id, ts="1.000001")
    assert await refusal(outside) == "not_in_channel"


async def test_a_direct_message_is_closed_and_opened_again(
    slack: AsyncWebClient, alice: Person
) -> None:
    user = await alice.id()
    direct = (await slack.conversations_open(users=user))["channel"]["id"]

    await slack.conversations_close(channel=direct)
    again = await slack.conversations_close(channel=direct)
    reopened = await slack.conversations_open(users=user)

    assert again["already_closed"] is True
    assert reopened["channel"]["id"] == direct
    assert "already_open" not in reopened.data
    assert (await slack.conversations_info(channel=direct))["channel"]["is_open"] is True


async def test_channels_are_left_not_closed(slack: AsyncWebClient, room: Room) -> None:
    call = slack.conversations_close(channel=room.id)

    assert await refusal(call) == "method_not_supported_for_channel_type"


async def test_marks_survive_a_snapshot(
    sandbox: Sandbox, slack: AsyncWebClient, alice: Person
) -> None:
    direct = (await slack.conversations_open(users=await alice.id()))["channel"]["id"]
    first = await slack.chat_postMessage(channel=direct, text="one")
    await slack.conversations_mark(channel=direct, ts=first["ts"])

    await sandbox.restore(await sandbox.snapshot())

    shown = (await slack.conversations_info(channel=direct))["channel"]
    assert shown["last_read"] == first["ts"]
