"""Forty incidents within a minute, of which Slack gives twenty a channel: nothing is lost, the
worst come first, and whoever waits is told."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from core.domain.severity import Severity
from core.views import IncidentCard, IncidentQuery
from sandbox.clock import Clock
from sandbox.server import Sandbox
from tests.integration.slack.stage import MANIFEST, Stage, staged

FORTY = 40
AT_ONCE = 20
"""Channels that Slack opens within a minute."""

STEP, HAIR = 0.25, 0.001
"""Seconds by which time moves on, and that nobody notices."""

BREATH = 0.01
"""Seconds in which what was begun goes on."""

LEVELS = ("low", "medium", "high", "critical")


@pytest.fixture
async def clock() -> Clock:
    """Slack's time, in which the door paces what it sends."""
    return Clock("virtual")


@pytest.fixture
async def stage(tmp_path: Path, clock: Clock) -> AsyncIterator[Stage]:
    world = Sandbox(MANIFEST, clock=clock)

    async def sleep(seconds: float) -> None:
        await clock.sleep(seconds + HAIR)  # what is over is over, whatever the last digit

    async with staged(tmp_path, sandbox=world, monotonic=clock.seconds, sleep=sleep) as stage:
        await stage.sandbox.settings(rate_limits="documented")
        yield stage


async def forty_are_declared(stage: Stage) -> list[IncidentCard]:
    """By Alice and Bob in turn, the least severe first; answers what is stored by then."""
    general = await stage.room("general")
    for number in range(FORTY):
        who = (stage.alice, stage.bob)[number % 2]
        level = LEVELS[number * len(LEVELS) // FORTY]
        await who.types(general, f"/incident declare {level} Queue {number} is full")
    return await all_of_them(stage)


async def all_of_them(stage: Stage) -> list[IncidentCard]:
    """Oldest first."""
    query = IncidentQuery(limit=100)
    page = await stage.store.reads.incidents(stage.organization_id, query)
    cards = [await stage.store.reads.card(stage.organization_id, row.id) for row in page.rows]
    return sorted(cards, key=lambda card: card.incident.number)


async def time_goes_on(stage: Stage, clock: Clock) -> None:
    """Until everything is shown."""
    while await stage.store.outbox.waiting():
        await asyncio.sleep(BREATH)
        await clock.advance(STEP)
        stage.clock.ahead += timedelta(seconds=STEP)
        stage.relay.wake()


async def opened(stage: Stage) -> list[str]:
    """The channels of incidents in the order in which Slack opened them."""
    calls = await stage.sandbox.calls("conversations.create")
    return [call["args"]["name"] for call in calls if call["ok"]]


async def test_forty_incidents_within_a_minute(stage: Stage, clock: Clock) -> None:
    recorded = await forty_are_declared(stage)
    await time_goes_on(stage, clock)

    assert len(recorded) == FORTY
    cards = await all_of_them(stage)
    by_name = {card.incident.channel_name: card for card in cards}
    order = [by_name[name] for name in await opened(stage)]
    assert len(order) == len(by_name) == FORTY
    assert _is_sorted(order[AT_ONCE:])
    assert _came_late(order) == []
    told = [len(await _told_of_the_wait(stage, card)) for card in order]
    assert sum(told[:AT_ONCE]) == 0
    assert max(told) == 1
    assert sum(told[AT_ONCE:]) >= AT_ONCE * 3 // 4  # the last ones wait for a moment only
    assert await _are_invited(stage, order)
    assert "buried" not in {outcome for _, outcome in stage.outcomes}
    assert not [call for call in await stage.sandbox.journal("api_call") if call["status"] == 429]


def _is_sorted(cards: list[IncidentCard]) -> bool:
    """The worst first, else the oldest."""
    places = [(-card.incident.severity.rank, card.incident.number) for card in cards]
    return places == sorted(places)


def _came_late(order: list[IncidentCard]) -> list[str]:
    """Critical incidents that got their channel after a less severe one which had to wait."""
    waited = [card.incident for card in order[AT_ONCE:]]
    pairs = pairwise(waited)
    return [
        after.reference
        for before, after in pairs
        if after.severity is Severity.CRITICAL and before.severity is not Severity.CRITICAL
    ]


async def _are_invited(stage: Stage, order: list[IncidentCard]) -> bool:
    """Whoever declared it is in its channel at last."""
    rooms = {room.id: room.wire["members"] for room in await stage.sandbox.channels()}
    return all(
        card.creator and card.creator.slack_user_id in rooms[str(card.incident.channel_id)]
        for card in order
    )


async def _told_of_the_wait(stage: Stage, card: IncidentCard) -> list[str]:
    """What its declarer, by name, reads about waiting below its announcement."""
    incidents = await stage.room("incidents")
    announcement = await incidents.message(f"{card.incident.reference} “")
    replies = [reply.text for reply in await incidents.thread(announcement)]
    called = f"<@{card.creator.slack_user_id}> The channel of" if card.creator else "nobody"
    return [text for text in replies if text.startswith(called) and "waits: Slack" in text]
