"""Followers are told once, without many calls, and only those who are still with us."""

from datetime import timedelta

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from core.commands.settings import EditIncidentSettings
from core.domain.account import UserState
from sandbox.conversation.room import Room
from tests.fakes.people import the_operator
from tests.integration.slack.stage import Stage


@pytest.fixture
async def general(stage: Stage) -> Room:
    return await stage.room("general")


async def own_messages(stage: Stage) -> list[str]:
    """What Tocsin wrote to Bob in person."""
    room = await stage.bob.opens_dm()
    return [card.words for card in await room.messages() if not card.is_ephemeral]


async def lines(room: Room, words: str) -> list[str]:
    """Of the channel itself and of its threads."""
    room = await room.fresh()
    found: list[str] = []
    for card in await room.messages():
        if card.is_ephemeral:
            continue
        found += [card.words, *(reply.words for reply in await room.thread(card))]
    return [one for one in found if words in one]


async def test_the_digest_is_not_told_twice_because_somebody_who_follows_was_told_late(
    stage: Stage, general: Room
) -> None:
    digest = await stage.alice.creates("digest")
    operator = the_operator(stage.organization_id)
    await stage.bus.execute(EditIncidentSettings(caller=operator, digest_channel="digest"))
    await stage.bob.types(general, "/incident subscribe severity critical")
    await stage.bob.ephemeral(general, "You follow Critical")
    await stage.sandbox.fault("conversations.open", "rate_limited")

    await stage.declares("Search is down critical")

    assert len(await own_messages(stage)) == 1
    assert len(await lines(digest, "declared a Critical")) == 1


async def test_whoever_was_told_once_is_written_to_without_asking_slack_for_the_place_again(
    stage: Stage, general: Room
) -> None:
    await stage.declares("Search is slow")
    await stage.bob.types(general, "/incident subscribe INC-1")
    await stage.bob.ephemeral(general, "You follow INC-1 now")
    await stage.alice.types(general, "/incident severity INC-1 high")
    await stage.settled()
    before = len(await stage.sandbox.calls("conversations.open"))

    await stage.alice.types(general, "/incident severity INC-1 critical")
    await stage.settled()

    assert len(await stage.sandbox.calls("conversations.open")) == before
    assert len(await own_messages(stage)) == 2


async def test_whose_account_is_suspended_hears_nothing_more(stage: Stage, general: Room) -> None:
    await stage.declares("Search is slow")
    await stage.bob.types(general, "/incident subscribe INC-1")
    await stage.bob.ephemeral(general, "You follow INC-1 now")
    await stage.puts_out("bob", UserState.SUSPENDED)

    await stage.alice.types(general, "/incident severity INC-1 high")
    await stage.settled()

    assert await own_messages(stage) == []


async def test_of_a_task_of_whose_account_is_suspended_the_channel_is_reminded(
    stage: Stage, general: Room
) -> None:
    room = await stage.declares("Search is slow")
    await stage.bob.types(room, "/incident task Restart db1 @bob")
    await stage.settled()
    await stage.puts_out("bob", UserState.SUSPENDED)

    await stage.alice.types(room, "/incident resolve Restarted db2")
    await stage.passes(timedelta(hours=30))

    assert not [words for words in await own_messages(stage) if "Restart db1" in words]
    assert await room.message("INC-1 is over, and this is still to be done.")


async def test_below_a_line_that_was_deleted_the_channel_is_told_in_a_new_one(
    stage: Stage, general: Room
) -> None:
    await stage.alice.types(general, "/incident subscribe severity high here")
    await stage.alice.ephemeral(general, "This channel follows")
    room = await stage.declares("Search is down high")
    first = await general.message("This channel follows the severity")
    client = AsyncWebClient(token=stage.sandbox.bot_token, base_url=stage.sandbox.api_url)
    await client.chat_delete(channel=first.channel, ts=first.ts)

    await stage.alice.types(room, "/incident resolve Restarted db1")
    await stage.settled()

    assert len(await lines(general, "resolved the incident: Restarted db1")) == 1


async def test_a_channel_that_tocsin_cannot_write_to_cannot_follow(stage: Stage) -> None:
    vault = await stage.alice.creates("vault", private=True)

    await stage.alice.types(vault, "/incident subscribe severity high here")

    assert await stage.alice.ephemeral(vault, "Tocsin is not in that channel")
