"""Slack fails, the process dies, somebody deletes or renames: each card and line is seen once."""

import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.connections import Connections
from bot.slack.delivery.table import Means, deliveries
from bot.slack.workspaces import OneWorkspace
from core import effects as e
from core.commands import EditMaintenance, PostProgress
from core.domain.ids import EntryId, MaintenanceId
from core.ports import Delivery, Parcel, ParcelId
from sandbox.conversation.room import Room
from tests.fakes.outbox import FakePostings
from tests.integration.slack.announced import (
    HOUR,
    a_planner,
    broadcasts,
    card,
    cards,
    direct,
    scheduled,
    somebody,
    thread,
)
from tests.integration.slack.stage import Stage, now

CALLS = ["chat.postMessage", "chat.update", "conversations.open", "conversations.join"]
STARTED, COMPLETED = "has started.", "is completed."


async def places(stage: Stage) -> tuple[Room, Room]:
    """A channel that Tocsin has to join, and the messages of Bob."""
    ops = await stage.alice.creates("ops")
    bob = await somebody(stage, "bob")
    people: dict[str, Any] = {"notify_user_ids": (bob.actor.user_id,)}
    await scheduled(stage, notify_channels=("ops", "incidents"), **people)
    [own] = await direct(stage)
    return ops, own


async def seen(room: Room) -> tuple[int, list[str]]:
    """How many cards, and which lines of their threads, without the times in them."""
    lines = [reply.text for one in await cards(room) for reply in await room.thread(one)]
    known = (STARTED, COMPLETED, "starts in 1 h")
    return len(await cards(room)), [word for line in lines for word in known if word in line]


@pytest.mark.parametrize("method", CALLS)
@pytest.mark.parametrize("kind", ["lost_reply", "reset", "status"])
async def test_an_interrupted_call_is_made_good_without_doubles(
    stage: Stage, method: str, kind: str
) -> None:
    await stage.sandbox.fault(method, kind)
    ops, own = await places(stage)

    await stage.passes(HOUR)
    await stage.passes(HOUR)
    await stage.passes(HOUR)

    for room in (ops, own, await stage.room("incidents")):
        assert await seen(room) == (1, ["starts in 1 h", STARTED, COMPLETED])
        assert len(await broadcasts(room)) == 3


@pytest.mark.parametrize("nth", range(1, 7))
async def test_each_post_whose_answer_was_lost_is_found_again(stage: Stage, nth: int) -> None:
    await stage.sandbox.fault("chat.postMessage", "lost_reply", nth=nth)
    ops, own = await places(stage)

    await stage.passes(2 * HOUR)

    for room in (ops, own, await stage.room("incidents")):
        assert await seen(room) == (1, [STARTED])


@asynccontextmanager
async def forgetful(stage: Stage) -> AsyncIterator[Mapping[type[e.Effect], Delivery]]:
    """Deliveries of a process that died after each call and before it could note it."""
    connections = Connections(stage.sandbox.api_url, time.monotonic)
    workspace = OneWorkspace(stage.sandbox.bot_token, stage.organization_id, connections.gateway)
    try:
        yield deliveries(
            Means(
                bus=stage.bus,
                reads=stage.store.reads,
                postings=FakePostings(),
                outbox=stage.store.outbox,
                workspaces=workspace,
                announcement_channel="incidents",
                clock=now,
            )
        )
    finally:
        await connections.close()


async def delivered_again(stage: Stage, effects: list[e.Effect]) -> None:
    """As after the death of the process that carried them."""
    async with forgetful(stage) as again:
        for number, effect in enumerate(effects):
            parcel = Parcel(
                id=ParcelId(number),
                organization_id=stage.organization_id,
                effect=effect,
                doubtful=True,
            )
            await again[type(effect)](effect, parcel)


async def entries(stage: Stage, id: MaintenanceId) -> list[EntryId]:
    timeline = await stage.store.reads.maintenance_timeline(stage.organization_id, id)
    return [entry.id for entry in timeline]


