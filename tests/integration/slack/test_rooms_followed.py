"""Whatever people do to the channel of an incident in Slack is followed."""

from core.commands import AcknowledgeIncident, PostUpdate
from core.domain.kept_message import KeptMessage
from core.ports import RecordQuery
from tests.fakes.people import a_caller
from tests.integration.slack.channels import (
    everything_said,
    executed,
    heard,
    in_thread,
    is_said,
    now_is,
    reopened,
    resolved,
    room_of,
)
from tests.integration.slack.stage import Stage


async def updated(stage: Stage, text: str) -> None:
    id = (await now_is(stage)).incident.id
    caller = a_caller(stage.organization_id)
    await executed(stage, PostUpdate(caller=caller, incident_id=id, text=text))


async def kept(stage: Stage) -> list[KeptMessage]:
    id = (await now_is(stage)).incident.id
    query = RecordQuery(parent_id=id)
    return list((await stage.store.reads.records(stage.organization_id, KeptMessage, query)).rows)


async def test_a_renamed_channel_keeps_its_incident(stage: Stage) -> None:
    room = await stage.declares("Search is slow")

    await stage.alice.renames(room, "search-war-room")

    event = await heard(stage, "renamed")
    assert (event.before, event.channel_name) == (room.name, "search-war-room")
    assert (await now_is(stage)).incident.channel_name == "search-war-room"
    await stage.alice.types(await room_of(stage), "/incident ack")
    await stage.settled()
    assert "Acknowledged" in (await stage.announcement()).words


async def test_while_its_channel_is_archived_news_goes_below_the_announcement(
    stage: Stage,
) -> None:
    room = await stage.declares("Search is slow")
    await stage.alice.archives(room)
    await heard(stage, "archived")

    await updated(stage, "We look.")

    thread = await in_thread(stage)
    assert is_said(f"Alice Archer archived the channel #{room.name}.", thread)
    assert is_said("We look.", thread)


async def test_a_channel_that_is_brought_back_shows_what_it_missed(stage: Stage) -> None:
    room = await stage.declares("Search is slow")
    await stage.alice.archives(room)
    await heard(stage, "archived")
    caller, id = a_caller(stage.organization_id), (await now_is(stage)).incident.id
    await executed(stage, AcknowledgeIncident(caller=caller, incident_id=id))

    await stage.alice.unarchives(room)

    await heard(stage, "unarchived")
    await updated(stage, "We are back.")
    assert "Acknowledged" in (await stage.card(room)).words
    assert await room.message("We are back.")


async def test_a_deleted_channel_is_missed_by_nobody(stage: Stage) -> None:
    room = await stage.declares("Search is slow")

    await stage.alice.deletes_channel(room)

    await heard(stage, "deleted")
    await updated(stage, "We look.")
    thread = await in_thread(stage)
    assert is_said(f"Alice Archer deleted the channel #{room.name}.", thread)
    assert is_said("We look.", thread)
    assert f"<#{room.id}>" not in (await stage.announcement()).words


async def test_an_incident_whose_channel_was_deleted_gets_another_when_it_goes_on(
    stage: Stage,
) -> None:
    first = await stage.declares("Search is slow")
    await stage.alice.deletes_channel(first)
    await heard(stage, "deleted")
    incident = (await now_is(stage)).incident

    await resolved(stage, incident)
    await reopened(stage, incident)

    second = await room_of(stage)
    assert second.id != first.id
    assert "INC-1" in (await stage.card(second)).words


async def test_a_channel_under_another_id_is_the_same_channel(stage: Stage) -> None:
    room = await stage.declares("Search is slow")

    moved = await stage.alice.changes_id(room)

    await heard(stage, "moved")
    await stage.alice.types(moved, "/incident ack")
    await stage.settled()
    card = await stage.card(moved)
    assert "Acknowledged" in card.words
    assert len([one for one in await moved.messages() if one.is_pinned]) == 1


async def test_what_was_kept_from_a_channel_is_followed_under_its_other_id(stage: Stage) -> None:
    room = await stage.declares("Search is slow")
    await stage.alice.types(room, "Restarted db1")
    said = await (await room.fresh()).message("Restarted db1")
    await stage.alice.pins(said)
    await stage.sandbox.settled()
    moved = await stage.alice.changes_id(room)
    await heard(stage, "moved")

    await stage.alice.edits(await moved.message("Restarted db1"), "Restarted db2")

    await stage.sandbox.settled()
    assert [one.text for one in await kept(stage)] == ["Restarted db2"]


async def test_a_channel_that_follows_something_is_told_under_its_other_id(stage: Stage) -> None:
    reading = await stage.alice.creates("reading-along")
    await stage.alice.types(reading, "/incident subscribe severity high here")

    moved = await stage.alice.changes_id(reading)
    await stage.sandbox.settled()
    await stage.declares("Search is slow high")

    assert "Search is slow" in (await moved.message("This channel follows")).words


async def test_an_announcement_channel_under_another_id_is_the_same_one(stage: Stage) -> None:
    await stage.declares("Search is slow")

    await stage.alice.changes_id(await stage.room("incidents"))
    await stage.sandbox.settled()
    caller, id = a_caller(stage.organization_id), (await now_is(stage)).incident.id
    await executed(stage, AcknowledgeIncident(caller=caller, incident_id=id))

    assert "Acknowledged" in (await stage.announcement()).words
    assert len(await (await stage.room("incidents")).messages()) >= 1


async def test_a_channel_that_others_read_along_says_so(stage: Stage) -> None:
    room = await stage.declares("Search is slow")

    await stage.alice.shares(room)

    await heard(stage, "shared")
    assert await room.message("is shared with another organisation, whose people can read it.")
    await stage.alice.unshares(room)
    await heard(stage, "unshared")


async def test_a_converted_channel_goes_on_and_is_told_of(stage: Stage) -> None:
    room = await stage.declares("Search is slow")

    await stage.alice.converts(room)
    private = await heard(stage, "made_private")
    await stage.alice.converts(room)
    public = await heard(stage, "made_public")

    assert private.by.name == public.by.name == "Alice Archer"
    await updated(stage, "We look.")
    assert await room.message("We look.")
    assert await room.message(f"Alice Archer made the channel #{room.name} public.")


async def test_without_tocsin_in_it_the_channel_is_left_alone(stage: Stage) -> None:
    room = await stage.declares("Search is slow")
    await stage.alice.kicks(room, "tocsin")
    await heard(stage, "lost")

    await updated(stage, "We look.")

    assert is_said("We look.", await in_thread(stage))
    assert not is_said("We look.", [card.words for card in await room.messages()])


async def test_tocsin_let_in_again_goes_on_in_the_channel(stage: Stage) -> None:
    room = await stage.declares("Search is slow")
    await stage.alice.kicks(room, "tocsin")
    await heard(stage, "lost")

    await stage.alice.invites(room, "tocsin")

    await heard(stage, "regained")
    await updated(stage, "We look.")
    assert await room.message("We look.")


async def test_events_that_come_twice_and_late_say_what_is_true(stage: Stage) -> None:
    room = await stage.declares("Search is slow")
    await stage.sandbox.fault("delivery:event:channel_archive", "delay", seconds=0.3)
    await stage.sandbox.fault("delivery:event:channel_unarchive", "retry_despite_success")
    await stage.alice.archives(room)
    await stage.alice.unarchives(room)
    await stage.sandbox.settled()

    await updated(stage, "We look.")

    assert (await now_is(stage)).incident.archived_at is None
    assert len([card for card in await everything_said(stage) if "We look." in card.text]) == 1
    assert await room.message("We look.")
