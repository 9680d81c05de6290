"""What was said of an incident while it was public is taken back once it is private."""

from core.commands import AssignIncident, PostUpdate, ResolveIncident
from core.commands.postmortems import EditPostmortem
from core.commands.together import ChangeMembers
from core.domain.actor import Caller
from core.domain.ids import IncidentId
from core.domain.particulars import Mode
from core.domain.postmortem import Postmortem
from core.ports import RecordQuery
from sandbox.conversation.card import Card
from sandbox.conversation.room import Room
from tests.fakes.people import hire
from tests.integration.slack.channels import (
    declared,
    executed,
    heard,
    in_person,
    is_said,
    now_is,
    room_of,
)
from tests.integration.slack.stage import Stage


async def alice_hired(stage: Stage) -> Caller:
    return await hire(stage.bus, stage.organization_id, "Alice Archer")


async def turned(stage: Stage, caller: Caller, id: IncidentId) -> None:
    await executed(stage, ChangeMembers(caller=caller, incident_id=id, private=True))


async def test_it_is_taken_back_where_nobody_follows_anything(stage: Stage) -> None:
    await stage.sandbox.settings(restricted_actions=["conversations.create"])
    alice = await alice_hired(stage)
    incident = await declared(stage, "Payroll leaked", caller=alice)
    await executed(stage, PostUpdate(caller=alice, incident_id=incident.id, text="On a server."))
    before = [card.words for card in await in_public(stage)]

    await turned(stage, alice, incident.id)

    after = [card.words for card in await in_public(stage)]
    assert is_said("Payroll leaked", before)
    assert is_said("On a server.", before)
    assert not is_said("Payroll leaked", after)
    assert not is_said("On a server.", after)


async def in_public(stage: Stage) -> list[Card]:
    """Threads, too."""
    rooms = [room for room in await stage.sandbox.channels() if not room.wire["is_private"]]
    said = [(room, card) for room in rooms for card in await room.messages()]
    return [one for room, card in said for one in (card, *await room.thread(card))]


async def test_its_old_channel_says_nothing_and_its_new_one_everything(stage: Stage) -> None:
    alice = await alice_hired(stage)
    incident = await declared(stage, "Payroll leaked", caller=alice)
    await executed(stage, PostUpdate(caller=alice, incident_id=incident.id, text="On a server."))
    old = await room_of(stage)

    await turned(stage, alice, incident.id)

    left = [card.words for card in await (await old.fresh()).messages()]
    new = [card.words for card in await (await room_of(stage)).messages()]
    assert not is_said("On a server.", left)
    assert is_said("Payroll leaked", new)
    assert is_said("Alice Archer made the incident private.", new)
    assert not is_said("is not public any more", new)


async def test_of_a_drill_that_is_over_everything_is_taken_back_as_well(stage: Stage) -> None:
    alice = await alice_hired(stage)
    drill = await declared(stage, "Payroll leaked", caller=alice, mode=Mode.TEST)
    await executed(stage, ResolveIncident(caller=alice, incident_id=drill.id))
    before = [card.words for card in await in_public(stage)]

    await turned(stage, alice, drill.id)

    assert is_said("Payroll leaked", before)
    said = [one for one in await in_public(stage) if one.wire.get("subtype") != "channel_topic"]
    assert not is_said("Payroll leaked", [card.words for card in said])


async def test_whoever_may_know_of_it_keeps_what_they_were_told(stage: Stage) -> None:
    alice = await alice_hired(stage)
    incident = await declared(stage, "Payroll leaked", caller=alice)
    lead = AssignIncident(caller=alice, incident_id=incident.id, assignee_id=alice.actor.user_id)
    await executed(stage, lead)
    told = await in_person(stage, "alice")

    await turned(stage, alice, incident.id)

    assert is_said("Payroll leaked", told)
    assert is_said("Payroll leaked", await in_person(stage, "alice"))


async def test_what_cannot_be_taken_back_is_told_to_whoever_declared_it(stage: Stage) -> None:
    alice = await alice_hired(stage)
    incident = await declared(stage, "Payroll leaked", caller=alice)
    await stage.alice.archives(await room_of(stage))
    await heard(stage, "archived")

    await turned(stage, alice, incident.id)

    told = await in_person(stage, "alice")
    assert is_said("Not all that was said of INC-1 while it was public", told)


async def with_postmortem(stage: Stage) -> tuple[Room, Caller, IncidentId]:
    alice = await alice_hired(stage)
    room = await stage.declares("Payroll leaked")
    await stage.alice.types(room, "/incident resolve Closed the hole.")
    await stage.settled()
    await stage.alice.types(room, "/incident postmortem")
    await stage.settled()
    return room, alice, (await now_is(stage)).incident.id


async def changed(stage: Stage, alice: Caller, id: IncidentId) -> None:
    query = RecordQuery(parent_id=id)
    [written] = (await stage.store.reads.records(stage.organization_id, Postmortem, query)).rows
    edit = EditPostmortem(caller=alice, postmortem_id=written.id, body="It was the badge server.")
    await executed(stage, edit)


async def test_the_canvas_of_its_old_channel_is_blank_and_the_new_one_is_written(
    stage: Stage,
) -> None:
    room, alice, id = await with_postmortem(stage)
    assert "Closed the hole." in await room.canvas("Closed the hole.")

    await turned(stage, alice, id)
    left = await room.canvas("INC-1")
    await changed(stage, alice, id)

    assert left.strip() == "INC-1 is not public any more."
    assert (await room.canvas("INC-1")).strip() == "INC-1 is not public any more."
    assert await (await room_of(stage)).canvas("It was the badge server.")


async def test_the_file_in_its_old_channel_is_deleted(stage: Stage) -> None:
    await stage.sandbox.settings(canvases=False)
    room, alice, id = await with_postmortem(stage)

    await turned(stage, alice, id)

    said = [card for one in await room.messages() for card in (one, *await room.thread(one))]
    files = [file for card in said for file in card.wire.get("files", ())]
    assert [file["mode"] for file in files] == ["tombstone"]
