"""From the command to the resolution, as people in the workspace see it."""

import asyncio

import pytest

from sandbox.conversation.card import Card
from sandbox.conversation.control import wait_for
from sandbox.conversation.room import Room
from tests.integration.slack.stage import Stage
from tests.unit.slack.hostile import CORPUS


async def test_an_incident_from_declaration_to_resolution(stage: Stage) -> None:
    room = await stage.declares("sev2 Checkout is down")

    await stage.bob.clicks(await stage.card(room), "Acknowledge")
    await stage.settled()
    acknowledged = await stage.card(room)
    await stage.bob.clicks(acknowledged, "Resolve")
    await (await (await stage.bob.modal()).containing("What fixed it?")).submit()
    await stage.settled()

    assert "Acknowledged" in acknowledged.words
    assert "Resolved" in (await stage.card(room)).words
    assert "Resolved" in (await stage.announcement()).words
    assert (await stage.card(room)).buttons == ["Reopen"]
    assert await room.message("Bob Brook resolved the incident")
    assert "Resolved" in await room.topic("High (SEV2)")


async def test_a_declared_incident_has_everything_around_it(stage: Stage) -> None:
    room = await stage.declares("sev2 Checkout is down")

    announcement = await stage.announcement()
    assert room.name.endswith("-checkout-is-down")
    assert await stage.alice.id() in room.wire["members"]
    assert [bookmark["title"] for bookmark in room.wire["bookmarks"]] == ["Announcement"]
    assert announcement.ts.replace(".", "") in room.wire["bookmarks"][0]["link"]
    assert f"<#{room.id}>" in announcement.words
    assert room.wire["topic"] == (
        "High (SEV2) | Open · Investigating | Lead: nobody yet | INC-1 Checkout is down"
    )


async def test_the_declarer_reads_what_was_made_of_it(stage: Stage) -> None:
    general = await stage.room("general")

    await stage.alice.types(general, "/incident declare Search is slow")

    answer = await stage.alice.ephemeral(general, "INC-1 “Search is slow” is declared")
    assert "Medium (SEV3) (none was given; “/incident severity INC-1”)" in answer.words


async def test_an_incident_is_declared_in_the_form(stage: Stage) -> None:
    general = await stage.room("general")
    await stage.alice.types(general, "/incident")
    form = await (await stage.alice.modal()).containing("What is wrong?")

    await form.fill({"What is wrong?": "Login fails", "How bad is it?": "Critical (SEV1)"})
    await form.fill({"Summary": "Since the deployment.", "Lead": "alice"})
    answer = await form.submit()

    assert answer.get("errors") is None
    assert await stage.alice.ephemeral(general, "INC-1 “Login fails” is declared")
    room = await stage.sandbox.channel_named("inc-")
    await stage.settled()
    words = (await stage.card(room)).words
    assert "Critical (SEV1)" in words
    assert "Since the deployment." in words
    assert f"<@{await stage.alice.id()}>" in words


async def test_a_refused_field_says_so_where_it_is(stage: Stage) -> None:
    await stage.alice.types(await stage.room("general"), "/incident")
    form = await (await stage.alice.modal()).containing("What is wrong?")
    await form.fill({"What is wrong?": "\u200b", "How bad is it?": "Low (SEV4)"})

    answer = await form.submit()

    assert answer["errors"] == {"title": "The title is empty; write 1 to 500 characters."}


async def test_an_update_from_the_card_reaches_the_channel(stage: Stage) -> None:
    room = await stage.declares("Search is slow")
    await stage.bob.clicks(await stage.card(room), "Update")
    form = await (await stage.bob.modal()).containing("What is the news?")

    await form.fill({"Where do we stand?": "Identified", "What is the news?": "An index is gone."})
    await form.submit()
    await stage.settled()

    assert "Identified" in (await room.message("An index is gone.")).words
    assert "Identified" in (await stage.card(room)).words
    assert "An index is gone." in (await stage.announcement()).words


async def test_assign_me_makes_the_presser_the_assignee(stage: Stage) -> None:
    room = await stage.declares("Search is slow")

    await stage.bob.clicks(await stage.card(room), "Assign me")
    await stage.settled()

    assert f"<@{await stage.bob.id()}>" in (await stage.card(room)).words
    assert await stage.bob.id() in (await room.fresh()).wire["members"]
    assert await room.message("Bob Brook took the incident")
    assert "Lead: Bob Brook" in await room.topic("Bob Brook")


