"""Faults of calls: what is answered, and what has happened all the same."""

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.conversation.person import Person
from sandbox.conversation.room import Room
from sandbox.server import Sandbox
from tests.sandbox.asking import refusal, refused


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def texts(room: Room) -> list[str]:
    return [card.text for card in await room.messages() if not card.wire.get("subtype")]


async def raw_post(sandbox: Sandbox, session: aiohttp.ClientSession, room: Room) -> tuple[int, str]:
    """The status and the body of a post as they come over the wire."""
    headers = {"Authorization": f"Bearer {sandbox.bot_token}"}
    body = {"channel": room.id, "text": "posted"}
    address = f"{sandbox.api_url}chat.postMessage"
    async with session.post(address, json=body, headers=headers) as response:
        return response.status, await response.text()


async def test_any_error_can_be_asked_for_on_the_nth_call(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room
) -> None:
    await sandbox.fault("chat.*", "error", error="restricted_action", nth=2)

    await slack.chat_postMessage(channel=room.id, text="one")

    call = slack.chat_postMessage(channel=room.id, text="two")
    assert await refusal(call) == "restricted_action"
    await slack.chat_postMessage(channel=room.id, text="three")
    assert await texts(room) == ["one", "three"]


async def test_an_error_strikes_only_methods_that_have_it(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room
) -> None:
    await sandbox.fault("*", "error", error="cant_update_message", times=0)

    posted = await slack.chat_postMessage(channel=room.id, text="one")

    call = slack.chat_update(channel=room.id, ts=str(posted["ts"]), text="two")
    assert await refusal(call) == "cant_update_message"


async def test_a_lost_reply_leaves_its_effect(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room
) -> None:
    await sandbox.fault("chat.postMessage", "lost_reply")

    with pytest.raises(aiohttp.ClientError):
        await slack.chat_postMessage(channel=room.id, text="posted")

    assert await texts(room) == ["posted"]


async def test_a_reset_connection_has_no_effect(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room
) -> None:
    await sandbox.fault("chat.postMessage", "reset")

    with pytest.raises(aiohttp.ClientError):
        await slack.chat_postMessage(channel=room.id, text="lost")

    assert await texts(room) == []


@pytest.mark.parametrize(
    ("kind", "seen"), [("timeout_before", []), ("timeout_after", ["patience"])]
)
async def test_a_silent_server_may_have_done_it_or_not(
    sandbox: Sandbox, room: Room, kind: str, seen: list[str]
) -> None:
    await sandbox.fault("chat.postMessage", kind)
    impatient = AsyncWebClient(
        token=sandbox.bot_token, base_url=sandbox.api_url, timeout=1, retry_handlers=[]
    )

    with pytest.raises(asyncio.TimeoutError):
        await impatient.chat_postMessage(channel=room.id, text="patience")

    assert await texts(room) == seen


@pytest.mark.parametrize("status", [500, 502, 503])
async def test_a_server_error_is_an_http_status(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room, status: int
) -> None:
    await sandbox.fault("chat.postMessage", "status", status=status)

    assert await refusal(slack.chat_postMessage(channel=room.id, text="x")) == "fatal_error"
    assert (await sandbox.calls("chat.postMessage"))[-1]["status"] == status
    assert await texts(room) == []


async def test_a_limit_is_told_by_header_or_by_body(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room
) -> None:
    await sandbox.fault("pins.list", "rate_limited", retry_after=30)
    await sandbox.fault("chat.postMessage", "ratelimited_body")

    assert await refusal(slack.pins_list(channel=room.id)) == "ratelimited"
    assert await refusal(slack.chat_postMessage(channel=room.id, text="x")) == "rate_limited"
    calls = await sandbox.journal("api_call")
    assert [call["status"] for call in calls[-2:]] == [429, 200]


async def test_a_slow_reply_comes_when_the_clock_has_moved(
    sandbox: Sandbox, slack: AsyncWebClient
) -> None:
    await sandbox.fault("auth.test", "slow", seconds=20)
    asking = asyncio.create_task(slack.auth_test())
    while not asking.done():
        await sandbox.advance(5)

    assert (await asking)["ok"]


async def test_json_may_be_cut_off_after_the_effect(
    sandbox: Sandbox, room: Room, session: aiohttp.ClientSession
) -> None:
    await sandbox.fault("chat.postMessage", "truncated_json")

    status, body = await raw_post(sandbox, session, room)

    assert (status, body[:10]) == (200, '{"ok": tru')
    assert not body.endswith("}")
    assert await texts(room) == ["posted"]


