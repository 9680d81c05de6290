"""An inbox takes in what it can hold, and says so of all the rest."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from core.commands import CreateIntegration
from core.errors import Unavailable
from core.ports import RawDelivery, UnitOfWork
from storage.inbox_room import FULL, TOO_FAST, Bounds
from tests.fakes.moment import NOON
from tests.integration.storage.house import House, opened, outcome


@asynccontextmanager
async def bounded(url: str, bounds: Bounds) -> AsyncIterator[tuple[House, RawDelivery]]:
    async with opened(url, bounds=bounds) as house:
        wish = CreateIntegration(
            caller=house.caller, source="alertmanager", name="prod", token_hash="token"
        )
        yield (
            house,
            RawDelivery(
                organization_id=house.organization_id,
                integration_id=(await house.bus.execute(wish)).id,
                body=b"{}",
                received_at=NOON,
            ),
        )


async def all_at_once(house: House, raw: RawDelivery, many: int) -> list[str]:
    """What each was told: nothing where it was taken in."""
    ends = await asyncio.gather(*(outcome(house.storage.inbox.store(raw)) for _ in range(many)))
    assert {type(end) for end in ends} <= {type(None), Unavailable}
    return [str(end or "") for end in ends]


async def all_dealt_with(house: House) -> None:
    ids = [one.id for one in await house.storage.inbox.pending(1_000)]

    async def work(uow: UnitOfWork) -> None:
        await uow.deliveries.settle(ids, NOON)

    await house.storage.transactions.run(house.organization_id, work)


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path / 'tocsin.db'}"


async def test_no_more_wait_to_be_stored_than_memory_is_meant_for(url: str) -> None:
    async with bounded(url, Bounds(storing=20)) as (house, raw):
        told = await all_at_once(house, raw, 50)
        later = await all_at_once(house, raw, 20)

        assert told == [""] * 20 + [TOO_FAST] * 30
        assert later == [""] * 20
        assert await house.storage.inbox.waiting() == 40


async def test_no_more_wait_to_be_triaged_than_may(url: str) -> None:
    async with bounded(url, Bounds(pending=30)) as (house, raw):
        told = [await all_at_once(house, raw, 1) for _ in range(25)]
        beyond = await all_at_once(house, raw, 10)
        after = await all_at_once(house, raw, 1)

        assert told == [[""]] * 25
        assert beyond == [""] * 5 + [FULL] * 5
        assert after == [FULL]
        assert await house.storage.inbox.waiting() == 30


async def test_what_was_triaged_makes_room(url: str) -> None:
    async with bounded(url, Bounds(pending=30, rest=0)) as (house, raw):
        await all_at_once(house, raw, 40)
        await all_dealt_with(house)

        told = await all_at_once(house, raw, 40)

        assert told == [""] * 30 + [FULL] * 10


async def test_what_waited_before_a_restart_counts(url: str) -> None:
    async with bounded(url, Bounds(pending=30)) as (house, raw):
        await all_at_once(house, raw, 29)

    async with opened(url, bounds=Bounds(pending=30)) as house:
        told = await all_at_once(house, raw, 3)

        assert told == ["", FULL, FULL]


async def test_what_another_process_takes_in_counts_before_long(url: str) -> None:
    bounds = Bounds(pending=80)
    async with bounded(url, bounds) as (house, raw), opened(url, bounds=bounds) as other:
        told = [await all_at_once(one, raw, 5) for _ in range(20) for one in (house, other)]

        assert 80 <= await house.storage.inbox.waiting() <= 80 + 80 // 8 + 5
        assert told[0] == [""] * 5
        assert told[-1] == [FULL] * 5
