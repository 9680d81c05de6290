"""Two processes that plan on one database: no number twice, one start, one draft."""

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import timedelta

from core.commands import (
    AddMetric,
    AdvanceMaintenance,
    DraftFromMetric,
    ScheduleMaintenance,
    StartMaintenance,
)
from core.domain.events import MaintenanceCompleted, MaintenanceStarted
from core.domain.maintenance import MaintenanceState
from core.ports import MaintenanceQuery
from core.views import IncidentQuery
from tests.contract.house import House
from tests.contract.test_two_processes import other
from tests.fakes.moment import NOON
from tests.fakes.people import a_caller, the_operator

__all__ = ["other"]


def _wish(house: House) -> ScheduleMaintenance:
    return ScheduleMaintenance(
        caller=a_caller(house.organization_id),
        title="Database upgrade",
        scheduled_start_at=NOON,
        scheduled_end_at=NOON + timedelta(hours=1),
    )


async def test_numbers_of_maintenance_are_gapless_whoever_gives_them(
    house: House, other: House
) -> None:
    made = await asyncio.gather(*(home.bus.execute(_wish(house)) for home in (house, other) * 10))

    assert sorted(maintenance.number for maintenance in made) == list(range(1, 21))


async def test_of_two_who_start_it_at_once_one_does(house: House, other: House) -> None:
    maintenance = await house.bus.execute(_wish(house))
    start = StartMaintenance(caller=a_caller(house.organization_id), maintenance_id=maintenance.id)

    outcomes = await asyncio.gather(*(home.bus.execute(start) for home in (house, other) * 3))

    assert {outcome.version for outcome in outcomes} == {2}
    started = MaintenanceQuery(states=frozenset({MaintenanceState.IN_PROGRESS}))
    assert (await other.reads.maintenances(house.organization_id, started)).total == 1


async def test_what_is_due_is_done_once_whoever_looks_at_it(house: House, other: House) -> None:
    windows = [await house.bus.execute(_wish(house)) for _ in range(6)]
    house.clock.now = NOON + timedelta(hours=2)
    robot = the_operator(house.organization_id)
    wishes = [AdvanceMaintenance(caller=robot, maintenance_id=one.id) for one in windows]

    await asyncio.gather(
        *(home.bus.execute(wish) for wish in wishes for home in (house, other) * 2)
    )

    for window in windows:
        told = await other.reads.maintenance_timeline(house.organization_id, window.id)
        kinds = Counter(type(entry.event) for entry in told)
        assert (kinds[MaintenanceStarted], kinds[MaintenanceCompleted]) == (1, 1)
    assert await other.storage.chores.due_maintenances(house.clock(), 10) == []


async def test_the_next_occurrence_is_made_once_whoever_makes_it(
    house: House, other: House
) -> None:
    window = await house.bus.execute(replace(_wish(house), recurrence="FREQ=DAILY"))
    house.clock.now = NOON + timedelta(minutes=1)
    wish = AdvanceMaintenance(caller=the_operator(house.organization_id), maintenance_id=window.id)

    await asyncio.gather(*(home.bus.execute(wish) for home in (house, other) * 3))

    page = await other.reads.maintenances(house.organization_id, MaintenanceQuery())
    assert [row.maintenance.number for row in page.rows] == [2, 1]
    assert page.rows[0].maintenance.scheduled_start_at == NOON + timedelta(days=1)


async def test_one_draft_is_made_of_a_metric_wherever_it_is_asked_for(
    house: House, other: House
) -> None:
    caller = a_caller(house.organization_id)
    metric = await house.bus.execute(AddMetric(caller=caller, name="p99 latency"))
    wish = DraftFromMetric(caller=caller, metric_id=metric.id)

    drafts = await asyncio.gather(*(home.bus.execute(wish) for home in (house, other) * 10))

    assert len({draft.id for draft in drafts}) == 1
    assert (await other.reads.incidents(house.organization_id, IncidentQuery())).total == 1
