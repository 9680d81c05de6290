"""Lists, histories and members: windows, cursors, and what is left out."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.conversation.person import Person
from sandbox.conversation.room import Room
from tests.sandbox.asking import refusal


async def post_letters(slack: AsyncWebClient, room: Room, letters: str) -> list[str]:
    return [
        str((await slack.chat_postMessage(channel=room.id, text=letter))["ts"])
        for letter in letters
    ]


async def test_the_history_is_newest_first_in_pages(slack: AsyncWebClient, room: Room) -> None:
    await post_letters(slack, room, "abc")

    first = await slack.conversations_history(channel=room.id, limit=2)
    cursor = first["response_metadata"]["next_cursor"]
    second = await slack.conversations_history(channel=room.id, limit=2, cursor=cursor)

    assert [message["text"] for message in first["messages"]] == ["c", "b"]
    assert first["has_more"]
    assert second["messages"][0]["text"] == "a"


async def test_the_ends_of_a_window_count_only_when_inclusive(
    slack: AsyncWebClient, room: Room
) -> None:
    times = await post_letters(slack, room, "abc")
    window = {"channel": room.id, "oldest": times[0], "latest": times[2]}

    open_ends = await slack.api_call("conversations.history", params=window)
    closed_ends = await slack.api_call("conversations.history", params=window | {"inclusive": "1"})

    assert [message["text"] for message in open_ends["messages"]] == ["b"]
    assert [message["text"] for message in closed_ends["messages"]] == ["c", "b", "a"]


async def test_metadata_is_shown_when_asked_for(slack: AsyncWebClient, room: Room) -> None:
    metadata = {"event_type": "card", "event_payload": {"id": "1"}}
    await slack.chat_postMessage(channel=room.id, text="a", metadata=metadata)

    without = await slack.conversations_history(channel=room.id, limit=1)
    with_it = await slack.conversations_history(channel=room.id, limit=1, include_all_metadata=True)

    assert "metadata" not in without["messages"][0]
    assert with_it["messages"][0]["metadata"] == metadata


async def test_ephemeral_messages_and_replies_are_not_history(
    slack: AsyncWebClient, room: Room, alice: Person
) -> None:
    times = await post_letters(slack, room, "a")
    await slack.chat_postMessage(channel=room.id, text="reply", thread_ts=times[0])
    await slack.chat_postEphemeral(channel=room.id, user=await alice.id(), text="whisper")

    history = await slack.conversations_history(channel=room.id, limit=1)

    assert history["messages"][0]["text"] == "a"
    assert history["messages"][0]["reply_count"] == 1


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"oldest": "yesterday"}, "invalid_ts_oldest"),
        ({"latest": "-1"}, "invalid_ts_latest"),
        ({"cursor": "???"}, "invalid_cursor"),
    ],
)
async def test_bad_windows_are_refused(
    slack: AsyncWebClient, room: Room, arguments: dict[str, str], error: str
) -> None:
    call = slack.api_call("conversations.history", params={"channel": room.id, **arguments})

    assert await refusal(call) == error


async def test_history_is_for_members(slack: AsyncWebClient, general: Room) -> None:
    assert await refusal(slack.conversations_history(channel=general.id)) == "not_in_channel"


async def test_a_thread_that_is_not_there_is_not_found(slack: AsyncWebClient, room: Room) -> None:
    call = slack.conversations_replies(channel=room.id, ts="1.000001")

    assert await refusal(call) == "thread_not_found"


async def test_channels_are_listed_by_type(slack: AsyncWebClient, room: Room) -> None:
    await slack.conversations_create(name="hidden", is_private=True)

    public = await slack.conversations_list(types="public_channel")
    private = await slack.conversations_list(types="private_channel")

    assert {channel["name"] for channel in public["channels"]} == {"general", "incidents", "room"}
    assert [channel["name"] for channel in private["channels"]] == ["hidden"]
    assert await refusal(slack.conversations_list(types="secret")) == "invalid_types"


async def test_archived_channels_can_be_left_out(slack: AsyncWebClient, room: Room) -> None:
    await slack.conversations_archive(channel=room.id)

    listed = await slack.conversations_list(exclude_archived=True)

    assert "room" not in {channel["name"] for channel in listed["channels"]}


async def test_lists_come_in_pages(slack: AsyncWebClient) -> None:
    names = []
    async for page in await slack.conversations_list(limit=1):
        names += [channel["name"] for channel in page["channels"]]

    assert names == ["general", "incidents"]


async def test_members_and_the_channels_of_a_user_are_listed(
    slack: AsyncWebClient, room: Room, alice: Person
) -> None:
    members = await slack.conversations_members(channel=room.id)
    mine = await slack.users_conversations()

    assert await alice.id() in members["members"]
    assert [channel["name"] for channel in mine["channels"]] == ["room"]


async def test_a_channel_can_tell_how_many_are_in_it(slack: AsyncWebClient, room: Room) -> None:
    info = await slack.conversations_info(channel=room.id, include_num_members=True)

    assert info["channel"]["num_members"] == 2
