"""The process dies between two calls to Slack; the next one finishes, and nothing is seen twice."""

import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from bot.slack.connections import Connections
from bot.slack.delivery.table import Means, deliveries
from bot.slack.workspaces import OneWorkspace
from core import effects as e
from core.commands import DeclareIncident, DeleteIncident
from core.domain.ids import IncidentId
from core.ports import Delivery, Parcel, ParcelId
from sandbox.conversation.room import Room
from tests.fakes.outbox import FakePostings
from tests.fakes.people import a_caller, the_source
from tests.integration.slack.stage import Stage, now

EVERYTHING: list[Callable[[IncidentId], e.Effect]] = [
    lambda id: e.OpenChannel(incident_id=id),
    lambda id: e.RefreshCard(incident_id=id),
    lambda id: e.RefreshAnnouncement(incident_id=id),
    lambda id: e.RefreshTopic(incident_id=id),
    lambda id: e.AddBookmarks(incident_id=id),
    lambda id: e.InvitePeople(incident_id=id),
]


async def the_incident(stage: Stage) -> IncidentId:
    return (await stage.store.reads.incident(stage.organization_id, "INC-1")).row.id


def parcel(stage: Stage, effect: e.Effect) -> Parcel:
    """As it comes back after the process that carried it died."""
    return Parcel(
        id=ParcelId(0), organization_id=stage.organization_id, effect=effect, doubtful=True
    )


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


async def seen(stage: Stage, room: Room) -> tuple[int, int, int, int]:
    messages = await room.messages()
    announcements = await (await stage.room("incidents")).messages()
    fresh = await room.fresh()
    return (
        len([message for message in messages if message.buttons]),
        len([message for message in announcements if message.buttons]),
        len([message for message in messages if message.wire.get("subtype") == "channel_topic"]),
        len(fresh.wire["bookmarks"]),
    )


@pytest.mark.parametrize("effect", EVERYTHING)
async def test_an_effect_delivered_twice_is_seen_once(
    stage: Stage, effect: Callable[[IncidentId], e.Effect]
) -> None:
    room = await stage.declares("Search is slow")
    wanted = effect(await the_incident(stage))
    before = await seen(stage, room)

    async with forgetful(stage) as forgetful_ones:
        await forgetful_ones[type(wanted)](wanted, parcel(stage, wanted))

    assert await seen(stage, room) == before == (1, 1, 1, 1)


async def test_a_deleted_card_is_posted_anew(stage: Stage) -> None:
    room = await stage.declares("Search is slow")
    await stage.sandbox.fault("chat.update", "error", error="message_not_found")

    await stage.alice.types(room, "/incident ack")
    await stage.settled()

    newest = [message for message in await room.messages() if message.buttons][-1]
    assert "Acknowledged" in newest.words
    assert newest.is_pinned


async def test_the_bot_thrown_out_of_the_channel_comes_back(stage: Stage) -> None:
    room = await stage.declares("Search is slow")
    await stage.sandbox.fault("chat.postMessage", "error", error="not_in_channel")

    await stage.alice.types(room, "/incident update We look.")
    await stage.settled()

    assert await room.message("We look.")


async def test_a_deleted_incident_takes_its_words_back(stage: Stage) -> None:
    room = await stage.declares("Search is slow")
    admin = a_caller(stage.organization_id)

    await stage.bus.execute(DeleteIncident(caller=admin, incident_id=await the_incident(stage)))
    await stage.settled()

    assert (await stage.card(room)).text == "INC-1 was deleted."
    incidents = await stage.room("incidents")
    assert "INC-1 was deleted." in [message.text for message in await incidents.messages()]


async def test_trouble_with_an_incident_nobody_declared_is_told_under_its_announcement(
    stage: Stage,
) -> None:
    await stage.sandbox.settings(restricted_actions=["conversations.create"])
    source = replace(
        the_source(stage.organization_id), permissions=a_caller(stage.organization_id).permissions
    )

    await stage.bus.execute(DeclareIncident(caller=source, title="Disk full", severity="high"))
    await stage.settled()

    thread = await (await stage.room("incidents")).thread(await stage.announcement())
    assert any("do not let Tocsin do this" in message.text for message in thread)


async def test_a_wrong_announcement_channel_does_not_stop_the_incident(stage: Stage) -> None:
    incidents = await stage.room("incidents")
    await stage.alice.archives(incidents)

    room = await stage.declares("Search is slow")

    assert (await stage.card(room)).is_pinned
    assert ("RefreshAnnouncement", "buried") in stage.outcomes
