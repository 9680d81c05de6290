"""What is wrong first is answered first: rate, token, scope, arguments, formats, existence,
membership, state, preferences.
"""

from collections.abc import AsyncIterator, Callable

import aiohttp
import pytest

from sandbox.facts.methods import METHODS
from sandbox.facts.scopes import BOT_SCOPES
from sandbox.json_types import Json
from tests.sandbox.stage import Stage, staged

NOWHERE = "C0NOWHERE00"
WRONG_BLOCKS = '{"type": "divider"}'
LONG = "x" * 251


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    """Besides: a channel without the bot, and one that is archived as well."""
    async with staged() as stage:
        for name in ("elsewhere", "attic"):
            made = await stage.sandbox.control.act("create_channel", user="alice", name=name)
            stage.names[name] = made["channel"]
        await stage.sandbox.control.act("archive", user="alice", channel="attic")
        # With it the bot need not be a member to post.
        scopes = sorted(BOT_SCOPES - {"chat:write.public"})
        await stage.sandbox.token("bot", scopes=scopes)
        yield stage


# Each call is wrong in the way its error says, and in every way that comes later for its method.
LADDER: list[tuple[str, Callable[[Stage], Json], str]] = [
    # Arguments, before what they mean.
    ("chat.postMessage", lambda _: {"blocks": WRONG_BLOCKS}, "channel_not_found"),
    (
        "chat.postMessage",
        lambda _: {"channel": NOWHERE, "blocks": WRONG_BLOCKS, "link_names": "maybe"},
        "invalid_arguments",
    ),
    # Formats, before whether it is there.
    (
        "chat.postMessage",
        lambda _: {"channel": NOWHERE, "blocks": WRONG_BLOCKS},
        "invalid_blocks_format",
    ),
    ("chat.postMessage", lambda _: {"channel": NOWHERE}, "no_text"),
    ("chat.postEphemeral", lambda _: {"channel": NOWHERE, "user": "U1"}, "no_text"),
    (
        "chat.update",
        lambda _: {"channel": NOWHERE, "ts": "1.1", "text": "x" * 4_001},
        "msg_too_long",
    ),
    (
        "chat.scheduleMessage",
        lambda _: {"channel": NOWHERE, "post_at": "1", "text": "x"},
        "time_in_past",
    ),
    ("conversations.setTopic", lambda _: {"channel": NOWHERE, "topic": LONG}, "too_long"),
    ("conversations.setPurpose", lambda _: {"channel": NOWHERE, "purpose": LONG}, "too_long"),
    (
        "conversations.rename",
        lambda _: {"channel": NOWHERE, "name": "NO!"},
        "invalid_name_specials",
    ),
    (
        "bookmarks.add",
        lambda _: {"channel_id": NOWHERE, "title": "t", "type": "link", "link": "ftp://x"},
        "invalid_link",
    ),
    (
        "reactions.add",
        lambda _: {"channel": NOWHERE, "timestamp": "1.1", "name": "N!"},
        "invalid_name",
    ),
    ("pins.add", lambda _: {"channel": NOWHERE, "timestamp": "then"}, "bad_timestamp"),
    ("views.publish", lambda _: {"user_id": "U0", "view": "{}"}, "invalid_arguments"),
    # Existence, before membership.
    ("chat.postMessage", lambda _: {"channel": NOWHERE, "text": "x"}, "channel_not_found"),
    ("pins.add", lambda at: {"channel": at["attic"], "timestamp": "1.000001"}, "message_not_found"),
    ("conversations.setTopic", lambda _: {"channel": NOWHERE, "topic": "x"}, "channel_not_found"),
    # Membership, before the state of the channel.
    ("chat.postMessage", lambda at: {"channel": at["attic"], "text": "x"}, "not_in_channel"),
    ("chat.meMessage", lambda at: {"channel": at["attic"], "text": "x"}, "not_in_channel"),
    (
        "chat.postEphemeral",
        lambda at: {"channel": at["attic"], "user": at["bob"], "text": "x"},
        "not_in_channel",
    ),
    ("conversations.setTopic", lambda at: {"channel": at["attic"], "topic": "x"}, "not_in_channel"),
    ("conversations.rename", lambda at: {"channel": at["attic"], "name": "x"}, "not_in_channel"),
    (
        "conversations.invite",
        lambda at: {"channel": at["attic"], "users": at["bob"]},
        "not_in_channel",
    ),
    ("conversations.archive", lambda at: {"channel": at["attic"]}, "not_in_channel"),
    # State, before preferences.
    ("chat.postMessage", lambda at: {"channel": at["old"], "text": "x"}, "is_archived"),
    ("conversations.archive", lambda at: {"channel": at["old"]}, "already_archived"),
    ("conversations.create", lambda _: {"name": "room"}, "name_taken"),
    ("pins.add", lambda at: {"channel": at["room"], "timestamp": at["ts"]}, "already_pinned"),
    # Preferences, when all else is well.
    ("chat.postMessage", lambda at: {"channel": at["room"], "text": "x"}, "restricted_action"),
    ("conversations.archive", lambda at: {"channel": at["room"]}, "restricted_action"),
    ("conversations.create", lambda _: {"name": "new"}, "restricted_action"),
    (
        "conversations.kick",
        lambda at: {"channel": at["room"], "user": at["alice"]},
        "restricted_action",
    ),
    ("pins.add", lambda at: {"channel": at["room"], "timestamp": at["reply"]}, "restricted_action"),
]
METHODS_HERE = sorted({method for method, _, _ in LADDER})
RESTRICTABLE = [name for name in METHODS_HERE if "restricted_action" in METHODS[name].errors]


@pytest.mark.parametrize(
    ("method", "arguments", "error"),
    LADDER,
    ids=[f"{method}-{error}" for method, _, error in LADDER],
)
async def test_the_first_of_several_mistakes_is_answered(
    stage: Stage, method: str, arguments: Callable[[Stage], Json], error: str
) -> None:
    await stage.sandbox.settings(restricted_actions=RESTRICTABLE)

    assert (await stage.call(method, **arguments(stage)))["error"] == error


@pytest.mark.parametrize("method", METHODS_HERE)
async def test_a_scope_is_missed_before_an_argument(stage: Stage, method: str) -> None:
    await stage.sandbox.token("bot", scopes=["commands"])

    answer = await stage.call(method, channel=NOWHERE, is_private="perhaps")

    assert answer["error"] == (
        "missing_scope" if method != "views.publish" else "invalid_arguments"
    )


@pytest.mark.parametrize("method", METHODS_HERE)
async def test_a_token_is_looked_at_before_its_scopes(stage: Stage, method: str) -> None:
    await stage.sandbox.token("bot", scopes=["commands"], state="valid")
    await stage.sandbox.token("bot", state="expired")

    assert (await stage.call(method))["error"] == "token_expired"


async def test_a_body_that_cannot_be_read_comes_before_the_token(stage: Stage) -> None:
    answer = await stage.post("auth.test", token="xoxb-1-2-nobody", data=b"<xml/>")

    assert answer["error"] == "invalid_post_type"


async def test_haste_is_the_first_of_all_mistakes(stage: Stage) -> None:
    await stage.sandbox.settings(rate_limits="harsh")
    for _ in range(20):
        await stage.done("users.list")
    address, headers = stage.sandbox.api_url + "users.list", {"Authorization": "Bearer nobody"}

    async with aiohttp.ClientSession(headers=headers) as session:
        async with session.post(address, data=b"<xml/>") as response:
            assert response.status == 429
        async with session.post(address.replace("list", "lost")) as response:
            assert (await response.json())["error"] == "unknown_method"
