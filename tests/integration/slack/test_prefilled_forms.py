"""Too few words open a form or a question, and nothing that was typed or filled in is lost."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.slack.running import PROMPT
from core.commands import AddService, DeclareIncident
from tests.fakes.people import a_caller, the_operator
from tests.integration.slack.stage import Stage, now, staged


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """On which what is slow is answered late, as it is for people."""
    async with staged(tmp_path, prompt=PROMPT) as stage:
        yield stage


async def test_a_task_without_a_title_keeps_who_does_it_and_until_when(stage: Stage) -> None:
    room = await stage.declares("Search is slow")
    bob = await stage.bob.id()
    await stage.bob.joins(room)

    await stage.alice.types(room, "/incident task @bob due in 2h")

    form = await (await stage.alice.modal()).containing("What is to be done?")
    inputs = {block["block_id"]: block["element"] for block in form.wire["blocks"][1:]}
    assert inputs["assignee_id"]["initial_user"] == bob
    wait = inputs["due_at"]["initial_date_time"] - now().timestamp()
    assert timedelta(minutes=118).total_seconds() < wait <= timedelta(hours=2).total_seconds()
    await stage.settled()


async def test_a_task_that_is_ones_own_has_oneself_in_the_form(stage: Stage) -> None:
    room = await stage.declares("Search is slow")

    await stage.alice.types(room, "/incident task me due tomorrow")

    form = await (await stage.alice.modal()).containing("What is to be done?")
    inputs = {block["block_id"]: block["element"] for block in form.wire["blocks"][1:]}
    assert inputs["assignee_id"]["initial_user"] == await stage.alice.id()
    await stage.settled()


async def test_a_severity_alone_opens_the_form_with_it(stage: Stage) -> None:
    general = await stage.room("general")

    await stage.alice.types(general, "/incident declare critical:")

    form = await (await stage.alice.modal()).containing("What is wrong?")
    inputs = {block["block_id"]: block["element"] for block in form.wire["blocks"]}
    assert inputs["severity"]["initial_option"]["value"] == "critical"


async def test_a_form_refused_late_keeps_what_was_filled_in(stage: Stage) -> None:
    general = await stage.room("general")
    await stage.alice.types(general, "/incident")
    form = await (await stage.alice.modal()).containing("What is wrong?")
    await form.fill({"What is wrong?": "Login fails", "Summary": "Since noon", "Lead": "bob"})
    await stage.sandbox.fault("users.info", "slow", seconds=2.6)

    await form.submit()

    again = await form.containing("You may not assign incidents to others")
    assert again.values["What is wrong?"] == "Login fails"
    assert again.values["Summary"] == "Since noon"
    await again.fill({"Lead": "alice"})
    answer = await again.submit()
    assert not answer.get("errors")
    assert await stage.alice.ephemeral(general, "INC-1 “Login fails” is declared")
    await stage.settled()


async def test_every_incident_that_goes_on_can_be_chosen_in_a_form(stage: Stage) -> None:
    general = await stage.room("general")
    operator = the_operator(stage.organization_id)
    for number in range(1, 22):
        declare = DeclareIncident(caller=operator, title=f"Number {number}", severity="low")
        await stage.bus.execute(declare)

    await stage.alice.types(general, "/incident update")

    form = await (await stage.alice.modal()).containing("Which incident?")
    [which] = [one for one in form.blocks if one.get("block_id") == "incident_id"]
    named = [one["text"]["text"] for one in which["element"]["options"]]
    assert named[-1] == "INC-1 Number 1"
    assert len(named) == 21


async def test_a_link_to_take_away_is_asked_for_an_incident_first(stage: Stage) -> None:
    await stage.declares("Search is slow")
    general = await stage.room("general")

    await stage.alice.types(general, "/incident unlink")

    assert await stage.alice.ephemeral(general, "Which incident?")
    await stage.settled()


async def test_a_service_that_is_not_named_is_chosen_from_those_there_are(stage: Stage) -> None:
    general = await stage.room("general")
    caller = a_caller(stage.organization_id)
    await stage.bus.execute(AddService(caller=caller, name="Search"))
    await stage.bus.execute(AddService(caller=caller, name="Payments API"))

    await stage.alice.types(general, "/incident subscribe service")
    asked = await stage.alice.ephemeral(general, "Which service?")
    await stage.alice.clicks(asked, "Payments API")

    assert await stage.alice.ephemeral(general, "You follow ")
    await stage.alice.types(general, "/incident list service")
    asked = await stage.alice.ephemeral(general, "Which service?")
    assert "Search" in asked.buttons


async def test_a_severity_that_is_not_named_is_chosen_from_the_four(stage: Stage) -> None:
    general = await stage.room("general")

    await stage.alice.types(general, "/incident subscribe severity here")
    asked = await stage.alice.ephemeral(general, "Which severity?")
    await stage.alice.clicks(asked, "High (SEV2)")
    await stage.alice.ephemeral(general, "This channel follows ")
    await stage.alice.types(general, "/incident unsubscribe severity here")
    again = await stage.alice.ephemeral(general, "Which severity?")
    await stage.alice.clicks(again, "High (SEV2)")

    assert len(asked.buttons) == 4
    assert await stage.alice.ephemeral(general, "This channel does not follow ")
    await stage.settled()


async def test_a_role_makes_an_incident_one_of_mine_in_the_list_as_well(stage: Stage) -> None:
    room = await stage.declares("Search is slow")
    await stage.alice.types(room, "/incident role scribe me")
    await stage.settled()
    general = await stage.room("general")

    await stage.alice.types(general, "/incident list mine")

    shown = await stage.alice.ephemeral(general, "active incident of yours")
    assert "INC-1" in shown.words
