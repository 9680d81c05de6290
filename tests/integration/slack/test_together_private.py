"""Who may know of an incident, from Slack: made private, people let in and shut out."""

from core.commands import AddIncidentRole, DeleteIncidentRole
from core.domain.ids import IncidentId
from core.domain.viewer import knowing
from core.views import IncidentRow
from sandbox.conversation.room import Room
from tests.fakes.people import the_operator
from tests.integration.slack.stage import Stage


async def _row(stage: Stage) -> IncidentRow:
    return (await stage.store.reads.incident(stage.organization_id, "INC-1")).row


async def _new_room(stage: Stage, before: Room) -> Room:
    """The private channel that it has since it was made private."""
    row = await _row(stage)
    assert row.channel_id not in (None, before.id)
    return await stage.sandbox.channel_named(row.channel_name)


async def _made_private(stage: Stage, room: Room) -> None:
    await stage.alice.types(room, "/incident private")
    form = await stage.alice.modal("Who may know of it?")
    await form.fill({"Who may know of it?": "Only its people"})
    await form.submit()
    await stage.settled()


async def test_the_form_makes_it_private_and_its_work_goes_on_elsewhere(stage: Stage) -> None:
    room = await stage.declares("Payroll leaked")

    await _made_private(stage, room)

    told = await stage.alice.ephemeral(room, "INC-1 is private.")
    assert "Alice Archer" in told.words
    assert (await _row(stage)).private
    assert await (await stage.room("incidents")).message("INC-1 is not public any more.")
    assert "Payroll leaked" in (await stage.card(await _new_room(stage, room))).words
    left = [card.words for card in await (await room.fresh()).messages()]
    assert any(words.startswith("INC-1 is not public any more.") for words in left)


async def test_people_are_let_in_and_shut_out_by_name(stage: Stage) -> None:
    room = await stage.declares("Payroll leaked")

    await stage.alice.types(room, "/incident private @bob")
    await stage.settled()
    let_in = await stage.alice.ephemeral(room, "Bob Brook")
    private = await _new_room(stage, room)
    await stage.alice.types(private, "/incident private remove @bob")
    await stage.settled()

    assert "Only these people know of it" in let_in.words
    shut_out = await stage.alice.ephemeral(private, "INC-1 is private.")
    assert "Bob Brook" not in shut_out.words
    assert await private.message("Alice Archer let Bob Brook in.")
    assert await private.message("Alice Archer shut Bob Brook out.")


async def test_whoever_played_a_role_that_was_removed_can_be_shut_out(stage: Stage) -> None:
    operator = the_operator(stage.organization_id)
    role = await stage.bus.execute(AddIncidentRole(caller=operator, name="Liaison"))
    room = await stage.declares("Payroll leaked")
    await stage.bob.types(room, "/incident role liaison me")
    await _made_private(stage, room)
    private = await _new_room(stage, room)
    await stage.bus.execute(DeleteIncidentRole(caller=operator, role_id=role.id))

    await stage.alice.types(private, "/incident private remove @bob")
    await stage.settled()

    assert await private.message("Alice Archer shut Bob Brook out.")
    card = await stage.store.reads.card(stage.organization_id, IncidentId((await _row(stage)).id))
    users = await stage.store.reads.users(stage.organization_id)
    assert [one.name for one in users if one.id in knowing(card.incident)] == ["Alice Archer"]


async def test_everybody_may_know_of_it_again(stage: Stage) -> None:
    room = await stage.declares("Payroll leaked")
    await _made_private(stage, room)

    await stage.alice.types(await _new_room(stage, room), "/incident private off")
    await stage.settled()

    assert not (await _row(stage)).private
    assert await stage.announcement("Payroll leaked")


async def test_whoever_declared_it_cannot_be_shut_out(stage: Stage) -> None:
    room = await stage.declares("Payroll leaked")
    await stage.alice.types(room, "/incident private @bob")
    await stage.settled()
    private = await _new_room(stage, room)

    await stage.bob.types(private, "/incident private remove @alice")

    assert await stage.bob.ephemeral(private, "give that to somebody else first")


async def test_an_outsider_finds_no_incident_of_that_name(stage: Stage) -> None:
    room = await stage.declares("Payroll leaked")
    await _made_private(stage, room)
    general = await stage.room("general")

    await stage.bob.types(general, "/incident show INC-1")
    await stage.bob.types(general, "/incident list all")

    assert await stage.bob.ephemeral(general, "There is no incident INC-1.")
    seen = [card.words for card in await stage.bob.ephemerals(general)]
    assert not [words for words in seen if "Payroll" in words]
