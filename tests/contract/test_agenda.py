"""What is planned in a stretch of time, in the order in which it begins."""

from typing import Any

import pytest

from core.ports import AgendaQuery
from tests.contract.house import House
from tests.contract.samples import a_service
from tests.contract.windows import at, schedule, scheduling
from tests.fakes.moment import NOON


async def _agenda(house: House, since: float = 0, until: float = 10, **query: Any) -> list[int]:
    wanted = AgendaQuery(since=at(since), until=at(until), **query)
    rows = await house.reads.agenda(house.organization_id, wanted)
    return [row.maintenance.number for row in rows]


async def test_windows_come_in_the_order_of_their_planned_starts(house: House) -> None:
    for hour in (3, 1, 2, 1):
        await schedule(house, scheduled_start_at=at(hour), scheduled_end_at=at(4))

    assert await _agenda(house) == [2, 4, 3, 1]
    assert await _agenda(house, limit=2) == [2, 4]


async def test_a_row_is_whole_with_its_services(house: House) -> None:
    zebra, checkout = await a_service(house, "zebra"), await a_service(house)
    window = await schedule(house, service_ids=(zebra.id, checkout.id), recurrence="FREQ=DAILY")

    wanted = AgendaQuery(since=NOON, until=at(10))
    [row] = await house.reads.agenda(house.organization_id, wanted)

    assert row.maintenance == window
    assert row.services == ((zebra.id, "zebra"), (checkout.id, "checkout"))


@pytest.mark.parametrize(
    ("since", "until", "there"),
    [(0, 1, False), (0, 1.01, True), (2, 2.5, True), (2.99, 9, True), (3, 9, False), (-9, 9, True)],
)
async def test_a_window_is_there_if_any_of_it_is_in_the_stretch(
    house: House, since: float, until: float, there: bool
) -> None:
    await schedule(house)

    assert await _agenda(house, since, until) == ([1] if there else [])


async def test_a_canceled_window_is_never_there(house: House) -> None:
    await schedule(house, canceled_at=NOON)
    await schedule(house, actual_start_at=at(1), canceled_at=at(2))

    assert await _agenda(house) == []


async def test_a_window_that_ended_early_is_over_from_then_on(house: House) -> None:
    await schedule(house, actual_start_at=at(1), actual_end_at=at(2))

    assert await _agenda(house, 1.5) == [1]
    assert await _agenda(house, 2) == []
    assert await _agenda(house, 1.5, completed=False) == []


async def test_a_window_that_ended_late_was_there_until_then(house: House) -> None:
    await schedule(house, actual_start_at=at(1), actual_end_at=at(5))

    assert await _agenda(house, 4) == [1]
    assert await _agenda(house, 5) == []


async def test_a_window_in_progress_is_there_however_late(house: House) -> None:
    await schedule(house, actual_start_at=at(-5), auto_complete=False)

    assert await _agenda(house, 100, 101) == [1]
    assert await _agenda(house, -5, -4, completed=False) == [1]
    assert await _agenda(house, -9, -5) == []


async def test_only_those_of_the_services_asked_for(house: House) -> None:
    names = ("checkout", "search", "zebra")
    checkout, search, zebra = [(await a_service(house, name)).id for name in names]
    await schedule(house, service_ids=(checkout, search))
    await schedule(house, service_ids=(search,))
    await schedule(house)

    assert await _agenda(house, service_ids=frozenset({checkout})) == [1]
    assert await _agenda(house, service_ids=frozenset({checkout, search})) == [1, 2]
    assert await _agenda(house, service_ids=frozenset({zebra})) == []


async def test_what_is_planned_next_door_is_not_there(house: House) -> None:
    await house.next_door(scheduling(house))

    assert await _agenda(house) == []
