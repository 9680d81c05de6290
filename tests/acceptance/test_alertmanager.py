"""Prometheus' own Alertmanager rings; one incident opens and resolves."""

from datetime import timedelta
from pathlib import Path

import pytest

from sandbox.conversation.control import wait_for
from sandbox.conversation.room import Room
from sandbox.server import Sandbox
from tests.acceptance.alertmanager import PAGERDUTY, alertmanager, soon
from tests.processes import Tocsin, ask

THREE = ("a", "b", "c")


@pytest.mark.parametrize(
    "moments",
    [{"startsAt": soon(-timedelta(minutes=2))}, {}],
    ids=["as Prometheus dates them", "without a start, as a script may send them"],
)
async def test_a_group_of_three_alerts_is_one_incident_resolved_at_the_end(
    moments: dict[str, str], sandbox: Sandbox, tocsin: Tocsin, tmp_path: Path
) -> None:
    ring = await ask(
        tocsin.settings, tmp_path, "integrations", "create", "alertmanager", "--service", "checkout"
    )
    async with alertmanager(tmp_path, url=ring["url"], token=ring["token"]) as source:
        await source.fires(*THREE, **moments)
        channel = await sandbox.channel_named("inc-", patience=30)
        await channel.message("HighLatency", patience=30)

        await source.resolves(*THREE, **moments)
        await _resolved(channel)

    rooms = [room for room in await sandbox.channels() if room.name.startswith("inc-")]
    cards = [card for card in await channel.messages() if card.is_pinned]
    assert len(rooms) == 1
    assert len(cards) == 1
    assert "Acknowledge" not in cards[0].buttons


async def test_its_pagerduty_receiver_opens_and_resolves_one_incident(
    sandbox: Sandbox, tocsin: Tocsin, tmp_path: Path
) -> None:
    ring = await ask(
        tocsin.settings, tmp_path, "integrations", "create", "pagerduty", "--service", "checkout"
    )
    async with alertmanager(
        tmp_path, url=ring["url"], token=ring["token"], receiver=PAGERDUTY
    ) as source:
        await source.fires(*THREE)
        channel = await sandbox.channel_named("inc-", patience=30)
        await channel.message("HighLatency", patience=30)

        await source.resolves(*THREE)
        await _resolved(channel)

    rooms = [room for room in await sandbox.channels() if room.name.startswith("inc-")]
    assert ring["url"] == f"{tocsin.url}/pagerduty/v2/enqueue"
    assert len(rooms) == 1


async def _resolved(channel: Room) -> None:
    async def look() -> bool | None:
        cards = [card for card in await channel.messages() if card.is_pinned]
        return True if cards and "Resolved" in cards[0].words else None

    await wait_for(look, "The resolution on the card", 30)