async def shown_to_alice(stage: Stage, room: Room) -> Card:
    """A card only she sees; it stays as it was."""
    await stage.alice.types(room, "/incident show")
    return await stage.alice.ephemeral(room, "is open")


async def test_a_late_press_is_answered_politely(stage: Stage) -> None:
    room = await stage.declares("Search is slow")
    await stage.bob.joins(room)
    stale = await shown_to_alice(stage, room)
    await stage.bob.types(room, "/incident resolve")
    await (await (await stage.bob.modal()).containing("What fixed it?")).submit()
    await stage.settled()

    await stage.alice.clicks(stale, "Acknowledge")

    assert await stage.alice.ephemeral(room, "INC-1 was resolved by Bob Brook just now.")


async def test_of_two_at_once_the_second_hears_who_was_first(stage: Stage) -> None:
    room = await stage.declares("Search is slow")
    await stage.bob.types(room, "/incident resolve Restarted it.")

    await stage.alice.types(room, "/incident resolve Turned it off and on.")

    assert await stage.alice.ephemeral(room, "INC-1 was resolved by Bob Brook just now.")
    await stage.settled()
    assert await room.message("Bob Brook resolved the incident: Restarted it.")


async def test_a_resolved_incident_can_be_reopened_by_its_button(stage: Stage) -> None:
    room = await stage.declares("Search is slow")
    await stage.alice.types(room, "/incident resolve Restarted it.")
    await stage.settled()

    await stage.bob.clicks(await stage.announcement(), "Reopen")
    await stage.settled()

    assert "Open · Investigating" in (await stage.card(room)).words
    assert await room.message("Bob Brook reopened the incident.")


async def test_resolving_without_words_asks_what_fixed_it(stage: Stage) -> None:
    room = await stage.declares("Search is slow")
    await stage.alice.types(room, "/incident resolve")
    form = await (await stage.alice.modal()).containing("What fixed it?")

    await form.fill({"What fixed it?": "Rebuilt the index."})
    await form.submit()
    await stage.settled()

    assert await room.message("Alice Archer resolved the incident: Rebuilt the index.")
    assert await stage.alice.ephemeral(room, "You resolved INC-1.")


async def test_who_comes_too_late_to_resolve_it_reads_so_in_the_form(stage: Stage) -> None:
    room = await stage.declares("Search is slow")
    stale = await shown_to_alice(stage, room)
    await stage.bob.types(room, "/incident resolve Restarted it.")
    await stage.settled()

    await stage.alice.clicks(stale, "Resolve")

    assert await (await stage.alice.modal()).containing("INC-1 was resolved by Bob Brook just now.")


async def test_two_press_at_once_and_one_hears_who_was_first(stage: Stage) -> None:
    room = await stage.declares("Search is slow")
    await stage.bob.joins(room)
    card = await stage.card(room)

    await asyncio.gather(
        stage.alice.clicks(card, "Acknowledge"), stage.bob.clicks(card, "Acknowledge")
    )
    await stage.sandbox.settled()
    await stage.settled()

    async def late() -> str | None:
        told = [*await stage.alice.ephemerals(room), *await stage.bob.ephemerals(room)]
        return next((card.text for card in told if "was acknowledged by" in card.text), None)

    assert await wait_for(late, "A polite answer") in (
        "INC-1 was acknowledged by Alice Archer just now.",
        "INC-1 was acknowledged by Bob Brook just now.",
    )
    notices = [one for one in await room.messages() if "acknowledged the incident" in one.text]
    assert len(notices) == 1


async def test_a_viewer_who_presses_is_told_why_not(stage: Stage) -> None:
    room = await stage.declares("Search is slow")
    await stage.is_viewer("carol")
    carol = stage.sandbox.person("carol")
    await stage.alice.invites(room, "carol")

    await carol.clicks(await stage.card(room), "Acknowledge")

    assert await carol.ephemeral(room, "You may not change incidents; ask an engineer")
    assert "Open" in (await stage.card(room)).words


@pytest.mark.parametrize("text", CORPUS)
async def test_hostile_text_harms_nobody_in_the_workspace(stage: Stage, text: str) -> None:
    room = await stage.declares("Search is slow")
    typed = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")[:3_000]

    await stage.alice.types(room, f"/incident update {typed}")
    await stage.alice.types(room, f"/incident resolve {typed}")
    await stage.alice.types(await stage.room("general"), f"/incident declare {typed[:400]}")
    await stage.settled()

    assert ("PostUpdate", "delivered") in stage.outcomes
    assert "buried" not in [outcome for _, outcome in stage.outcomes]
