"""Messages that people keep in the timeline: pinned, marked, chosen, edited, deleted."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import aiohttp
import pytest

from bot.chronicles import chronicle_of
from core.commands.settings import EditIncidentSettings
from core.domain.chronicle import Line, LineKind
from core.domain.ids import IncidentId
from sandbox.conversation.card import Card
from sandbox.conversation.room import Room
from tests.fakes.people import the_operator
from tests.integration.slack.knocking import knock, signed
from tests.integration.slack.stage import Stage, now

REACTION = "pushpin"


@pytest.fixture
async def room(stage: Stage) -> Room:
    room = await stage.declares("Search is slow")
    await stage.bob.joins(room)
    return room


async def lines(stage: Stage, kind: LineKind = LineKind.MESSAGE) -> Sequence[Line]:
    await stage.sandbox.settled()
    organization = stage.organization_id
    record = await stage.store.reads.incident(organization, "INC-1")
    read = await chronicle_of(stage.store.reads, organization, IncidentId(record.row.id))
    return [line for line in read if line.kind is kind]


async def texts(stage: Stage) -> list[str]:
    return [line.text for line in await lines(stage)]


async def says(stage: Stage, room: Room, text: str) -> Card:
    await stage.bob.types(room, text)
    return await (await room.fresh()).message(text)


async def test_a_pinned_message_is_kept_with_its_author_its_time_and_its_link(
    stage: Stage, room: Room
) -> None:
    card = await says(stage, room, "The index is rebuilding")

    await stage.alice.pins(card)

    [line] = await lines(stage)
    assert (line.text, line.author) == ("The index is rebuilding", "Bob Brook")
    assert f"{line.at.timestamp():.6f}" == card.ts
    assert card.ts.replace(".", "") in line.link


async def test_what_is_unpinned_is_no_longer_kept(stage: Stage, room: Room) -> None:
    card = await says(stage, room, "The index is rebuilding")
    await stage.alice.pins(card)
    kept = await texts(stage)

    await stage.alice.unpins(card)

    assert kept == ["The index is rebuilding"]
    assert await texts(stage) == []


async def test_the_card_that_tocsin_pins_itself_is_no_message(stage: Stage, room: Room) -> None:
    await stage.alice.types(room, "/incident ack")
    await stage.settled()

    assert await lines(stage) == []


async def test_a_reaction_keeps_a_message_once_until_the_last_one_goes(
    stage: Stage, room: Room
) -> None:
    card = await says(stage, room, "Failing over now")

    await stage.alice.reacts(card, REACTION)
    await stage.bob.reacts(card, REACTION)
    await stage.alice.reacts(card, "eyes")
    kept = await texts(stage)
    await stage.alice.unreacts(card, REACTION)
    still = await texts(stage)
    await stage.bob.unreacts(card, REACTION)

    assert kept == still == ["Failing over now"]
    assert await texts(stage) == []


async def test_a_reply_in_a_thread_is_kept_by_the_reaction(stage: Stage, room: Room) -> None:
    card = await says(stage, room, "What did you see?")
    reply = await stage.alice.replies(card, "Timeouts everywhere")

    await stage.bob.reacts(reply, REACTION)

    assert [(line.author, line.text) for line in await lines(stage)] == [
        ("Alice Archer", "Timeouts everywhere")
    ]


async def test_what_becomes_of_a_kept_message_in_slack_is_followed(
    stage: Stage, room: Room
) -> None:
    card = await says(stage, room, "Restarted db1")
    await stage.alice.pins(card)

    await stage.bob.edits(card, "Restarted db2")
    edited = await texts(stage)
    await stage.bob.deletes(card)

    assert edited == ["Restarted db2"]
    assert await texts(stage) == []


async def test_a_kept_message_that_had_answers_leaves_when_it_is_deleted(
    stage: Stage, room: Room
) -> None:
    card = await says(stage, room, "Rolled back")
    await stage.alice.pins(card)
    await stage.alice.replies(card, "Thanks")

    await stage.bob.deletes(card)

    assert await texts(stage) == []


async def test_files_are_named_and_people_are_called_by_their_names(
    stage: Stage, room: Room
) -> None:
    shared = await stage.bob.uploads("graph.png", b"\x89PNG", room, comment="@alice look at this")

    await stage.alice.pins(shared)

    [line] = await lines(stage)
    assert line.text == "@Alice Archer look at this"
    assert line.files == ("graph.png",)


async def test_a_message_is_kept_from_its_menu(stage: Stage, room: Room) -> None:
    card = await says(stage, room, "Cache is cold")

    await stage.alice.uses_shortcut("timeline.keep", on=card)

    assert await stage.alice.ephemeral(room, "The message is in the timeline of INC-1.")
    assert await texts(stage) == ["Cache is cold"]


async def test_a_message_of_another_channel_is_kept_where_it_is_said_to_belong(
    stage: Stage, room: Room
) -> None:
    general = await stage.room("general")
    card = await says(stage, general, "Customers call about search")
    await stage.alice.uses_shortcut("timeline.keep", on=card)
    form = await stage.alice.modal("Which incident?")
    await form.fill({"Which incident?": "INC-1 Search is slow"})

    await form.submit()

    assert await stage.alice.ephemeral(general, "The message is in the timeline of INC-1.")
    assert [(line.author, line.text) for line in await lines(stage)] == [
        ("Bob Brook", "Customers call about search")
    ]


async def test_a_pin_or_a_reaction_elsewhere_keeps_nothing(stage: Stage, room: Room) -> None:
    general = await stage.room("general")
    card = await says(stage, general, "Lunch?")

    await stage.alice.pins(card)
    await stage.alice.reacts(card, REACTION)

    assert await lines(stage) == []


async def test_who_may_only_look_keeps_nothing(stage: Stage, room: Room) -> None:
    await stage.is_viewer("carol")
    carol = stage.sandbox.person("carol")
    await stage.alice.invites(room, "carol")
    card = await says(stage, room, "Queue drains")

    await carol.pins(card)

    assert await lines(stage) == []


async def test_another_reaction_can_be_the_one_that_keeps(stage: Stage, room: Room) -> None:
    operator = the_operator(stage.organization_id)
    await stage.bus.execute(EditIncidentSettings(caller=operator, reaction="star"))
    card = await says(stage, room, "Scaled out")

    await stage.alice.reacts(card, REACTION)
    before = await texts(stage)
    await stage.alice.reacts(card, "star")

    assert before == []
    assert await texts(stage) == ["Scaled out"]


async def test_a_late_pin_or_reaction_that_was_taken_back_meanwhile_keeps_nothing(
    stage: Stage, room: Room
) -> None:
    card = await says(stage, room, "Restarted db1")

    statuses = [
        await told_late(stage, room, card, "pin_added", {"message": card.wire}),
        await told_late(stage, room, card, "reaction_added", {"ts": card.ts}),
    ]

    assert statuses == [200, 200]
    assert await lines(stage) == []


async def test_a_late_pin_that_is_still_there_is_kept(stage: Stage, room: Room) -> None:
    card = await says(stage, room, "Restarted db1")
    await stage.is_viewer("carol")
    await stage.alice.invites(room, "carol")
    await stage.sandbox.person("carol").pins(card)

    status = await told_late(stage, room, card, "pin_added", {"message": card.wire})

    assert status == 200
    assert await texts(stage) == ["Restarted db1"]


async def test_a_late_reaction_in_a_channel_that_tocsin_left_is_no_fault(
    stage: Stage, room: Room
) -> None:
    card = await says(stage, room, "Restarted db1")
    await stage.sandbox.fault("conversations.history", "error", error="channel_not_found")

    status = await told_late(stage, room, card, "reaction_added", {"ts": card.ts})

    assert status == 200
    assert await lines(stage) == []


async def test_an_edit_of_a_message_that_nobody_kept_asks_slack_for_no_names(
    stage: Stage, room: Room
) -> None:
    card = await says(stage, room, "Hello")
    asked = await calls(stage, "users.info")

    await stage.bob.edits(card, "Hello @carol")
    await stage.sandbox.settled()

    assert await calls(stage, "users.info") == asked


async def calls(stage: Stage, method: str) -> int:
    entries = await stage.sandbox.journal("api_call")
    return sum(entry["method"] == method for entry in entries)


async def told_late(
    stage: Stage, room: Room, card: Card, kind: str, item: Mapping[str, Any]
) -> int:
    """Slack tells once more, after a minute, what was done by Alice."""
    alice = await stage.alice.id()
    event = {
        "type": kind,
        "user": alice,
        "channel_id": room.id,
        "item": {"type": "message", "channel": room.id, **item},
        "event_ts": f"{now().timestamp() - 60:.6f}",
    } | ({"reaction": REACTION, "item_user": alice} if kind == "reaction_added" else {})
    told = {
        "type": "event_callback",
        "event_id": f"Ev{kind}",
        "team_id": stage.sandbox.world.workspace.team.id,
        "event": event,
    }
    body = json.dumps(told).encode()
    async with aiohttp.ClientSession() as client:
        status, _ = await knock(stage, client, body, signed(stage, body))
    return status
