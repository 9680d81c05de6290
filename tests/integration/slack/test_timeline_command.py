"""Notes, and the timeline as somebody reads it, leafs through it and corrects it."""

from datetime import timedelta

import pytest

from bot.slack.blocks import MAX_LABEL
from bot.slack.text import clip
from core.commands import AddNote
from sandbox.conversation.card import Card
from sandbox.conversation.form import Form
from sandbox.conversation.person import Person
from sandbox.conversation.room import Room
from tests.fakes.people import the_operator
from tests.integration.slack.channels import now_is
from tests.integration.slack.stage import Stage


@pytest.fixture
async def room(stage: Stage) -> Room:
    return await stage.declares("Search is slow")


async def shown(stage: Stage, room: Room, words: str = "The timeline of INC-1") -> Card:
    await stage.alice.types(room, "/incident timeline")
    return await stage.alice.ephemeral(room, words)


async def test_a_note_is_told_in_the_channel_and_stands_in_the_timeline(
    stage: Stage, room: Room
) -> None:
    await stage.alice.types(room, "/incident note We blame the <index> & the cache")
    await stage.settled()

    assert await stage.alice.ephemeral(room, "Your note is in the timeline of INC-1.")
    assert await (await room.fresh()).message("noted: We blame the <index> & the cache")
    assert "noted: We blame the <index> & the cache" in (await shown(stage, room)).words


async def test_a_note_without_words_is_asked_for_in_a_form(stage: Stage, room: Room) -> None:
    await stage.alice.types(room, "/incident note")
    form = await stage.alice.modal("What others should know")
    await form.fill({"Note": "The vendor confirms"})

    await form.submit()
    await stage.settled()

    assert await stage.alice.ephemeral(room, "Your note is in the timeline of INC-1.")
    assert "noted: The vendor confirms" in (await shown(stage, room)).words


async def test_outside_a_channel_the_form_asks_which_incident(stage: Stage, room: Room) -> None:
    general = await stage.room("general")
    await stage.alice.types(general, "/incident note")
    form = await stage.alice.modal("Which incident?")
    await form.fill({"Which incident?": "INC-1 Search is slow", "Note": "Seen in Berlin"})

    await form.submit()

    assert await stage.alice.ephemeral(general, "Your note is in the timeline of INC-1.")
    assert "noted: Seen in Berlin" in (await shown(stage, room)).words


async def test_the_timeline_is_leafed_through(stage: Stage, room: Room) -> None:
    record = await stage.store.reads.incident(stage.organization_id, "INC-1")
    caller = the_operator(stage.organization_id)
    for number in range(15):
        note = AddNote(caller=caller, incident_id=record.row.id, text=f"Step {number:02}")
        await stage.bus.execute(note)
    await stage.settled()
    newest = await shown(stage, room, "has 17 lines; the newest is the last.")

    await stage.alice.clicks(newest, "Earlier")

    assert "Step 14" in newest.words
    earlier = await stage.alice.ephemeral(room, "declared a Medium (SEV3) incident")
    assert "Step 02" in earlier.words
    assert "Step 03" in newest.words
    assert earlier.buttons[-1] == "Latest"


async def test_a_line_is_corrected_in_a_form_and_the_list_shows_it(
    stage: Stage, room: Room
) -> None:
    await stage.alice.types(room, "/incident note The index is brocken")
    listed = await shown(stage, room)
    await stage.alice.clicks(listed, "Edit: Alice Archer noted: The index is brocken")
    form = await stage.alice.modal("What does the line say?")
    await form.fill({"What does the line say?": "The index is broken"})

    await form.submit()

    again = await stage.alice.ephemeral(room, "The index is broken")
    assert "corrected" in again.words
    assert "brocken" not in again.words


async def test_a_corrected_line_is_taken_back_to_how_it_was_written_down(
    stage: Stage, room: Room
) -> None:
    await stage.alice.types(room, "/incident note The index is broken")
    listed = await shown(stage, room)
    await stage.alice.clicks(listed, "Edit: Alice Archer noted: The index is broken")
    form = await stage.alice.modal("What does the line say?")
    await form.fill({"What does the line say?": "The cache is broken"})
    await form.submit()
    corrected = await stage.alice.ephemeral(room, "The cache is broken")
    await stage.alice.clicks(corrected, "Edit: The cache is broken")
    again = await stage.alice.modal("It was written down as:")
    await again.fill(
        {"Instead of correcting it": ["As it was written down, without any correction"]}
    )

    await again.submit()

    back = await shown(stage, room, "noted: The index is broken")
    assert "The cache" not in back.words
    assert "corrected" not in back.words


async def test_a_line_moves_to_its_time_and_cannot_stand_in_the_future(
    stage: Stage, room: Room
) -> None:
    await stage.alice.types(room, "/incident note It began here")
    listed = await shown(stage, room)
    await stage.alice.clicks(listed, "Edit: Alice Archer noted: It began here")
    form = await stage.alice.modal("When was it?")
    await form.fill({"When was it?": int((stage.clock() + timedelta(hours=2)).timestamp())})
    refused = await form.submit()

    await form.fill({"When was it?": int((stage.clock() - timedelta(hours=2)).timestamp())})
    await form.submit()

    assert refused["errors"] == {"at": "The line cannot stand in the future."}
    again = await stage.alice.ephemeral(room, "corrected")
    assert again.words.index("It began here") < again.words.index("declared a Medium")


