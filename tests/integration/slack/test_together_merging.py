"""Merging and linking incidents from Slack: typed, picked in a form, and refused."""

from core.domain.state import State
from core.views import IncidentRow
from sandbox.conversation.room import Room
from tests.integration.slack.stage import Stage


async def _row(stage: Stage, reference: str) -> IncidentRow:
    return (await stage.store.reads.incident(stage.organization_id, reference)).row


async def _two(stage: Stage) -> tuple[Room, Room]:
    """INC-1 and INC-2, each with its channel."""
    one = await stage.declares("Search is slow")
    general = await stage.room("general")
    await stage.alice.types(general, "/incident declare Checkout fails")
    await stage.settled()
    name = (await _row(stage, "INC-2")).channel_name
    return await one.fresh(), await stage.room(name)


async def test_an_incident_goes_on_in_the_other_and_both_channels_say_so(stage: Stage) -> None:
    one, two = await _two(stage)

    await stage.alice.types(one, "/incident merge INC-2")
    await stage.settled()

    assert await stage.alice.ephemeral(one, "INC-1 is merged into INC-2 and goes on in")
    assert await one.message("Alice Archer merged the incident into INC-2.")
    assert await two.message("Alice Archer merged INC-1 into this incident.")
    assert (await _row(stage, "INC-1")).state is State.CANCELED
    assert "INC-2" in (await stage.announcement("INC-1")).words
    assert "Merged" in (await stage.card(one)).words


async def test_the_other_one_is_picked_in_a_form(stage: Stage) -> None:
    one, _ = await _two(stage)

    await stage.alice.types(one, "/incident merge")
    form = await stage.alice.modal("Into which incident?")
    await form.fill({"Into which incident?": "INC-2 Checkout fails"})
    await form.submit()
    await stage.settled()

    assert await stage.alice.ephemeral(one, "INC-1 is merged into INC-2")
    assert (await _row(stage, "INC-1")).state is State.CANCELED


async def test_what_is_over_is_linked_instead(stage: Stage) -> None:
    one, two = await _two(stage)
    await stage.alice.types(two, "/incident resolve Restarted it.")
    await stage.settled()

    await stage.alice.types(one, "/incident merge INC-2")
    refusal = await stage.alice.ephemeral(one, "nothing can go on there")
    await stage.alice.types(one, "/incident link INC-2")
    await stage.settled()

    assert "/incident link" in refusal.text
    assert await stage.alice.ephemeral(one, "INC-1 and INC-2 are linked.")
    assert await one.message("Alice Archer linked INC-2 to the incident.")
    assert "Linked" in (await stage.card(one)).words


async def test_a_link_is_picked_made_and_taken_away_in_forms(stage: Stage) -> None:
    one, _ = await _two(stage)

    await stage.alice.types(one, "/incident link")
    form = await stage.alice.modal("Which incident has to do with it?")
    await form.fill({"Which incident has to do with it?": "INC-2 Checkout fails"})
    await form.submit()
    await stage.alice.ephemeral(one, "INC-1 and INC-2 are linked.")
    await stage.alice.types(one, "/incident unlink")
    form = await stage.alice.modal("Which link?")
    await form.fill({"Which link?": "INC-2 Checkout fails"})
    await form.submit()
    await stage.settled()

    assert await stage.alice.ephemeral(one, "INC-1 and INC-2 are not linked any more.")
    assert await one.message("Alice Archer took away the link to INC-2.")
    assert "Linked" not in (await stage.card(one)).words


async def test_outside_a_channel_it_is_asked_which_incident_is_meant(stage: Stage) -> None:
    await _two(stage)
    general = await stage.room("general")

    await stage.alice.types(general, "/incident merge INC-1")
    question = await stage.alice.ephemeral(general, "Which incident?")
    await stage.alice.clicks(question, "Merge")
    await stage.settled()

    assert (await _row(stage, "INC-2")).state is State.CANCELED


async def test_nothing_to_merge_into_is_said_in_the_form(stage: Stage) -> None:
    one = await stage.declares("Search is slow")

    await stage.alice.types(one, "/incident merge")

    assert await stage.alice.modal("there is none to merge INC-1 into")
