"""`tocsin serve` tells programs what its clock does, and what was under way when it was killed."""

import asyncio
import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession

from tests.integration.bot.program import Program
from tests.integration.outgoing.receiver import Receiver

WITH_A_WAY = {"TOCSIN_WEBHOOKS_PRIVATE": "allowed"}
SCOPES = ("integrations:write", "maintenances:write")


@pytest.fixture
def tocsin(tmp_path: Path) -> Program:
    return Program(tmp_path)


async def a_key(tocsin: Program) -> str:
    scopes = [word for scope in SCOPES for word in ("--scope", scope)]
    made = await asyncio.to_thread(tocsin.run, "keys", "create", "x", *scopes, "--json")
    return str(made.object["api_key"])


async def ask(url: str, key: str, path: str, wish: Any) -> Any:
    headers = {"Authorization": f"Bearer {key}"}
    async with (
        ClientSession(headers=headers) as session,
        session.post(f"{url}/api/v1/{path}", json=wish) as answer,
    ):
        body = await answer.json()
        assert answer.ok, body
        return body


async def test_a_window_that_starts_and_completes_by_itself_is_told_of(
    tocsin: Program, receiver: Receiver
) -> None:
    key = await a_key(tocsin)
    with tocsin.started("serve", "--json", **WITH_A_WAY) as started:
        url = (await asyncio.to_thread(started.first_object))["url"]
        wanted = {"url": receiver.url, "events": ["maintenance.*"]}
        endpoint = await ask(url, key, "webhook-endpoints", wanted)
        start = datetime.now(UTC) + timedelta(seconds=2)
        wish = {
            "title": "Database upgrade",
            "scheduled_start_at": start.isoformat(),
            "scheduled_end_at": (start + timedelta(seconds=2)).isoformat(),
        }

        await ask(url, key, "maintenances", wish)
        await receiver.until(lambda: "maintenance.completed" in receiver.types)

    assert receiver.types == [
        "maintenance.scheduled",
        "maintenance.started",
        "maintenance.completed",
    ]
    assert all(one.signed_by(endpoint["secret"]) for one in receiver.received)


async def test_what_was_under_way_when_it_was_killed_is_sent_again_under_its_id(
    tocsin: Program, receiver: Receiver
) -> None:
    key = await a_key(tocsin)
    receiver.answers = [-1]
    with tocsin.started("serve", "--json", **WITH_A_WAY) as started:
        url = (await asyncio.to_thread(started.first_object))["url"]
        endpoint = await ask(url, key, "webhook-endpoints", {"url": receiver.url})
        await ask(url, key, f"webhook-endpoints/{endpoint['id']}/test", None)
        await receiver.until(lambda: len(receiver.received) == 1)
        started.process.send_signal(signal.SIGKILL)
        await asyncio.to_thread(started.process.wait)

    with tocsin.started("serve", "--json", **WITH_A_WAY) as again:
        await asyncio.to_thread(again.first_object)
        await receiver.until(lambda: len(receiver.received) == 2)

    first, second = receiver.received
    assert first.id == second.id
    assert second.signed_by(endpoint["secret"])
