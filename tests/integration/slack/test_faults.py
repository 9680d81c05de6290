"""Slack failing in every way it can: nothing is lost, nothing is seen twice."""

from dataclasses import replace
from pathlib import Path

import pytest

from core.commands import DeclareIncident
from sandbox.conversation.card import Card
from sandbox.conversation.room import Room
from sandbox.server import Sandbox
from tests.fakes.people import a_caller, the_source
from tests.integration.slack.stage import MANIFEST, Stage, behind


async def cards(room: Room) -> list[Card]:
    return [message for message in await room.messages() if "is open" in message.text]


@pytest.mark.parametrize("nth", [1, 2, 3])
async def test_a_post_whose_answer_was_lost_is_found_again(stage: Stage, nth: int) -> None:
    await stage.sandbox.fault("chat.postMessage", "lost_reply", nth=nth)
    room = await stage.declares("Search is slow")

    await stage.alice.types(room, "/incident update We look.")
    await stage.settled()

    assert len([one for one in await room.messages() if "We look." in one.text]) == 1
    assert len(await cards(room)) == 1


async def test_a_second_doubt_does_not_forget_the_first(stage: Stage) -> None:
    await stage.sandbox.fault("chat.postMessage", "lost_reply")
    await stage.sandbox.fault("conversations.history", "rate_limited")

    await stage.declares("Search is slow")

    assert len(await cards(await stage.room("incidents"))) == 1


async def test_without_permission_for_channels_the_incident_lives_in_its_announcement(
    stage: Stage,
) -> None:
    await stage.sandbox.settings(restricted_actions=["conversations.create"])
    general = await stage.room("general")
    await stage.alice.types(general, "/incident declare Search is slow")
    await stage.settled()

    await stage.alice.types(general, "/incident update INC-1 We look.")
    await stage.settled()

    incidents = await stage.room("incidents")
    thread = await incidents.thread(await stage.announcement())
    assert any("We look." in message.text for message in thread)
    assert await told(stage, "The workspace's settings do not let Tocsin do this")


async def told(stage: Stage, words: str) -> bool:
    """Whether Alice reads it in person."""
    direct = [room for room in await stage.sandbox.channels() if room.wire["is_im"]]
    messages = [message for room in direct for message in await room.messages()]
    return any(words in message.words for message in messages)


async def test_a_name_that_is_taken_gets_a_number(stage: Stage) -> None:
    first = await stage.declares("Search is slow")

    general = await stage.room("general")
    await stage.bob.types(general, "/incident declare Search is slow")
    await stage.settled()

    names = [room.name for room in await stage.sandbox.channels()]
    assert f"{first.name}-2" in names


async def test_a_start_without_slack_is_made_up_for(tmp_path: Path) -> None:
    sandbox = Sandbox(MANIFEST)
    async with sandbox:
        await sandbox.fault("auth.test", "status")
        async with behind(tmp_path, sandbox) as stage:
            general = await stage.room("general")
            await stage.alice.types(general, "/incident declare Search is slow")
            await stage.settled()

            assert (await stage.card(await sandbox.channel_named("inc-"))).is_pinned


async def test_a_storm_of_one_title_gets_a_channel_each(stage: Stage) -> None:
    source = replace(
        the_source(stage.organization_id), permissions=a_caller(stage.organization_id).permissions
    )

    for _ in range(8):
        await stage.bus.execute(DeclareIncident(caller=source, title="CPU", severity="high"))
    await stage.settled()

    names = [room.name for room in await stage.sandbox.channels() if room.name[:4] == "inc-"]
    assert len(set(names)) == 8
    assert len([name for name in names if "-cpu-inc-" in name]) == 3
