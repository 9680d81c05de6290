"""Roles: given by command and in the form, handed over, and told in person."""

from core.commands import AddIncidentRole
from core.domain.account import Role, UserState
from sandbox.conversation.form import Form
from sandbox.conversation.person import Person
from sandbox.conversation.room import Room
from tests.fakes.people import hire, the_operator
from tests.integration.slack.announced import direct
from tests.integration.slack.channels import now_is
from tests.integration.slack.stage import Stage


async def told(stage: Stage, person: Person) -> list[str]:
    """What Tocsin wrote to that person alone."""
    id = await person.id()
    rooms = [room for room in await direct(stage) if id in room.wire["members"]]
    return [card.words for room in rooms for card in await room.messages()]


async def managed(stage: Stage) -> Room:
    """An incident declared by a manager, who may give to others what is not theirs."""
    await hire(stage.bus, stage.organization_id, "Alice Archer", Role.MANAGER)
    return await stage.declares("Search is slow")


async def the_form(person: Person, room: Room, typed: str = "/incident role") -> Form:
    await person.types(room, typed)
    return await (await person.modal()).containing("INC-1")


async def test_the_lead_reads_in_person_what_is_expected_of_them(stage: Stage) -> None:
    room = await stage.declares("Search is slow")

    await stage.bob.clicks(await stage.card(room), "Assign me")
    await stage.settled()

    [notice] = await told(stage, stage.bob)
    assert "You have the role Incident Lead in INC-1 “Search is slow”." in notice
    assert "Take the incident, say who does what" in notice
    assert f"<#{room.id}>" in notice


async def test_a_role_taken_shows_on_the_card_and_in_the_channel(stage: Stage) -> None:
    room = await stage.declares("Search is slow")
    await stage.bob.joins(room)

    await stage.bob.types(room, "/incident role comms me")
    await stage.settled()

    assert await stage.bob.ephemeral(room, "You are Communications Lead of INC-1 now.")
    card = await stage.card(room)
    assert f"Communications Lead: <@{await stage.bob.id()}>" in card.words
    assert await room.message("Bob Brook took the role Communications Lead.")
    [notice] = await told(stage, stage.bob)
    assert "Post an update whenever something is learnt" in notice


async def test_whoever_holds_a_role_may_hand_it_over(stage: Stage) -> None:
    room = await stage.declares("Search is slow")
    await stage.alice.types(room, "/incident lead me")

    await stage.alice.types(room, "/incident lead @bob")
    await stage.settled()

    assert await stage.alice.ephemeral(room, "Bob Brook is Incident Lead of INC-1 now.")
    assert f"<@{await stage.bob.id()}>" in (await stage.card(room)).words
    [notice] = await told(stage, stage.bob)
    assert "Alice Archer gave you the role Incident Lead in INC-1" in notice


async def test_giving_what_is_not_ones_own_takes_a_permission(stage: Stage) -> None:
    room = await stage.declares("Search is slow")

    await stage.alice.types(room, "/incident role scribe @bob")

    assert await stage.alice.ephemeral(room, "You may not assign incidents to others")
    assert "Scribe:" not in (await stage.card(room)).words
    await stage.settled()


async def test_a_manager_gives_roles_to_whom_they_name(stage: Stage) -> None:
    room = await managed(stage)

    await stage.alice.types(room, "/incident role scribe @bob")
    await stage.settled()

    assert await stage.alice.ephemeral(room, "Bob Brook is Scribe of INC-1 now.")
    assert f"Scribe: <@{await stage.bob.id()}>" in (await stage.card(room)).words


async def test_nobody_may_be_left_with_a_role(stage: Stage) -> None:
    room = await stage.declares("Search is slow")
    await stage.alice.types(room, "/incident role scribe me")

    await stage.alice.types(room, "/incident role scribe nobody")
    await stage.settled()

    assert await stage.alice.ephemeral(room, "Scribe of INC-1 is nobody now.")
    assert "Scribe:" not in (await stage.card(room)).words
    assert await room.message("Alice Archer left the role Scribe to nobody.")


