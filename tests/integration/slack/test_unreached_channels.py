"""Channels that follow from afar and cannot be reached: told to those in charge, till it ends."""

import pytest

from core.commands import AddUser
from core.commands.settings import EditIncidentSettings
from core.domain.account import Role
from sandbox.conversation.room import Room
from tests.fakes.people import the_operator
from tests.integration.slack.stage import Stage


@pytest.fixture
async def general(stage: Stage) -> Room:
    """Alice is in charge, and everything is told in #digest as well."""
    operator = the_operator(stage.organization_id)
    email = "alice@example.com"
    await stage.bus.execute(
        AddUser(caller=operator, email=email, name="Alice Archer", role=Role.ADMIN)
    )
    await stage.bus.execute(EditIncidentSettings(caller=operator, digest_channel="digest"))
    return await stage.room("general")


async def told(stage: Stage, words: str) -> list[str]:
    """What stands of it in Alice's messages with Tocsin."""
    direct = await stage.alice.opens_dm()
    return [card.words for card in await direct.messages() if words in card.words]


async def settings_of(stage: Stage, general: Room) -> str:
    await stage.alice.types(general, "/incident settings")
    menu = await stage.alice.modal("Language and time zone")
    await menu.close()
    return menu.words


async def test_a_digest_that_cannot_be_told_is_told_of_once_and_said_in_the_settings(
    stage: Stage, general: Room
) -> None:
    await stage.declares("Search is slow")

    await stage.alice.types(general, "/incident severity INC-1 high")
    await stage.settled()

    [line] = await told(stage, "The digest cannot be told in #digest")
    assert "There is no channel #digest" in line
    assert "Nothing can be told in #digest since" in await settings_of(stage, general)


async def test_it_is_over_with_the_next_line_that_is_told_there(
    stage: Stage, general: Room
) -> None:
    await stage.declares("Search is slow")
    digest = await stage.alice.creates("digest")

    await stage.alice.types(general, "/incident severity INC-1 high")
    await stage.settled()

    assert await digest.message("INC-1")
    assert await told(stage, "cannot be told") == []
    assert len(await told(stage, "#digest is reached again.")) == 1
    assert "Nothing can be told" not in await settings_of(stage, general)


async def test_a_channel_that_follows_and_is_gone_is_told_of_as_well(
    stage: Stage, general: Room
) -> None:
    await stage.alice.creates("digest")
    room = await stage.alice.creates("checkout")
    await stage.alice.types(room, "/incident subscribe severity critical here")
    await stage.alice.ephemeral(room, "This channel follows")
    await stage.alice.archives(room)

    await stage.declares("Search is down critical")
    await stage.declares("Checkout is down critical")

    assert len(await told(stage, "follows incidents, and nothing can be told there")) == 1
    assert "Nothing can be told in" in await settings_of(stage, general)


async def test_what_began_in_a_digest_that_is_archived_goes_on_in_the_one_that_is_named_now(
    stage: Stage, general: Room
) -> None:
    before = await stage.alice.creates("digest")
    after = await stage.alice.creates("digest-anew")
    await stage.declares("Search is slow")
    await stage.alice.archives(before)
    operator = the_operator(stage.organization_id)
    await stage.bus.execute(EditIncidentSettings(caller=operator, digest_channel="digest-anew"))

    await stage.alice.types(general, "/incident severity INC-1 high")
    await stage.alice.types(general, "/incident severity INC-1 low")
    await stage.settled()

    first = await after.message("INC-1")
    assert len(await after.thread(first)) == 1
    assert await told(stage, "cannot be told") == []
    assert "Nothing can be told" not in await settings_of(stage, general)
