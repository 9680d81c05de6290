"""What set out while the incident was public is taken back as well, whenever it arrived."""

from core.commands import AcknowledgeIncident, AddNote, AssignIncident, EditIncident
from core.commands.together import ChangeMembers
from core.domain.actor import Caller
from core.domain.incident import Incident
from sandbox.conversation.card import Card
from sandbox.conversation.control import wait_for
from sandbox.conversation.room import Room
from sandbox.model.canvasing import write
from tests.fakes.people import hire
from tests.integration.slack.channels import (
    declared,
    everything_said,
    in_person,
    is_said,
    now_is,
    room_of,
)
from tests.integration.slack.stage import Stage
from tests.integration.slack.test_following import with_digest
from tests.integration.slack.test_private_meanwhile import (
    alice_hired,
    begins,
    begun,
    postponed,
    turned,
)

SECRET = "The passwords are on the badge server."


async def noted(stage: Stage, caller: Caller, incident: Incident) -> None:
    """Nobody waits until it is shown."""
    await stage.bus.execute(AddNote(caller=caller, incident_id=incident.id, text=SECRET))


async def said(stage: Stage) -> list[str]:
    """Where everybody reads it, but for what Slack itself says of topics and names."""
    cards = await everything_said(stage)
    return [card.words for card in cards if not is_of_slack(card)]


def is_of_slack(card: Card) -> bool:
    return str(card.wire.get("subtype")).startswith("channel_")


async def test_what_slack_was_just_being_told(stage: Stage) -> None:
    alice = await alice_hired(stage)
    incident = await declared(stage, "Payroll leaked", caller=alice)
    await stage.sandbox.fault("chat.postMessage", "slow", seconds=1.5)
    await noted(stage, alice, incident)
    await begins(stage)

    await turned(stage, alice, incident)

    assert not is_said(SECRET, await said(stage))
    assert not is_said("Payroll leaked", await said(stage))


async def test_what_was_just_being_written_anew(stage: Stage) -> None:
    alice = await alice_hired(stage)
    incident = await declared(stage, "Payroll leaked", caller=alice)
    await stage.sandbox.fault("chat.update", "slow", seconds=1.5)
    await stage.bus.execute(AcknowledgeIncident(caller=alice, incident_id=incident.id))
    await begins(stage)

    await turned(stage, alice, incident)

    assert not is_said("Payroll leaked", await said(stage))


async def test_what_nobody_knew_of_whether_it_was_said(stage: Stage) -> None:
    alice = await alice_hired(stage)
    incident = await declared(stage, "Payroll leaked", caller=alice)
    stage.outcomes.clear()
    await stage.sandbox.fault("chat.postMessage", "lost_reply")
    await noted(stage, alice, incident)
    await postponed(stage, "PostNotice")

    await turned(stage, alice, incident)

    assert not is_said(SECRET, await said(stage))


async def test_the_first_thing_said_in_its_channel_of_which_nobody_knew(stage: Stage) -> None:
    alice = await alice_hired(stage)
    await stage.sandbox.fault("chat.postMessage", "lost_reply", nth=3)
    incident = await begun(stage, alice)
    await postponed(stage, "RefreshCard")

    await turned(stage, alice, incident)

    assert not is_said("Payroll leaked", await said(stage))


async def resolved(stage: Stage) -> tuple[Room, Caller, Incident]:
    alice = await alice_hired(stage)
    incident = await declared(stage, "Payroll leaked", caller=alice)
    room = await room_of(stage)
    await stage.alice.types(room, "/incident resolve Closed the hole.")
    await stage.settled()
    stage.outcomes.clear()
    return room, alice, incident


async def test_a_canvas_of_which_nobody_knew_whether_it_was_written(stage: Stage) -> None:
    room, alice, incident = await resolved(stage)
    await stage.sandbox.fault("conversations.canvases.create", "lost_reply")
    await stage.alice.types(room, "/incident postmortem")
    await postponed(stage, "ShowPostmortem")
    before = await room.canvas("Closed the hole.")

    await turned(stage, alice, incident)

    assert before
    assert (await room.canvas("INC-1")).strip() == "INC-1 is not public any more."
    assert is_said("Read it in the file in this thread", await in_person(stage, "alice"))


