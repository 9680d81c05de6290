"""What Slack tells of kept messages late or once more, after what happened later."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import aiohttp
import pytest

from bot.chronicles import chronicle_of
from core.domain.chronicle import LineKind
from core.domain.ids import IncidentId
from sandbox.conversation.card import Card
from sandbox.conversation.room import Room
from tests.integration.slack.knocking import knock, signed
from tests.integration.slack.stage import Stage, now

REACTION = "pushpin"
EDITED = "message_changed"


@pytest.fixture
async def room(stage: Stage) -> Room:
    room = await stage.declares("Search is slow")
    await stage.bob.joins(room)
    return room


@pytest.fixture
async def card(stage: Stage, room: Room) -> Card:
    await stage.bob.types(room, "Restarted db1")
    return await (await room.fresh()).message("Restarted db1")


async def texts(stage: Stage) -> Sequence[str]:
    await stage.sandbox.settled()
    organization = stage.organization_id
    record = await stage.store.reads.incident(organization, "INC-1")
    read = await chronicle_of(stage.store.reads, organization, IncidentId(record.row.id))
    return [line.text for line in read if line.kind is LineKind.MESSAGE]


async def unheard(stage: Stage, event: str) -> None:
    """Nothing of the kind arrives any more."""
    await stage.sandbox.fault(f"delivery:event:{event}", "undelivered", times=0)


async def told(stage: Stage, card: Card, kind: str, ago: float, text: str = "") -> None:
    """Slack tells what Alice did, or Bob wrote, so many seconds ago."""
    at = f"{now().timestamp() - ago:.6f}"
    about = _edit(card, text) if kind == EDITED else _gesture(card, await stage.alice.id(), kind)
    event = {"type": kind, "channel_id": card.channel, "event_ts": at, **about}
    told = {
        "type": "event_callback",
        "event_id": f"Ev{kind}{ago}",
        "team_id": stage.sandbox.world.workspace.team.id,
        "event": event,
    }
    body = json.dumps(told).encode()
    async with aiohttp.ClientSession() as client:
        status, _ = await knock(stage, client, body, signed(stage, body))
    assert status == 200


def _edit(card: Card, text: str) -> Mapping[str, Any]:
    return {
        "type": "message",
        "subtype": EDITED,
        "channel": card.channel,
        "channel_type": "channel",
        "message": {**card.wire, "text": text},
    }


def _gesture(card: Card, user: str, kind: str) -> Mapping[str, Any]:
    item = {"type": "message", "channel": card.channel, "ts": card.ts, "message": card.wire}
    return {"user": user, "item": item, "reaction": REACTION, "item_user": user}


async def test_words_that_were_overtaken_by_others_are_not_followed(
    stage: Stage, card: Card
) -> None:
    await stage.alice.pins(card)
    await stage.bob.edits(card, "Restarted db3")

    await told(stage, card, EDITED, 5, "Restarted db2")

    assert await texts(stage) == ["Restarted db3"]


async def test_of_an_edit_that_is_told_late_the_words_are_followed_that_stand_there_now(
    stage: Stage, card: Card
) -> None:
    await stage.alice.pins(card)
    assert await texts(stage)
    await unheard(stage, "message.channels")
    await stage.bob.edits(card, "Restarted db3")

    await told(stage, card, EDITED, 60, "Restarted db2")

    assert await texts(stage) == ["Restarted db3"]


async def test_a_message_that_was_pinned_again_is_not_let_go_of_for_an_earlier_unpin(
    stage: Stage, card: Card
) -> None:
    await stage.alice.pins(card)
    assert await texts(stage)

    await told(stage, card, "pin_removed", 5)

    assert await texts(stage) == ["Restarted db1"]


async def test_a_message_that_was_marked_again_is_not_let_go_of_for_an_earlier_unmark(
    stage: Stage, card: Card
) -> None:
    await stage.alice.reacts(card, REACTION)
    assert await texts(stage)

    await told(stage, card, "reaction_removed", 5)

    assert await texts(stage) == ["Restarted db1"]


@pytest.mark.parametrize(
    ("begun", "ended", "does", "undoes"),
    [
        ("pin_added", "pin_removed", "pins", "unpins"),
        ("reaction_added", "reaction_removed", "reacts", "unreacts"),
    ],
)
async def test_what_is_let_go_of_is_looked_at_where_that_is_told_late(
    stage: Stage, card: Card, begun: str, ended: str, does: str, undoes: str
) -> None:
    with_what = [] if does == "pins" else [REACTION]
    await unheard(stage, begun)
    await unheard(stage, ended)
    await getattr(stage.alice, does)(card, *with_what)
    await told(stage, card, begun, 90)

    await told(stage, card, ended, 60)
    still = await texts(stage)
    await getattr(stage.alice, undoes)(card, *with_what)
    await told(stage, card, ended, 50)

    assert still == ["Restarted db1"]
    assert await texts(stage) == []


async def test_what_cannot_be_looked_at_is_believed(stage: Stage, card: Card) -> None:
    await unheard(stage, "pin_added")
    await stage.alice.pins(card)
    await told(stage, card, "pin_added", 90)
    await stage.sandbox.fault("conversations.history", "error", error="channel_not_found")

    await told(stage, card, "pin_removed", 60)

    assert await texts(stage) == []