async def test_what_is_left_out_can_be_put_back(stage: Stage, room: Room) -> None:
    await stage.alice.types(room, "/incident note Wrong channel, sorry")
    listed = await shown(stage, room)
    await stage.alice.clicks(listed, "Edit: Alice Archer noted: Wrong channel, sorry")
    form = await stage.alice.modal("Leave this line out")
    await form.fill({"Instead of correcting it": ["Leave this line out of the timeline"]})
    await form.submit()
    without = await stage.alice.ephemeral(room, "has 2 lines")

    await stage.alice.clicks(without, "Show 1 line left out")
    hidden = await stage.alice.ephemeral(room, "What is left out of the timeline of INC-1.")
    await stage.alice.clicks(hidden, "Put back")

    assert "Wrong channel" not in without.words
    assert await stage.alice.ephemeral(room, "Nothing is left out of the timeline of INC-1.")
    assert "Wrong channel" in (await shown(stage, room, "has 3 lines")).words


async def test_a_line_that_is_too_long_for_a_form_can_be_left_out_and_put_back(
    stage: Stage, room: Room
) -> None:
    words = "The queue grows. " * 588
    operator, id = the_operator(stage.organization_id), (await now_is(stage)).incident.id
    await stage.bus.execute(AddNote(caller=operator, incident_id=id, text=words))
    listed = await shown(stage, room)
    await stage.alice.clicks(listed, clip(f"Edit: the operator noted: {words}", MAX_LABEL))
    form = await stage.alice.modal("too long to be corrected in a form")
    await form.fill({"Instead of correcting it": ["Leave this line out of the timeline"]})

    await form.submit()
    without = await stage.alice.ephemeral(room, "has 2 lines")
    await stage.alice.clicks(without, "Show 1 line left out")
    hidden = await stage.alice.ephemeral(room, "What is left out of the timeline of INC-1.")
    await stage.alice.clicks(hidden, "Put back")

    assert await stage.alice.ephemeral(room, "Nothing is left out of the timeline of INC-1.")
    assert "noted: The queue grows." in (await shown(stage, room, "has 3 lines")).words


async def test_who_may_only_look_reads_and_corrects_nothing(stage: Stage, room: Room) -> None:
    await stage.is_viewer("carol")
    carol = stage.sandbox.person("carol")
    general = await stage.room("general")

    await carol.types(general, "/incident timeline INC-1")
    read = await carol.ephemeral(general, "The timeline of INC-1")
    await carol.types(general, "/incident note INC-1 Hello")

    assert read.buttons == []
    assert await carol.ephemeral(general, "You may not change incidents")


async def test_what_was_left_as_shown_stays_what_others_made_of_the_line(
    stage: Stage, room: Room
) -> None:
    await stage.bob.joins(room)
    await stage.alice.types(room, "/incident note The index is brocken")
    form = await correcting(stage, room, stage.alice)
    his = await correcting(stage, room, stage.bob)
    await his.fill({"What does the line say?": "The cache is broken"})
    await his.submit()

    await form.fill({"When was it?": int((stage.clock() - timedelta(hours=2)).timestamp())})
    await form.submit()

    again = await shown(stage, room)
    assert "brocken" not in again.words
    assert again.words.index("The cache is broken") < again.words.index("declared a Medium")


async def test_what_somebody_left_out_meanwhile_stays_out(stage: Stage, room: Room) -> None:
    await stage.bob.joins(room)
    await stage.alice.types(room, "/incident note The index is brocken")
    form = await correcting(stage, room, stage.alice)
    his = await correcting(stage, room, stage.bob)
    await his.fill({"Instead of correcting it": ["Leave this line out of the timeline"]})
    await his.submit()

    await form.fill({"What does the line say?": "The index is broken"})
    await form.submit()

    again = await shown(stage, room, "has 2 lines")
    assert "The index" not in again.words
    assert "Show 1 line left out" in again.buttons


async def test_a_line_that_two_correct_differently_is_refused_with_what_it_says_by_now(
    stage: Stage, room: Room
) -> None:
    await stage.bob.joins(room)
    await stage.alice.types(room, "/incident note The index is brocken")
    form = await correcting(stage, room, stage.alice)
    his = await correcting(stage, room, stage.bob)
    await his.fill({"What does the line say?": "The cache is broken"})
    await his.submit()

    await form.fill({"What does the line say?": "The index is broken"})
    refused = await form.submit()

    assert set(refused["errors"]) == {"text"}
    assert "The cache is broken" in refused["errors"]["text"]
    assert "The cache is broken" in (await shown(stage, room)).words


async def correcting(stage: Stage, room: Room, person: Person) -> Form:
    """The form about the note."""
    await person.types(room, "/incident timeline")
    listed = await person.ephemeral(room, "The timeline of INC-1")
    await person.clicks(listed, "Edit: Alice Archer noted: The index is brocken")
    return await person.modal("What does the line say?")