@pytest.mark.parametrize("status", [200, 502])
async def test_an_error_page_may_come_instead_of_an_answer(
    sandbox: Sandbox, room: Room, session: aiohttp.ClientSession, status: int
) -> None:
    await sandbox.fault("chat.postMessage", "html", status=status)

    answered, body = await raw_post(sandbox, session, room)

    assert (answered, body[:15]) == (status, "<!DOCTYPE html>")
    assert await texts(room) == []


async def test_a_stale_read_answers_what_was_true_a_while_ago(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room
) -> None:
    await slack.chat_postMessage(channel=room.id, text="old")
    await sandbox.fault("conversations.*", "stale", seconds=30, times=3)
    await sandbox.advance(10)
    await slack.chat_postMessage(channel=room.id, text="new")
    await slack.conversations_rename(channel=room.id, name="chamber")
    await sandbox.advance(25)

    history = await slack.conversations_history(channel=room.id, limit=1)
    info = await slack.conversations_info(channel=room.id)
    await sandbox.advance(10)
    later = await slack.conversations_history(channel=room.id, limit=2)

    assert [one["text"] for one in history["messages"]] == ["old"]
    assert info["channel"]["name"] == "room"
    assert later["messages"][1]["text"] == "new"


async def test_a_scope_may_be_gone_at_run_time(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room
) -> None:
    await sandbox.fault("chat.postMessage", "missing_scope")

    answer = await refused(slack.chat_postMessage(channel=room.id, text="x"))

    assert (answer["error"], answer["needed"]) == ("missing_scope", "chat:write")
    assert "chat:write" not in answer["provided"].split(",")


async def test_a_revoked_token_stays_revoked(sandbox: Sandbox, slack: AsyncWebClient) -> None:
    await sandbox.fault("auth.test", "token_revoked", nth=2)
    assert (await slack.auth_test())["ok"]

    assert await refusal(slack.auth_test()) == "token_revoked"
    assert await refusal(slack.users_list()) == "token_revoked"


async def test_a_channel_may_be_archived_between_two_calls(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room
) -> None:
    await sandbox.fault("chat.postMessage", "channel_archived", nth=2)
    await slack.chat_postMessage(channel=room.id, text="one")

    assert await refusal(slack.chat_postMessage(channel=room.id, text="two")) == "is_archived"
    info = await slack.conversations_info(channel=room.id)
    assert info["channel"]["is_archived"]


async def test_a_channel_may_be_renamed_between_two_calls(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room
) -> None:
    await sandbox.fault("conversations.info", "channel_renamed")

    info = await slack.conversations_info(channel=room.id)

    assert info["channel"]["name"] == "room-renamed"
    assert info["channel"]["previous_names"] == ["room"]


async def test_the_bot_may_be_removed_between_two_calls(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room
) -> None:
    await sandbox.fault("chat.postMessage", "bot_removed")

    assert await refusal(slack.chat_postMessage(channel=room.id, text="x")) == "not_in_channel"
    members = await slack.conversations_members(channel=room.id)
    assert sandbox.world.workspace.team.bot_user_id not in members["members"]


async def test_a_user_may_be_deactivated_between_two_calls(
    sandbox: Sandbox, slack: AsyncWebClient, bob: Person
) -> None:
    await sandbox.fault("users.info", "user_deactivated", nth=2)
    assert not (await slack.users_info(user=await bob.id()))["user"]["deleted"]

    assert (await slack.users_info(user=await bob.id()))["user"]["deleted"]


async def test_the_preferences_may_change_between_two_calls(
    sandbox: Sandbox, slack: AsyncWebClient
) -> None:
    await sandbox.fault("conversations.create", "restricted_action", nth=2)
    await slack.conversations_create(name="one")

    assert await refusal(slack.conversations_create(name="two")) == "restricted_action"
    assert await refusal(slack.conversations_create(name="three")) == "restricted_action"


async def test_a_change_waits_for_a_call_that_names_what_is_changed(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room
) -> None:
    await sandbox.fault("*", "channel_archived")

    await slack.auth_test()
    await slack.users_list()

    assert await refusal(slack.chat_postMessage(channel=room.id, text="x")) == "is_archived"


async def test_a_renamed_channel_gets_a_name_that_is_free(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room
) -> None:
    await slack.conversations_create(name="room-renamed")
    await sandbox.fault("conversations.info", "channel_renamed")

    info = await slack.conversations_info(channel=room.id)

    assert info["channel"]["name"] == "room-renamed-2"


async def test_the_channel_of_everybody_is_never_archived(
    sandbox: Sandbox, slack: AsyncWebClient, general: Room
) -> None:
    await sandbox.fault("conversations.info", "channel_archived")

    info = await slack.conversations_info(channel=general.id)

    assert not info["channel"]["is_archived"]
