"""Rate limits: per method and per channel, by profile."""

from slack_sdk.web.async_client import AsyncWebClient

from sandbox.conversation.room import Room
from sandbox.server import Sandbox
from tests.sandbox.asking import refusal


async def test_no_profile_no_limit_but_haste_is_noted(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room
) -> None:
    sandbox.expects("posting_too_fast")
    for _ in range(5):
        await slack.chat_postMessage(channel=room.id, text="x")

    assert {found["code"] for found in await sandbox.findings()} == {"posting_too_fast"}


async def test_a_channel_takes_one_post_a_second_after_a_burst(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room
) -> None:
    await sandbox.settings(rate_limits="documented")
    for _ in range(3):
        await slack.chat_postMessage(channel=room.id, text="x")

    assert await refusal(slack.chat_postMessage(channel=room.id, text="x")) == "ratelimited"
    await sandbox.advance(1)

    assert (await slack.chat_postMessage(channel=room.id, text="x"))["ok"]


async def test_a_tier_2_method_has_its_minute(sandbox: Sandbox, slack: AsyncWebClient) -> None:
    await sandbox.settings(rate_limits="documented")
    for _ in range(30):
        await slack.users_list()

    assert await refusal(slack.users_list()) == "ratelimited"
    (call,) = (await sandbox.calls("users.list"))[-1:]

    assert (call["status"], call["error"]) == (429, "ratelimited")


async def test_the_harsh_profile_allows_no_burst(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room
) -> None:
    await sandbox.settings(rate_limits="harsh")
    await slack.chat_postMessage(channel=room.id, text="x")

    assert await refusal(slack.chat_postMessage(channel=room.id, text="x")) == "ratelimited"


async def test_coming_back_too_early_is_noted(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room
) -> None:
    sandbox.expects("retry_too_early")
    await sandbox.fault("chat.postMessage", "rate_limited", retry_after=30)
    assert await refusal(slack.chat_postMessage(channel=room.id, text="x")) == "ratelimited"

    await slack.chat_postMessage(channel=room.id, text="x")

    assert [found["code"] for found in await sandbox.findings()] == ["retry_too_early"]


async def test_waiting_as_told_is_not_noted(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room
) -> None:
    await sandbox.fault("chat.postMessage", "rate_limited", retry_after=30)
    assert await refusal(slack.chat_postMessage(channel=room.id, text="x")) == "ratelimited"

    await sandbox.advance(30)
    await slack.chat_postMessage(channel=room.id, text="x")

    assert await sandbox.findings() == []
