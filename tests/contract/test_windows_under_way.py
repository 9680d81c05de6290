"""The windows that run, and those of a series, as a transaction sees them; and their history."""

import asyncio
from dataclasses import replace

import pytest

from core.domain.events import MaintenanceEdited, MaintenanceScheduled, ProgressPosted
from core.domain.ids import EntryId, MaintenanceId
from core.domain.maintenance import Maintenance
from core.errors import Conflict, NotFound
from core.ports import UnitOfWork, Work
from core.views import TimelineEntry
from tests.contract.house import ALICE, House
from tests.contract.samples import a_service
from tests.contract.windows import at, change, changing, schedule, scheduling
from tests.fakes.moment import NOON


class Mishap(Exception):
    """Something no storage has ever heard of."""


async def _running(uow: UnitOfWork) -> list[Maintenance]:
    return await uow.maintenances.running()


async def test_windows_in_progress_are_found_whole_in_the_order_of_their_numbers(
    house: House,
) -> None:
    zebra, checkout = await a_service(house, "zebra"), await a_service(house)
    both = await schedule(house, service_ids=(zebra.id, checkout.id), actual_start_at=NOON)
    none = await schedule(house, matchers=("team=db",), actual_start_at=NOON)
    await schedule(house)
    await schedule(house, actual_start_at=NOON, actual_end_at=NOON)
    await schedule(house, actual_start_at=NOON, canceled_at=NOON)

    assert await house.run(_running) == [both, none]
    assert await house.next_door(_running) == []


async def test_a_transaction_sees_the_windows_that_it_started_and_ended(house: House) -> None:
    first, second = await schedule(house), await schedule(house)

    async def work(uow: UnitOfWork) -> list[list[Maintenance]]:
        seen = [await _running(uow)]
        started = await changing(house, first, actual_start_at=NOON)(uow)
        seen.append(await _running(uow))
        await changing(house, second, actual_start_at=NOON)(uow)
        await changing(house, started, actual_end_at=NOON)(uow)
        return [*seen, await _running(uow)]

    seen = await house.run(work)

    assert [[one.id for one in each] for each in seen] == [[], [first.id], [second.id]]


async def test_works_that_share_a_commit_see_what_the_earlier_ones_did(house: House) -> None:
    windows = [await schedule(house) for _ in range(5)]

    def starting(window: Maintenance) -> Work[int]:
        async def work(uow: UnitOfWork) -> int:
            before = len(await _running(uow))
            await changing(house, window, actual_start_at=NOON)(uow)
            return before

        return work

    counts = await asyncio.gather(*(house.run(starting(window)) for window in windows))

    assert sorted(counts) == [0, 1, 2, 3, 4]
    assert len(await house.run(_running)) == 5


async def test_what_a_failed_work_started_does_not_run_for_the_others(house: House) -> None:
    window = await schedule(house)

    async def failing(uow: UnitOfWork) -> list[Maintenance]:
        await changing(house, window, actual_start_at=NOON)(uow)
        assert len(await _running(uow)) == 1
        raise Mishap

    works = [_running, failing, _running, failing, _running]
    outcomes = await asyncio.gather(*map(house.run, works), return_exceptions=True)

    assert [one for one in outcomes if not isinstance(one, Mishap)] == [[], [], []]


async def test_what_somebody_keeps_of_the_answer_is_theirs(house: House) -> None:
    await schedule(house, actual_start_at=NOON)

    async def work(uow: UnitOfWork) -> int:
        (await _running(uow)).clear()
        return len(await _running(uow))

    assert await house.run(work) == 1


async def test_of_a_series_those_are_found_that_are_still_open(house: House) -> None:
    series = MaintenanceId("mnt_series")
    checkout = await a_service(house)
    open_ones = [
        await schedule(house, series_id=series, service_ids=(checkout.id,), actual_start_at=NOON),
        await schedule(house, series_id=series),
    ]
    await schedule(house, series_id=series, actual_start_at=NOON, actual_end_at=NOON)
    await schedule(house, series_id=series, canceled_at=NOON)
    await schedule(house, series_id=MaintenanceId("mnt_other"))
    await schedule(house)

    async def work(uow: UnitOfWork) -> list[Maintenance]:
        return await uow.maintenances.in_series(series)

    assert await house.run(work) == open_ones
    assert await house.next_door(work) == []


async def test_of_two_who_make_the_next_occurrence_one_does(house: House) -> None:
    window = await schedule(house, recurrence="FREQ=DAILY")

    async def follow(uow: UnitOfWork) -> Maintenance:
        await changing(house, window, followed=True)(uow)
        return await scheduling(house, series_id=window.id)(uow)

    outcomes = await asyncio.gather(*(house.run(follow) for _ in range(4)), return_exceptions=True)

    made = [one for one in outcomes if isinstance(one, Maintenance)]
    assert [one.number for one in made] == [2]
    assert sum(isinstance(one, Conflict) for one in outcomes) == 3
    assert (await schedule(house)).number == 3


async def test_a_window_has_a_history_of_its_own(house: House) -> None:
    window, other = await schedule(house), await schedule(house)
    incident = await house.declare()
    progress = ProgressPosted(
        **replace(window, title="Renamed").fact(ALICE, NOON), text="Half way ☃."
    )

    async def work(uow: UnitOfWork) -> list[TimelineEntry]:
        await uow.maintenances.save(window, because=progress)
        return await uow.timeline.of_maintenance(window.id)

    seen = await house.run(work)
    told = await house.reads.maintenance_timeline(house.organization_id, window.id)
    theirs = await house.reads.maintenance_timeline(house.neighbour_id, window.id)
    others = await house.reads.maintenance_timeline(house.organization_id, other.id)
    declared = await house.reads.timeline(house.organization_id, incident.id)

    assert seen == told
    assert [type(entry.event) for entry in told] == [MaintenanceScheduled, ProgressPosted]
    assert told[-1].event == progress
    assert (len(others), len(declared), theirs) == (1, 1, [])
    assert await house.reads.entry(house.organization_id, told[0].id) == told[0]
    with pytest.raises(NotFound):
        await house.reads.entry(house.organization_id, EntryId("ent_404"))


async def test_times_in_a_history_come_back_as_they_were(house: House) -> None:
    window = await schedule(house)
    moved = MaintenanceEdited(
        **window.fact(ALICE, NOON),
        fields=("start", "end"),
        scheduled_start_at=at(2),
        scheduled_end_at=at(4),
    )

    async def work(uow: UnitOfWork) -> None:
        await uow.maintenances.save(window, because=moved)

    await house.run(work)

    told = await house.reads.maintenance_timeline(house.organization_id, window.id)
    assert told[-1].event == moved


async def test_a_window_that_was_changed_meanwhile_is_not_overwritten(house: House) -> None:
    window = await schedule(house)
    await change(house, window, told=("soon:60",))

    with pytest.raises(Conflict):
        await change(house, window, told=("due",))

    stored = await house.reads.maintenance(house.organization_id, window.id)
    assert stored.maintenance.told == ("soon:60",)