async def test_what_people_wrote_where_no_canvas_could_be_written_stays_theirs(
    stage: Stage,
) -> None:
    room, alice, incident = await resolved(stage)
    await stage.sandbox.fault("conversations.canvases.create", "rate_limited")
    await stage.alice.types(room, "/incident postmortem")
    await postponed(stage, "ShowPostmortem")
    bob = await stage.bob.id()
    write(stage.sandbox.world.workspace, bob, "Theirs", "What we know", room.id)

    await turned(stage, alice, incident)

    edits = await stage.sandbox.journal("api_call")
    assert await room.canvas("What we know")
    assert [one for one in edits if one["method"] == "canvases.edit" and not one["ok"]] == []


async def test_of_several_canvases_somebody_is_told_that_one_may_be_its_postmortem(
    stage: Stage,
) -> None:
    room, alice, incident = await resolved(stage)
    await stage.sandbox.fault("conversations.canvases.create", "lost_reply")
    await stage.alice.types(room, "/incident postmortem")
    await postponed(stage, "ShowPostmortem")
    bob = await stage.bob.id()
    write(stage.sandbox.world.workspace, bob, "Theirs", "What we know", room.id)

    await turned(stage, alice, incident)

    told = await in_person(stage, "alice")
    assert is_said("One of its canvases may show the postmortem", told)


async def line_and_thread(digest: Room) -> tuple[Card, list[Card]]:
    [line] = [card for card in await digest.messages() if not is_of_slack(card)]
    return line, await digest.thread(line)


async def test_a_line_of_the_digest_of_which_nobody_knew(stage: Stage) -> None:
    digest = await with_digest(stage)
    alice = await alice_hired(stage)
    incident = await declared(stage, "Payroll leaked", caller=alice)
    stage.outcomes.clear()
    await stage.sandbox.fault("chat.postMessage", "lost_reply", times=0)
    worse = EditIncident(caller=alice, incident_id=incident.id, severity="critical")
    await stage.bus.execute(worse)
    await postponed(stage, "TellSubscribers")
    await stage.sandbox.clear_faults()

    await turned(stage, alice, incident)

    first, below = await line_and_thread(digest)
    assert "INC-1 is not public any more." in first.words
    assert ["INC-1 is not public any more." in card.words for card in below] == [True]


async def test_a_line_in_person_of_which_nobody_knew(stage: Stage) -> None:
    general = await stage.room("general")
    await stage.bob.types(general, "/incident subscribe severity high")
    alice = await alice_hired(stage)
    await stage.sandbox.fault("chat.postMessage", "lost_reply", times=0)
    incident = await begun(stage, alice)
    await postponed(stage, "TellSubscribers")
    await stage.sandbox.clear_faults()

    await turned(stage, alice, incident)

    lines = await in_person(stage, "bob")
    assert lines
    assert not is_said("Payroll leaked", lines)


async def test_nothing_waits_for_those_who_are_still_told(stage: Stage) -> None:
    alice = await alice_hired(stage)
    bob = await hire(stage.bus, stage.organization_id, "Bob Brook")
    await stage.alice.types(await stage.room("general"), "/incident subscribe severity high")
    await stage.alice.ephemeral(await stage.room("general"), "You follow High (SEV2) now")
    await stage.sandbox.fault("conversations.open", "error", error="fatal_error", times=0)
    incident = await begun(stage, bob)
    await postponed(stage, "TellSubscribers")
    lead = AssignIncident(caller=bob, incident_id=incident.id, assignee_id=alice.actor.user_id)
    await stage.bus.execute(lead)
    hidden = ChangeMembers(caller=bob, incident_id=incident.id, private=True)
    await stage.bus.execute(hidden)

    async def look() -> bool | None:
        return not is_said("Payroll leaked", await said(stage)) or None

    await wait_for(look, "Taking back")
    assert await stage.store.outbox.waiting()


async def test_a_file_of_which_nobody_knew_whether_it_was_sent(stage: Stage) -> None:
    await stage.sandbox.settings(canvases=False)
    alice = await alice_hired(stage)
    room = await stage.declares("Payroll leaked")
    await stage.alice.types(room, "/incident resolve Closed the hole.")
    await stage.settled()
    stage.outcomes.clear()
    await stage.sandbox.fault("files.completeUploadExternal", "lost_reply")
    await stage.alice.types(room, "/incident postmortem")
    await postponed(stage, "ShowPostmortem")

    await turned(stage, alice, (await now_is(stage)).incident)

    said = [card for one in await room.messages() for card in (one, *await room.thread(one))]
    files = [file for card in said for file in card.wire.get("files", ())]
    assert [file["mode"] for file in files] == ["tombstone"]
