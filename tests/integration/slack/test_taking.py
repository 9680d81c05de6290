"""“Assign me” on a card that was out of date."""

from core.commands import CancelIncident, DeclareIncident
from sandbox.conversation.card import Card
from sandbox.conversation.person import Person
from sandbox.conversation.room import Room
from tests.fakes.people import hire, the_operator
from tests.integration.slack.stage import Stage


async def shown_to(person: Person, room: Room) -> Card:
    """A card only that person sees; it stays as it was."""
    await person.types(room, "/incident show INC-1")
    return await person.ephemeral(room, "is open")


async def assignees(stage: Stage) -> list[str | None]:
    caller = the_operator(stage.organization_id)
    record = await stage.store.reads.incident(caller.organization_id, "INC-1")
    return [record.row.assignee_name]


async def test_what_somebody_else_took_is_not_taken_by_a_late_press(stage: Stage) -> None:
    room = await stage.declares("Search is slow")
    await stage.bob.joins(room)
    await stage.alice.clicks(await stage.card(room), "Assign me")

    await stage.bob.clicks(await stage.card(room), "Assign me")
    await stage.settled()

    assert await stage.bob.ephemeral(
        room,
        "INC-1 was taken by Alice Archer just now; “/incident assign me INC-1” takes it over.",
    )
    assert await assignees(stage) == ["Alice Archer"]


async def test_the_command_takes_an_active_incident_over(stage: Stage) -> None:
    room = await stage.declares("Search is slow")
    await stage.bob.joins(room)
    await stage.alice.types(room, "/incident assign me")

    await stage.bob.types(room, "/incident assign me INC-1")
    await stage.settled()

    assert await stage.bob.ephemeral(room, "INC-1 is yours.")
    assert await assignees(stage) == ["Bob Brook"]


async def test_being_asked_who_works_on_it_one_may_take_it_over(stage: Stage) -> None:
    room = await stage.declares("Search is slow")
    await stage.bob.joins(room)
    await stage.alice.types(room, "/incident assign me")
    await stage.bob.types(room, "/incident assign")

    await stage.bob.clicks(await stage.bob.ephemeral(room, "Who works on INC-1?"), "Assign me")
    await stage.settled()

    assert await stage.bob.ephemeral(room, "INC-1 is yours.")
    assert await assignees(stage) == ["Bob Brook"]


async def test_what_is_over_is_nobodys_to_take(stage: Stage) -> None:
    room = await stage.declares("Search is slow")
    await stage.bob.joins(room)
    stale = await shown_to(stage.bob, room)
    await stage.alice.types(room, "/incident resolve Restarted it.")

    await stage.bob.clicks(stale, "Assign me")
    await stage.settled()

    assert await stage.bob.ephemeral(room, "INC-1 was resolved by Alice Archer just now.")
    assert await assignees(stage) == [None]


async def test_ones_own_incident_that_is_over_is_not_said_to_be_taken(stage: Stage) -> None:
    room = await stage.declares("Search is slow")
    await stage.bob.joins(room)
    stale = await shown_to(stage.bob, room)
    await stage.bob.types(room, "/incident assign me")
    operator, reads = the_operator(stage.organization_id), stage.store.reads
    id = (await reads.incident(stage.organization_id, "INC-1")).row.id
    await stage.bus.execute(CancelIncident(caller=operator, incident_id=id))

    await stage.bob.clicks(stale, "Assign me")
    await stage.settled()

    assert await stage.bob.ephemeral(room, "INC-1 was canceled by the operator just now.")


async def test_an_assignee_from_the_start_is_named_to_who_comes_late(stage: Stage) -> None:
    dora = await hire(stage.bus, stage.organization_id, "Dora Dean")
    await stage.bus.execute(
        DeclareIncident(
            caller=dora, title="Search", severity="high", assignee_id=dora.actor.user_id
        )
    )
    await stage.settled()
    room = await stage.room("incidents")

    await stage.bob.clicks(await stage.announcement(), "Assign me")

    assert await stage.bob.ephemeral(room, "INC-1 is assigned to Dora Dean; “/incident assign me")
    await stage.settled()
