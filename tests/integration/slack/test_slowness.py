"""Three seconds are all Slack waits; what takes longer is answered later."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.slack.running import PROMPT
from core.commands import AddService
from sandbox.conversation.room import Room
from tests.fakes.people import a_caller
from tests.integration.slack.stage import Stage, staged


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """On which what is slow is answered late, as it is for people."""
    async with staged(tmp_path, prompt=PROMPT) as stage:
        yield stage


@pytest.fixture
async def general(stage: Stage) -> Room:
    return await stage.room("general")


async def test_a_slow_command_is_acknowledged_and_answered_later(
    stage: Stage, general: Room
) -> None:
    await stage.sandbox.fault("users.info", "slow", seconds=2.6)

    await stage.alice.types(general, "/incident declare Search is slow")

    assert await stage.alice.ephemeral(general, "Tocsin is still working on it")
    assert await stage.alice.ephemeral(general, "INC-1 “Search is slow” is declared")
    await stage.settled()


async def test_a_slow_form_says_in_itself_how_it_ended(stage: Stage, general: Room) -> None:
    await stage.alice.types(general, "/incident")
    form = await (await stage.alice.modal()).containing("What is wrong?")
    await form.fill({"What is wrong?": "Login fails", "Lead": "bob"})
    await stage.sandbox.fault("users.info", "slow", seconds=2.6)

    await form.submit()

    assert await form.containing("Tocsin is still working on it")
    assert await form.containing("You may not assign incidents to others")


async def test_a_slow_press_is_no_lost_press(stage: Stage) -> None:
    room = await stage.declares("Search is slow")
    await stage.sandbox.fault("users.info", "slow", seconds=2.6)

    await stage.bob.clicks(await stage.card(room), "Acknowledge")

    assert await room.message("Bob Brook acknowledged the incident.")
    await stage.settled()


async def test_a_form_opens_before_anything_is_looked_up(stage: Stage, general: Room) -> None:
    await stage.alice.types(general, "/incident")
    await (await stage.alice.modal()).containing("What is wrong?")

    calls = [call["method"] for call in await stage.sandbox.journal("api_call")]
    assert calls.index("views.open") < calls.index("users.info")


async def test_many_services_are_offered_as_they_are_typed(stage: Stage, general: Room) -> None:
    caller = a_caller(stage.organization_id)
    for number in range(101):
        await stage.bus.execute(AddService(caller=caller, name=f"service {number:03}"))
    await stage.alice.types(general, "/incident")
    form = await (await stage.alice.modal()).containing("What is wrong?")

    offered = await form.options("Affected services", "09")

    assert offered == ["service 009", *(f"service {number:03}" for number in range(90, 100))]
