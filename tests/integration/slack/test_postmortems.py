"""Postmortems: drafted in the channel, edited, asked for, published; and exports."""

import json
from base64 import b64decode

import pytest

from sandbox.conversation.card import Card
from sandbox.conversation.room import Room
from sandbox.model.canvasing import write
from tests.integration.slack.stage import Stage


async def resolved(stage: Stage) -> Room:
    """An incident that bob took part in, and that is over."""
    room = await stage.declares("sev2 Search is slow")
    await stage.bob.joins(room)
    await stage.bob.types(room, "/incident assign me")
    await stage.alice.types(room, "/incident note The pool was *full*.")
    await stage.alice.types(room, "/incident task Raise the pool size")
    await stage.alice.types(room, "/incident resolve Raised the pool size.")
    await stage.settled()
    return room


async def drafted(stage: Stage) -> tuple[Room, Card]:
    room = await resolved(stage)
    await stage.alice.types(room, "/incident postmortem")
    await stage.settled()
    return room, await room.message("The postmortem of INC-1 is drafted.")


async def test_the_draft_is_a_canvas_of_the_channel_with_all_that_is_known(stage: Stage) -> None:
    room, card = await drafted(stage)

    written = await room.canvas("**Severity:**")
    assert "Read it in the canvas of this channel." in card.words
    assert "- **Severity:** High (SEV2)" in written
    assert "The pool was \\*full\\*." in written
    assert "- [ ] Raise the pool size" in written
    assert "## What fixed it\n\nRaised the pool size." in written


async def test_an_incident_that_goes_on_has_no_postmortem_yet(stage: Stage) -> None:
    room = await stage.declares("Search is slow")

    await stage.alice.types(room, "/incident postmortem")

    assert await stage.alice.ephemeral(room, "INC-1 still goes on")


async def test_the_news_that_it_is_over_offers_the_postmortem(stage: Stage) -> None:
    room = await resolved(stage)
    [news] = [one for one in await room.messages() if "Draft the postmortem" in one.buttons]

    await stage.bob.clicks(news, "Draft the postmortem")
    await stage.settled()

    assert await room.message("The postmortem of INC-1 is drafted.")


async def test_asking_twice_drafts_it_once(stage: Stage) -> None:
    room, _ = await drafted(stage)

    await stage.bob.types(room, "/incident pm")
    await stage.settled()

    assert await stage.bob.ephemeral(room, "The postmortem of INC-1 stands in this channel.")
    cards = [one for one in await room.messages() if "The postmortem of INC-1 is" in one.words]
    assert len(cards) == 1


async def test_without_canvases_it_is_a_file_in_the_thread(stage: Stage) -> None:
    await stage.sandbox.settings(canvases=False)

    room, card = await drafted(stage)

    assert "Read it in the file in this thread." in card.words
    [reply] = [one for one in await room.thread(card) if one.wire.get("files")]
    assert [file["name"] for file in reply.wire["files"]] == ["INC-1-postmortem.md"]


async def test_a_channel_whose_canvas_somebody_else_wrote_gets_another_one(stage: Stage) -> None:
    await stage.sandbox.fault(
        "conversations.canvases.create", "error", error="channel_canvas_already_exists"
    )

    room, _ = await drafted(stage)

    assert await room.canvas("**Severity:**")


@pytest.mark.parametrize("fault", ["lost_reply", "truncated_json"])
async def test_a_canvas_of_which_nobody_knew_whether_it_was_written_is_written_once(
    stage: Stage, fault: str
) -> None:
    await stage.sandbox.fault("conversations.canvases.create", fault)

    _, card = await drafted(stage)

    [canvas] = stage.sandbox.world.workspace.canvases.values()
    assert "**Severity:**" in canvas.markdown
    assert "Read it in the canvas of this channel." in card.words


async def test_what_somebody_else_wrote_there_before_stays_theirs(stage: Stage) -> None:
    room = await resolved(stage)
    workspace, carol = stage.sandbox.world.workspace, await stage.sandbox.person("carol").id()
    theirs = write(workspace, carol, "Runbook", "Turn it off.", room.id)
    await stage.sandbox.fault("conversations.canvases.create", "timeout_after")

    await stage.alice.types(room, "/incident postmortem")
    await stage.settled()

    assert workspace.canvases[theirs.id].markdown == "Turn it off."
    assert await room.canvas("**Severity:**")