async def test_the_form_has_every_role_of_the_organisation_and_gives_what_was_changed(
    stage: Stage,
) -> None:
    room = await managed(stage)
    await stage.bus.execute(
        AddIncidentRole(
            caller=the_operator(stage.organization_id),
            name="Customer liaison",
            description="Talks to customers.",
            instructions="Call the hotline first.",
        )
    )
    await stage.alice.types(room, "/incident lead me")
    await stage.settled()
    form = await the_form(stage.alice, room)
    shown = form.values

    await form.fill({"Customer liaison": "@bob", "Scribe": "@alice"})
    await form.submit()
    await stage.settled()

    assert form.labels == ["Incident Lead", "Communications Lead", "Scribe", "Customer liaison"]
    assert shown["Incident Lead"] == await stage.alice.id()
    assert await stage.alice.ephemeral(room, "The roles of INC-1 are given.")
    words = (await stage.card(room)).words
    assert f"Customer liaison: <@{await stage.bob.id()}>" in words
    assert f"Scribe: <@{await stage.alice.id()}>" in words
    [notice] = await told(stage, stage.bob)
    assert "Call the hotline first." in notice


async def test_who_cannot_play_a_role_is_refused_at_it_and_nobody_gets_any(stage: Stage) -> None:
    room = await managed(stage)
    form = await the_form(stage.alice, room)

    await form.fill({"Scribe": "USLACKBOT", "Communications Lead": "@bob"})
    errors = (await form.submit())["errors"]

    assert set(errors) == {"role_scribe"}
    assert "Communications Lead:" not in (await stage.card(room)).words


async def test_who_left_slack_while_the_form_was_open_is_refused_at_the_role(stage: Stage) -> None:
    room = await managed(stage)
    await stage.bob.types(await stage.room("general"), "/incident list")
    form = await the_form(stage.alice, room)
    await form.fill({"Incident Lead": "@bob"})
    await stage.bob.is_deactivated()

    answer = await form.submit()

    assert answer["errors"] == {"role_lead": "Bob Brook has left Slack; name somebody else."}
    assert (await now_is(stage)).assignee is None


async def test_whose_account_was_put_out_meanwhile_is_refused_at_the_role(stage: Stage) -> None:
    room = await managed(stage)
    await stage.bob.types(await stage.room("general"), "/incident list")
    form = await the_form(stage.alice, room)
    await form.fill({"Incident Lead": "@bob"})
    await stage.puts_out("bob", UserState.SUSPENDED)

    errors = (await form.submit())["errors"]

    assert set(errors) == {"role_lead"}
    assert "The account of Bob Brook is suspended, so nothing can be given" in errors["role_lead"]
    assert (await now_is(stage)).assignee is None


async def test_the_form_of_one_role_asks_for_that_one(stage: Stage) -> None:
    room = await stage.declares("Search is slow")

    form = await the_form(stage.alice, room, "/incident lead")

    assert form.labels == ["Incident Lead"]


async def test_elsewhere_the_incident_is_asked_for_before_the_form(stage: Stage) -> None:
    await stage.declares("Search is slow")
    general = await stage.room("general")
    await stage.alice.types(general, "/incident role")

    await stage.alice.clicks(await stage.alice.ephemeral(general, "Which incident?"), "Roles")

    assert (await (await stage.alice.modal()).containing("Scribe")).labels[0] == "Incident Lead"
    await stage.settled()


async def test_a_role_nobody_knows_is_answered_with_those_there_are(stage: Stage) -> None:
    room = await stage.declares("Search is slow")

    await stage.alice.types(room, "/incident role bottlewasher me")

    assert await stage.alice.ephemeral(
        room, "There is no role “bottlewasher”; the roles are lead, comms, scribe."
    )
    await stage.settled()
