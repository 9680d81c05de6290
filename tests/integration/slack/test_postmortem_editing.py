"""Editing a postmortem: long sections, several people at once, and what is drawn anew."""

import re

from sandbox.conversation.card import Card
from sandbox.conversation.form import Form
from sandbox.conversation.room import Room
from tests.integration.slack.channels import known_as
from tests.integration.slack.stage import Stage

LONG = "We looked at the replicas of the index one by one. " * 6
ANEW = "Draft timeline and tasks anew"


async def drafted(stage: Stage, *, notes: int = 0) -> tuple[Room, Card]:
    """Of an incident that bob took part in."""
    room = await stage.declares("sev2 Search is slow")
    await stage.bob.joins(room)
    await stage.bob.types(room, "/incident ack")
    for number in range(notes):
        await stage.alice.types(room, f"/incident note {number}: {LONG}")
    await stage.alice.types(room, "/incident resolve Raised the pool size.")
    await stage.settled()
    await stage.alice.types(room, "/incident postmortem")
    await stage.settled()
    return room, await room.message("The postmortem of INC-1 is drafted.")


async def edits(stage: Stage, name: str, card: Card) -> Form:
    await stage.sandbox.person(name).clicks(card, "Edit")
    return await stage.sandbox.person(name).modal("Impact")


async def written(stage: Stage) -> str:
    """As it is kept."""
    await stage.settled()
    [canvas] = stage.sandbox.world.workspace.canvases.values()
    return canvas.markdown


async def test_a_long_section_has_several_fields_and_is_one_section_again(stage: Stage) -> None:
    _, card = await drafted(stage, notes=14)
    before = await written(stage)
    form = await edits(stage, "alice", card)
    parts = [label for label in form.labels if re.fullmatch(r"Timeline \(\d of \d\)", label)]

    await form.fill({parts[-1]: "- **later** It ended there."})
    assert "errors" not in await form.submit()

    after = await written(stage)
    assert parts == [f"Timeline ({number} of {len(parts)})" for number in range(1, len(parts) + 1)]
    kept, _, rest = after.partition("- **later** It ended there.")
    assert before.startswith(kept)
    assert before.endswith(rest)
    assert "\n0: We looked" not in kept
    assert "0: We looked" in kept


async def test_a_long_form_that_is_sent_as_it_was_shown_changes_nothing(stage: Stage) -> None:
    room, card = await drafted(stage, notes=14)
    before = await written(stage)
    form = await edits(stage, "alice", card)

    await form.submit()

    assert await stage.alice.ephemeral(room, "The postmortem of INC-1 is changed.")
    assert await written(stage) == before


async def test_what_stands_at_the_top_can_be_edited_as_well(stage: Stage) -> None:
    _, card = await drafted(stage)
    form = await edits(stage, "alice", card)

    await form.fill({"Facts": "- **Lead:** Bob, from 12:00 on"})
    await form.submit()

    assert (await written(stage)).startswith("- **Lead:** Bob, from 12:00 on\n\n## Summary")


async def test_what_others_added_meanwhile_stays_beside_what_is_saved(stage: Stage) -> None:
    _, card = await drafted(stage)
    hers = await edits(stage, "alice", card)
    his = await edits(stage, "bob", card)
    await his.fill({"What went well": "The graph."})
    await his.submit()

    await hers.fill({"Impact": "Some of them."})
    answer = await hers.submit()

    body = await written(stage)
    assert "errors" not in answer
    assert "## Impact\n\nSome of them." in body
    assert "## What went well\n\nThe graph." in body


async def test_a_contribution_takes_nothing_from_whoever_edits_meanwhile(stage: Stage) -> None:
    _, card = await drafted(stage)
    hers = await edits(stage, "alice", card)
    await stage.alice.clicks(card, "Ask who took part")
    await stage.settled()
    question = await (await stage.bob.opens_dm()).message("You took part in INC-1")
    await stage.bob.clicks(question, "Say what you know")
    words = await stage.bob.modal("What do you remember?")
    await words.fill({"What do you remember?": "The graph was odd."})
    await words.submit()

    await hers.fill({"Impact": "Some of them."})
    await hers.submit()

    body = await written(stage)
    assert "## Impact\n\nSome of them." in body
    assert "**Bob Brook:** The graph was odd." in body