async def test_what_is_edited_in_the_form_is_read_in_the_canvas(stage: Stage) -> None:
    room, card = await drafted(stage)
    await stage.bob.clicks(card, "Edit")
    form = await stage.bob.modal("Impact")

    await form.fill({"Impact": "Nobody could search for an hour."})
    await form.submit()
    await stage.settled()

    assert "## Impact\n\nNobody could search for an hour." in await room.canvas("Nobody could")
    assert await stage.bob.ephemeral(room, "The postmortem of INC-1 is changed.")


async def test_whoever_took_part_is_asked_in_person_and_is_read_in_it(stage: Stage) -> None:
    room, card = await drafted(stage)
    await stage.alice.clicks(card, "Ask who took part")
    await stage.settled()
    direct = await stage.bob.opens_dm()
    question = await direct.message("You took part in INC-1")

    await stage.bob.clicks(question, "Say what you know")
    form = await stage.bob.modal("What do you remember?")
    await form.fill({"What do you remember?": "The graph was <odd>."})
    await form.submit()
    await stage.settled()

    assert await room.canvas("**Bob Brook:** The graph was \\<odd>.")


async def test_what_nobody_wrote_anything_about_is_named_before_it_is_published_and_left_out(
    stage: Stage,
) -> None:
    room, card = await drafted(stage)
    question = str(card.wire["blocks"])

    await stage.alice.clicks(card, "Publish")
    await stage.settled()

    assert "which are left out: Summary, Impact, Root cause, What went well," in question
    [canvas] = stage.sandbox.world.workspace.canvases.values()
    assert "## What fixed it" in canvas.markdown
    assert "## Impact" not in canvas.markdown
    published = await room.message("The postmortem of INC-1 is published.")
    await stage.alice.clicks(published, "Edit")
    assert await stage.alice.modal("Impact")


async def test_it_is_published_once_and_says_so(stage: Stage) -> None:
    room, card = await drafted(stage)

    await stage.alice.clicks(card, "Publish")
    await stage.settled()

    published = await room.message("The postmortem of INC-1 is published.")
    assert "Publish" not in published.buttons


@pytest.mark.parametrize(
    ("format", "name", "title"),
    [
        ("json", "INC-1.json", "Export of INC-1 as JSON"),
        ("markdown", "INC-1.md", "Draft of INC-1: Search is slow"),
    ],
)
async def test_an_export_is_a_file_for_whoever_asks_alone(
    stage: Stage, format: str, name: str, title: str
) -> None:
    room = await resolved(stage)

    await stage.alice.types(room, f"/incident export {format}")

    assert await stage.alice.ephemeral(room, "The export of INC-1 is in your messages")
    direct = await stage.alice.opens_dm()
    card = await direct.message("Everything about INC-1")
    assert [(file["name"], file["title"]) for file in card.wire["files"]] == [(name, title)]


async def test_the_form_asks_as_what_an_incident_is_exported(stage: Stage) -> None:
    room = await resolved(stage)
    await stage.alice.types(room, "/incident export")
    form = await stage.alice.modal("As what?")

    await form.fill({"As what?": "JSON"})
    await form.submit()

    direct = await stage.alice.opens_dm()
    card = await direct.message("Everything about INC-1")
    file = stage.sandbox.world.workspace.files[card.wire["files"][0]["id"]]
    assert json.loads(_content(file.content))["incident"]["title"] == "Search is slow"


def _content(encoded: str) -> bytes:
    return b64decode(encoded)


@pytest.mark.parametrize("fault", ["rate_limited", "reset", "error"])
async def test_who_may_read_the_canvas_is_settled_in_the_end(stage: Stage, fault: str) -> None:
    details = {"error": "fatal_error"} if fault == "error" else {}
    await stage.sandbox.fault("canvases.access.set", fault, **details)

    room, _ = await drafted(stage)

    assert await room.canvas("**Severity:**")
    calls = await stage.sandbox.journal("api_call")
    answers = [call for call in calls if call["method"] == "canvases.access.set"]
    assert len(answers) == 2


async def test_a_canvas_whose_readers_cannot_be_set_is_there_all_the_same(stage: Stage) -> None:
    await stage.sandbox.fault("canvases.access.set", "error", error="invalid_parameters")

    room, card = await drafted(stage)

    assert "Read it in the canvas of this channel." in card.words
    assert await room.canvas("**Severity:**")
