"""Emoji: Slack's and the workspace's own, and what was reacted to with them."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.conversation.control import SandboxRefused
from sandbox.conversation.person import Person
from sandbox.conversation.room import Room
from sandbox.facts import limits
from sandbox.facts.emoji import NAMED_OTHERWISE, is_emoji
from sandbox.server import Sandbox
from tests.sandbox.asking import refusal


@pytest.fixture
async def ts(slack: AsyncWebClient, room: Room) -> str:
    return str((await slack.chat_postMessage(channel=room.id, text="card"))["ts"])


@pytest.mark.parametrize("name", ["+1", "tada", "rocket", "wave::skin-tone-3", "flag-de", "100"])
def test_slack_has_an_emoji_of_this_name(name: str) -> None:
    assert is_emoji(name)


@pytest.mark.parametrize("name", ["", "no such", "Rocket", "latin small letter a", "x" * 101])
def test_slack_has_no_emoji_of_this_name(name: str) -> None:
    assert not is_emoji(name)


async def test_the_workspace_has_emoji_of_its_own(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room, ts: str
) -> None:
    call = slack.reactions_add(channel=room.id, timestamp=ts, name="tocsin-bell")
    assert await refusal(call) == "invalid_name"

    await sandbox.control.act("add_emoji", name="tocsin-bell", url="https://example.com/bell.png")

    await slack.reactions_add(channel=room.id, timestamp=ts, name="tocsin-bell")
    listed = await slack.emoji_list(include_categories=True)
    assert listed["emoji"] == {"tocsin-bell": "https://example.com/bell.png"}
    assert listed["categories"][0]["emoji_names"]
    with pytest.raises(SandboxRefused, match="There is an emoji called rocket already"):
        await sandbox.control.act("add_emoji", name="rocket")


async def test_a_full_message_takes_more_of_the_same_reactions(
    slack: AsyncWebClient, room: Room, alice: Person, bob: Person, ts: str
) -> None:
    names = sorted(NAMED_OTHERWISE)[: limits.EMOJI_PER_MESSAGE + 1]
    card, most = await room.message("card"), limits.REACTIONS_PER_USER
    await bob.joins(room)
    for name in names[:most]:
        await alice.reacts(card, name)
    for name in names[most : 2 * most]:
        await bob.reacts(card, name)
    for name in names[2 * most : -1]:
        await slack.reactions_add(channel=room.id, timestamp=ts, name=name)

    call = slack.reactions_add(channel=room.id, timestamp=ts, name=names[-1])

    assert await refusal(call) == "too_many_emoji"
    await slack.reactions_add(channel=room.id, timestamp=ts, name=names[0])


async def test_reactions_are_read_back(
    slack: AsyncWebClient, room: Room, alice: Person, ts: str
) -> None:
    await alice.reacts(await room.message("card"), "eyes")

    one = await slack.reactions_get(channel=room.id, timestamp=ts, full=True)
    hers = await slack.reactions_list(user=await alice.id())
    own = await slack.reactions_list()

    assert one["message"]["reactions"] == [
        {"name": "eyes", "users": [await alice.id()], "count": 1}
    ]
    assert one["message"]["permalink"].endswith(ts.replace(".", ""))
    assert [item["message"]["ts"] for item in hers["items"]] == [ts]
    assert own["items"] == []


@pytest.mark.parametrize(
    ("parts", "error"),
    [
        ({}, "no_item_specified"),
        ({"file": "F404"}, "file_not_found"),
        ({"file_comment": "Fc404"}, "file_comment_not_found"),
        ({"channel": "C404", "timestamp": "1.000001"}, "channel_not_found"),
        ({"channel": "C404", "timestamp": "now"}, "bad_timestamp"),
    ],
)
async def test_reactions_are_of_something(
    slack: AsyncWebClient, parts: dict[str, str], error: str
) -> None:
    assert await refusal(slack.api_call("reactions.get", params=parts)) == error


async def test_reactions_are_of_somebody(slack: AsyncWebClient) -> None:
    assert await refusal(slack.reactions_list(user="U404")) == "user_not_found"
