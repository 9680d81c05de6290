"""Messages for later: scheduled, listed, called back, sent when their time has come."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.conversation.room import Room
from sandbox.server import Sandbox
from tests.sandbox.asking import plain, refusal

DAY = 86_400


def later(sandbox: Sandbox, seconds: int) -> int:
    return int(sandbox.clock.seconds()) + seconds


async def test_a_message_is_sent_when_its_time_has_come(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room
) -> None:
    blocks = [{"type": "section", "text": plain("in blocks")}]
    answer = await slack.chat_scheduleMessage(
        channel=room.id, post_at=later(sandbox, 600), text="soon", blocks=blocks
    )

    await sandbox.advance(598)
    early = [card.text for card in await room.messages()]
    await sandbox.advance(3)

    assert answer["scheduled_message_id"].startswith("Q")
    assert "soon" not in early
    card = await room.message("soon")
    assert card.blocks[0]["text"]["text"] == "in blocks"
    assert (await slack.chat_scheduledMessages_list())["scheduled_messages"] == []


async def test_a_reply_can_be_scheduled(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room
) -> None:
    parent = await slack.chat_postMessage(channel=room.id, text="parent")
    await slack.chat_scheduleMessage(
        channel=room.id, post_at=later(sandbox, 60), text="reply", thread_ts=parent["ts"]
    )

    await sandbox.advance(61)

    [reply] = await room.thread(await room.message("parent"))
    assert reply.text == "reply"


@pytest.mark.parametrize(
    ("ahead", "error"),
    [(-1, "time_in_past"), (0, "time_in_past"), (120 * DAY + 2, "time_too_far")],
)
async def test_a_time_is_ahead_but_not_far(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room, ahead: int, error: str
) -> None:
    call = slack.chat_scheduleMessage(channel=room.id, post_at=later(sandbox, ahead), text="x")

    assert await refusal(call) == error


async def test_what_cannot_be_posted_cannot_be_scheduled(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room, general: Room
) -> None:
    at = later(sandbox, 60)
    outside = slack.chat_scheduleMessage(channel=general.id, post_at=at, text="x")
    assert await refusal(outside) == "not_in_channel"
    nothing = slack.api_call(
        "chat.scheduleMessage", json={"channel": room.id, "post_at": at, "text": ""}
    )
    assert await refusal(nothing) == "no_text"
    await slack.conversations_archive(channel=room.id)

    archived = slack.chat_scheduleMessage(channel=room.id, post_at=at, text="x")

    assert await refusal(archived) == "is_archived"


async def test_only_so_many_messages_wait_for_the_same_five_minutes(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room
) -> None:
    at = later(sandbox, 3_600)
    for number in range(30):
        await slack.chat_scheduleMessage(channel=room.id, post_at=at + number, text="x")

    crowded = slack.chat_scheduleMessage(channel=room.id, post_at=at + 299, text="x")

    assert await refusal(crowded) == "restricted_too_many"
    await slack.chat_scheduleMessage(channel=room.id, post_at=at + 300, text="x")


async def test_a_scheduled_message_can_be_called_back(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room
) -> None:
    answer = await slack.chat_scheduleMessage(
        channel=room.id, post_at=later(sandbox, 600), text="never mind"
    )
    name = answer["scheduled_message_id"]
    listed = await slack.chat_scheduledMessages_list(channel=room.id)

    await slack.chat_deleteScheduledMessage(channel=room.id, scheduled_message_id=name)
    await sandbox.advance(601)

    assert [row["id"] for row in listed["scheduled_messages"]] == [name]
    assert "never mind" not in [card.text for card in await room.messages()]
    again = slack.chat_deleteScheduledMessage(channel=room.id, scheduled_message_id=name)
    assert await refusal(again) == "invalid_scheduled_message_id"


async def test_what_is_about_to_be_sent_cannot_be_called_back(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room
) -> None:
    answer = await slack.chat_scheduleMessage(
        channel=room.id, post_at=later(sandbox, 30), text="too late"
    )

    call = slack.chat_deleteScheduledMessage(
        channel=room.id, scheduled_message_id=answer["scheduled_message_id"]
    )

    assert await refusal(call) == "invalid_scheduled_message_id"


async def test_the_list_is_of_a_channel_and_a_time(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room
) -> None:
    for seconds in (100, 200, 300):
        await slack.chat_scheduleMessage(
            channel=room.id, post_at=later(sandbox, seconds), text=f"in {seconds}"
        )

    middle = await slack.chat_scheduledMessages_list(
        oldest=str(later(sandbox, 150)), latest=str(later(sandbox, 250))
    )
    first = await slack.chat_scheduledMessages_list(limit=1)

    assert [row["text"] for row in middle["scheduled_messages"]] == ["in 200"]
    assert [row["text"] for row in first["scheduled_messages"]] == ["in 100"]
    cursor = first["response_metadata"]["next_cursor"]
    rest = await slack.chat_scheduledMessages_list(cursor=cursor)
    assert [row["text"] for row in rest["scheduled_messages"]] == ["in 200", "in 300"]
    wrong = slack.chat_scheduledMessages_list(channel="C404")
    assert await refusal(wrong) == "invalid_channel"


async def test_a_message_for_a_channel_that_was_archived_is_dropped(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room
) -> None:
    await slack.chat_scheduleMessage(channel=room.id, post_at=later(sandbox, 60), text="lost")
    await slack.conversations_archive(channel=room.id)

    await sandbox.advance(61)

    assert "lost" not in [card.text for card in await room.messages()]


async def test_scheduled_messages_survive_a_snapshot(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room
) -> None:
    await slack.chat_scheduleMessage(channel=room.id, post_at=later(sandbox, 60), text="still")

    state = await sandbox.snapshot()
    await sandbox.reset()
    await sandbox.restore(state)
    await sandbox.advance(61)

    assert [card.text for card in await room.messages()].count("still") == 1