async def test_of_a_section_that_two_changed_both_texts_are_shown_and_the_second_decides(
    stage: Stage,
) -> None:
    _, card = await drafted(stage)
    hers = await edits(stage, "alice", card)
    his = await edits(stage, "bob", card)
    await his.fill({"Impact": "All of them."})
    await his.submit()
    await hers.fill({"Impact": "Some of them.", "What went well": "The graph."})
    await hers.submit()

    asked = await hers.containing("Somebody else changed “Impact” while this form was open")
    between = await written(stage)
    await asked.fill({"Impact": "Some of them, then all."})
    await asked.submit()

    assert "All of them." in asked.words
    assert _value(asked, "What went well") == "The graph."
    assert "Some of them" not in between
    body = await written(stage)
    assert "## Impact\n\nSome of them, then all." in body
    assert "## What went well\n\nThe graph." in body


def _value(form: Form, label: str) -> str:
    block = next(one for one in form.blocks if one.get("label", {}).get("text") == label)
    return str(block["element"]["initial_value"])


async def test_timeline_and_tasks_are_drafted_anew_and_what_people_wrote_stays(
    stage: Stage,
) -> None:
    room, card = await drafted(stage)
    form = await edits(stage, "alice", card)
    await form.fill({"Impact": "All of them."})
    await form.submit()
    await stage.bob.types(room, "/incident assign me")
    await stage.alice.types(room, "/incident note It was the index.")
    await stage.alice.types(room, "/incident task Raise the pool size")

    await stage.alice.clicks(card, ANEW)

    body = await written(stage)
    assert await stage.alice.ephemeral(room, "Facts, timeline and tasks of the postmortem of INC-1")
    assert "It was the index." in body
    assert "- [ ] Raise the pool size" in body
    assert "- **Lead:** Bob Brook" in body
    assert "## Impact\n\nAll of them." in body
    assert "drafted the postmortem" not in body


async def test_who_was_shut_out_meanwhile_is_not_asked(stage: Stage) -> None:
    room = await stage.declares("Payroll leaked")
    await stage.alice.types(room, "/incident private @bob")
    await stage.settled()
    reads, organization = stage.store.reads, stage.organization_id
    secret = await stage.room((await reads.incident(organization, "INC-1")).row.channel_name)
    await stage.bob.types(secret, "/incident ack")
    await stage.alice.types(secret, "/incident resolve Done.")
    await stage.alice.types(secret, "/incident assign me")
    await stage.alice.types(secret, "/incident postmortem")
    await stage.settled()
    card = await secret.message("The postmortem of INC-1 is drafted.")
    await stage.sandbox.fault("conversations.open", "status", status=503, times=0)
    await stage.alice.clicks(card, "Ask who took part")
    await stage.alice.ephemeral(secret, "Bob Brook is asked what they know of it.")

    await stage.alice.types(secret, "/incident private remove @bob")
    assert await stage.alice.ephemeral(secret, "INC-1 is private.")
    await stage.sandbox.clear_faults()
    await stage.settled()

    calls = await stage.sandbox.calls("chat.postMessage")
    assert await known_as(stage, "bob")
    assert not [one for one in calls if "You took part" in str(one)]
    await stage.alice.clicks(card, "Ask who took part")
    assert await stage.alice.ephemeral(secret, "Nobody but you took part in INC-1.")


async def test_a_guest_who_was_asked_can_answer(stage: Stage) -> None:
    room = await stage.declares("Search is slow")
    await stage.is_viewer("carol")
    carol = stage.sandbox.person("carol")
    await carol.types(await stage.room("general"), "/incident list")
    await stage.alice.joins(room)
    await stage.alice.invites(room, "carol")
    await carol.types(room, "It is the index.")
    await stage.alice.pins(await (await room.fresh()).message("It is the index."))
    await stage.sandbox.settled()
    await stage.alice.types(room, "/incident resolve Done.")
    await stage.alice.types(room, "/incident postmortem")
    await stage.settled()
    card = await room.message("The postmortem of INC-1 is drafted.")
    await stage.alice.clicks(card, "Ask who took part")
    await stage.settled()
    question = await (await carol.opens_dm()).message("You took part in INC-1")

    await carol.clicks(question, "Say what you know")
    form = await carol.modal("What do you remember?")
    await form.fill({"What do you remember?": "The graph was odd."})
    await form.submit()

    assert "The graph was odd." in await written(stage)
