"""What the clock asks for: which windows are due, when the next one is, whose alerts wait."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from core.domain.alert import Episode
from core.domain.ids import IncidentId, IntegrationId, MaintenanceId, OrganizationId
from core.domain.maintenance import Maintenance
from core.ports import UnitOfWork
from tests.contract.house import House
from tests.contract.samples import an_episode, an_integration
from tests.contract.windows import at, change, schedule, scheduling
from tests.fakes.moment import NOON

ARMED: dict[str, Any] = {"armed_at": NOON}
SECOND = timedelta(seconds=1)


async def _due(house: House, now: datetime, limit: int = 10) -> list[MaintenanceId]:
    return [id for _, id in await house.storage.chores.due_maintenances(now, limit)]


async def _next(house: House, after: datetime = NOON) -> datetime | None:
    return await house.storage.chores.next_maintenance_at(after=after)


async def _stranded(house: House, limit: int = 10) -> list[tuple[OrganizationId, MaintenanceId]]:
    return await house.storage.chores.stranded_alerts(limit)


async def _put(house: House, *episodes: Episode) -> None:
    async def work(uow: UnitOfWork) -> None:
        await uow.alerts.put(episodes)

    await house.run(work)


@pytest.fixture
async def source(house: House) -> IntegrationId:
    return (await an_integration(house)).id


async def test_a_window_is_due_at_its_moment_and_not_a_microsecond_before(house: House) -> None:
    window = await schedule(house, **ARMED)

    assert await _due(house, at(1) - timedelta(microseconds=1)) == []
    assert await _due(house, at(1)) == [window.id]
    assert await _next(house) == at(1)


async def test_the_longest_due_come_first_and_no_more_than_asked_for(house: House) -> None:
    late = await schedule(house, **ARMED, scheduled_start_at=at(2))
    early = await schedule(house, **ARMED)
    equal = await schedule(house, **ARMED)
    await schedule(house, **ARMED, scheduled_start_at=at(2) + SECOND)

    assert await _due(house, at(2)) == [early.id, equal.id, late.id]
    assert await _due(house, at(2), limit=2) == [early.id, equal.id]


async def test_windows_of_every_organisation_are_due_with_their_own(house: House) -> None:
    ours = await schedule(house, **ARMED)
    theirs = await house.next_door(scheduling(house, **ARMED))

    found = await house.storage.chores.due_maintenances(at(1), 10)

    assert set(found) == {(house.organization_id, ours.id), (house.neighbour_id, theirs.id)}


@pytest.mark.parametrize(
    "times",
    [
        {"armed_at": None},
        {"actual_start_at": NOON, "actual_end_at": NOON},
        {"actual_start_at": NOON, "canceled_at": NOON},
        {"canceled_at": NOON},
    ],
)
async def test_what_is_off_the_clock_or_over_is_never_due(
    house: House, times: dict[str, Any]
) -> None:
    await schedule(house, **{**ARMED, **times})

    assert await _due(house, at(10_000)) == []
    assert await _next(house) is None


async def test_every_change_sets_the_alarm_anew(house: House) -> None:
    window = await schedule(house, **ARMED, reminders=(30,))
    moments = [await _next(house)]

    for changes in (
        {"told": ("soon:30",)},
        {"scheduled_start_at": at(2)},
        {"actual_start_at": at(2)},
        {"scheduled_end_at": at(5)},
        {"told": ("ending",)},
        {"actual_end_at": at(5)},
    ):
        window = await change(house, window, **changes)
        moments.append(await _next(house))

    assert moments == [at(0.5), at(1), at(2), at(2.75), at(4.75), at(5), None]


async def test_the_next_alarm_lies_behind_the_moment_that_is_asked_for(house: House) -> None:
    await schedule(house, **ARMED)
    await schedule(house, **ARMED, scheduled_start_at=at(2))

    assert await _next(house, at(1) - SECOND) == at(1)
    assert await _next(house, at(1)) == at(2)
    assert await _next(house, at(2)) is None


async def test_windows_that_are_over_while_their_alerts_fire_are_found_once_each(
    house: House, source: IntegrationId
) -> None:
    over = {"actual_start_at": NOON, "actual_end_at": NOON}
    completed: Maintenance = await schedule(house, **over)
    canceled = await schedule(house, actual_start_at=NOON, canceled_at=NOON)
    quiet = await schedule(house, **over)
    for name, window in [("a", completed), ("b", completed), ("c", canceled)]:
        await _put(house, an_episode(house, source, name, suppressed_by=window.id))
    await _put(house, an_episode(house, source, "d", suppressed_by=quiet.id).ended(NOON))

    found = await _stranded(house)

    assert found == [(house.organization_id, one.id) for one in (completed, canceled)]
    assert await _stranded(house, limit=1) == found[:1]


async def test_alerts_of_a_window_in_progress_wait(house: House, source: IntegrationId) -> None:
    window = await schedule(house, actual_start_at=NOON)
    await _put(house, an_episode(house, source, suppressed_by=window.id))
    before = await _stranded(house)

    await change(house, window, actual_end_at=NOON)

    assert (before, await _stranded(house)) == ([], [(house.organization_id, window.id)])


async def test_alerts_that_were_raised_are_stranded_no_more(
    house: House, source: IntegrationId
) -> None:
    window = await schedule(house, actual_start_at=NOON, actual_end_at=NOON)
    incident: IncidentId = (await house.declare()).id

    await _put(house, an_episode(house, source, suppressed_by=window.id, incident_id=incident))

    assert await _stranded(house) == []