async def test_everything_delivered_twice_is_seen_once(stage: Stage) -> None:
    ops, own = await places(stage)
    await stage.passes(2 * HOUR)
    row = await stage.store.reads.maintenance(stage.organization_id, "MNT-1")
    before = [(await seen(room), await broadcasts(room)) for room in (ops, own)]
    card_again = e.RefreshMaintenanceCard(maintenance_id=row.maintenance.id)
    _, started = await entries(stage, row.maintenance.id)
    line_again = e.PostMaintenanceNotice(maintenance_id=row.maintenance.id, entry_id=started)

    await delivered_again(stage, [card_again, line_again])

    assert [(await seen(room), await broadcasts(room)) for room in (ops, own)] == before
    assert before[0][0] == (1, [STARTED])


async def deleted(stage: Stage, room: Room) -> None:
    """By an administrator, or by somebody who has the bot's token."""
    gone = await card(room)
    client = AsyncWebClient(token=stage.sandbox.bot_token, base_url=stage.sandbox.api_url)
    await client.chat_delete(channel=gone.channel, ts=gone.ts)


async def test_a_card_that_somebody_deleted_is_posted_anew(stage: Stage) -> None:
    await scheduled(stage)
    incidents = await stage.room("incidents")
    await deleted(stage, incidents)

    await stage.passes(2 * HOUR)

    assert await seen(incidents) == (1, [STARTED])
    assert "In progress" in (await card(incidents)).words


async def test_a_card_deleted_with_its_thread_begins_another_one(stage: Stage) -> None:
    await scheduled(stage)
    incidents = await stage.room("incidents")
    await stage.passes(2 * HOUR)
    await deleted(stage, incidents)

    await stage.passes(HOUR)

    assert await seen(incidents) == (1, [COMPLETED])
    assert len(await broadcasts(incidents)) == 2


async def test_a_card_deleted_at_the_last_moment_leaves_its_line_readable(stage: Stage) -> None:
    await scheduled(stage)
    await stage.sandbox.fault("chat.postMessage", "error", error="cannot_reply_to_message")

    await stage.passes(2 * HOUR)

    lines = [message.text for message in await (await stage.room("incidents")).messages()]
    assert len([line for line in lines if STARTED in line]) == 1


async def test_a_card_that_stands_and_cannot_be_edited_gets_no_second_one(stage: Stage) -> None:
    await scheduled(stage)
    await stage.sandbox.fault("chat.update", "error", error="cant_update_message")

    await stage.passes(2 * HOUR)

    assert await seen(await stage.room("incidents")) == (1, [STARTED])
    assert ("RefreshMaintenanceCard", "buried") in stage.outcomes


async def test_a_renamed_channel_stays_the_place_it_was(stage: Stage) -> None:
    ops = await stage.alice.creates("ops")
    await scheduled(stage, notify_channels=("ops",))
    await stage.alice.renames(ops, "ops-old")
    another = await stage.alice.creates("ops")

    await stage.passes(2 * HOUR)

    assert await seen(ops) == (1, [STARTED])
    assert await cards(another) == []


async def test_a_channel_that_is_told_no_more_keeps_a_true_card(stage: Stage) -> None:
    ops = await stage.alice.creates("ops")
    window = await scheduled(stage, notify_channels=("ops",))

    await stage.bus.execute(
        EditMaintenance(
            caller=a_planner(stage), maintenance_id=window.id, notify_channels=("general",)
        )
    )
    await stage.passes(2 * HOUR)

    assert "In progress" in (await card(ops)).words
    assert await thread(ops) == []
    general = await stage.room("general")
    assert [line for line in await thread(general) if STARTED in line]


async def test_the_thread_of_a_window_is_one_for_all_its_lines(stage: Stage) -> None:
    window = await scheduled(stage)
    who: dict[str, Any] = {"caller": a_planner(stage), "maintenance_id": window.id}

    for number in range(5):
        await stage.bus.execute(PostProgress(**who, text=f"Step {number}."))
    await stage.settled()

    lines = await thread(await stage.room("incidents"))
    assert [line.rpartition(": ")[2] for line in lines] == [f"Step {n}." for n in range(5)]
