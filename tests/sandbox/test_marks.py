"""Pins, bookmarks and reactions."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.conversation.room import Room
from tests.sandbox.asking import refusal


@pytest.fixture
async def ts(slack: AsyncWebClient, room: Room) -> str:
    return str((await slack.chat_postMessage(channel=room.id, text="card"))["ts"])


async def test_a_pin_is_listed_and_announced(slack: AsyncWebClient, room: Room, ts: str) -> None:
    await slack.pins_add(channel=room.id, timestamp=ts)

    pins = await slack.pins_list(channel=room.id)
    assert [item["message"]["ts"] for item in pins["items"]] == [ts]
    assert (await room.message("card")).is_pinned
    assert (await room.messages())[-1].wire["subtype"] == "pinned_item"


async def test_pinning_twice_is_refused(slack: AsyncWebClient, room: Room, ts: str) -> None:
    await slack.pins_add(channel=room.id, timestamp=ts)

    call = slack.pins_add(channel=room.id, timestamp=ts)

    assert await refusal(call) == "already_pinned"


async def test_a_pin_can_be_taken_off_once(slack: AsyncWebClient, room: Room, ts: str) -> None:
    await slack.pins_add(channel=room.id, timestamp=ts)

    await slack.pins_remove(channel=room.id, timestamp=ts)

    assert await refusal(slack.pins_remove(channel=room.id, timestamp=ts)) == "not_pinned"


@pytest.mark.parametrize(
    ("timestamp", "error"),
    [
        ("", "no_item_specified"),
        ("soon", "bad_timestamp"),
        ("1.000001", "message_not_found"),
    ],
)
async def test_only_messages_are_pinned(
    slack: AsyncWebClient, room: Room, timestamp: str, error: str
) -> None:
    assert await refusal(slack.pins_add(channel=room.id, timestamp=timestamp)) == error


async def test_a_bookmark_lives_and_changes(slack: AsyncWebClient, room: Room) -> None:
    added = await slack.bookmarks_add(
        channel_id=room.id, title="Status", type="link", link="https://example.com", emoji=":bell:"
    )
    name = added["bookmark"]["id"]

    await slack.bookmarks_edit(bookmark_id=name, channel_id=room.id, title="State")

    listed = await slack.bookmarks_list(channel_id=room.id)
    assert [(row["title"], row["link"]) for row in listed["bookmarks"]] == [
        ("State", "https://example.com")
    ]
    await slack.bookmarks_remove(bookmark_id=name, channel_id=room.id)
    call = slack.bookmarks_remove(bookmark_id=name, channel_id=room.id)
    assert await refusal(call) == "not_found"


@pytest.mark.parametrize(
    ("parts", "error"),
    [
        ({"link": "ftp://example.com"}, "invalid_link"),
        ({"link": "https://example.com/" + "x" * 2_048}, "invalid_link"),
        ({"link": ""}, "invalid_link"),
        ({"title": "x" * 257}, "invalid_arguments"),
        ({"emoji": "bell"}, "invalid_emoji"),
        ({"type": "folder"}, "invalid_bookmark_type"),
        ({"channel_id": "C404"}, "channel_not_found"),
    ],
)
async def test_a_bad_bookmark_is_refused(
    slack: AsyncWebClient, room: Room, parts: dict[str, str], error: str
) -> None:
    good = {
        "channel_id": room.id,
        "title": "Status",
        "type": "link",
        "link": "https://example.com",
    }

    assert await refusal(slack.api_call("bookmarks.add", json=good | parts)) == error


async def test_outsiders_set_no_bookmarks(slack: AsyncWebClient, general: Room) -> None:
    call = slack.bookmarks_add(
        channel_id=general.id, title="x", type="link", link="https://example.com"
    )

    assert await refusal(call) == "permission_denied"


async def test_a_reaction_counts_once_per_user(slack: AsyncWebClient, room: Room, ts: str) -> None:
    await slack.reactions_add(channel=room.id, timestamp=ts, name="eyes")

    again = slack.reactions_add(channel=room.id, timestamp=ts, name="eyes")

    assert await refusal(again) == "already_reacted"
    assert (await room.message("card")).wire["reactions"][0]["name"] == "eyes"
    await slack.reactions_remove(channel=room.id, timestamp=ts, name="eyes")
    gone = slack.reactions_remove(channel=room.id, timestamp=ts, name="eyes")
    assert await refusal(gone) == "no_reaction"


async def test_a_reaction_has_an_emoji_name(slack: AsyncWebClient, room: Room, ts: str) -> None:
    call = slack.reactions_add(channel=room.id, timestamp=ts, name="no such emoji")

    assert await refusal(call) == "invalid_name"
