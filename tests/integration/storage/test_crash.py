"""A process killed while it writes: what it had acknowledged is there, and whole."""

import asyncio
import sys
from collections import Counter

import pytest

from core.domain.incident import Incident
from core.views import IncidentQuery, IncidentRow
from tests.integration.storage.house import OF_A_DECLARATION, House, opened


async def _killed_after(url: str, acknowledged: int) -> list[int]:
    """The numbers a process had printed when it was killed in the midst of its work."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "tests.integration.storage.declaring", url, "k", "100000", "16"),
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    first = [await process.stdout.readline() for _ in range(acknowledged)]
    process.kill()
    rest = await process.stdout.read()
    await process.wait()
    whole = [line for line in rest.splitlines(keepends=True) if line.endswith(b"\n")]
    return [int(line) for line in (*first, *whole)]


async def _everything(house: House) -> list[IncidentRow]:
    query = IncidentQuery(limit=1_000_000)
    return list((await house.storage.reads.incidents(house.organization_id, query)).rows)


@pytest.mark.parametrize("acknowledged", [1, 40, 200])
async def test_no_acknowledged_incident_is_lost(database_url: str, acknowledged: int) -> None:
    numbers = await _killed_after(database_url, acknowledged)

    async with opened(database_url, process="a") as house:
        rows = await _everything(house)
        following = await house.declare()

    stored = sorted(row.number for row in rows)
    assert set(numbers) <= set(stored)
    assert stored == list(range(1, len(rows) + 1))
    assert following.number == len(rows) + 1


async def test_every_incident_has_its_story_and_its_effects(database_url: str) -> None:
    await _killed_after(database_url, 60)

    async with opened(database_url, process="a") as house:
        rows = await _everything(house)
        told = [
            len(await house.storage.reads.timeline(house.organization_id, row.id)) for row in rows
        ]
        waiting = await house.storage.outbox.waiting()

    assert Counter(told) == {1: len(rows)}
    assert waiting == OF_A_DECLARATION * len(rows)


async def test_a_restart_goes_on_at_once_and_doubts_what_was_being_tried(sqlite_url: str) -> None:
    async with opened(sqlite_url) as house:
        incident = await house.declare()
        assert isinstance(incident, Incident)
        later = incident.created_at
        tried = await house.storage.outbox.claim(16, later)

    async with opened(sqlite_url, process="b") as house:
        unavailable = await house.storage.outbox.claim(16, later)
        await house.storage.outbox.recover(later)
        recovered = await house.storage.outbox.claim(16, later)

    lanes = {parcel.effect.subject_id for parcel in tried}
    assert len(lanes) == len(tried) == 3
    assert not any(parcel.doubtful for parcel in tried)
    assert unavailable == []
    assert [(parcel.id, parcel.doubtful) for parcel in recovered] == [
        (parcel.id, True) for parcel in tried
    ]
