"""Maintenance: numbers without gaps, whole windows back, and lists whose states agree."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from core.domain.ids import MaintenanceId, UserId
from core.domain.maintenance import Maintenance, MaintenanceState
from core.errors import Conflict, NotFound
from core.ports import MaintenancePage, MaintenanceQuery, UnitOfWork
from tests.contract.house import ALICE, House
from tests.contract.samples import a_service, a_user
from tests.contract.windows import at, schedule, scheduling
from tests.fakes.moment import NOON

S = MaintenanceState
IN: dict[MaintenanceState, dict[str, Any]] = {
    S.SCHEDULED: {},
    S.IN_PROGRESS: {"actual_start_at": NOON},
    S.COMPLETED: {"actual_start_at": NOON, "actual_end_at": NOON},
    S.CANCELED: {"actual_start_at": NOON, "canceled_at": NOON},
}
STRANGE = ["", "MNT-2", "MNT-", "MNT-1x", "1", "mnt_404", "INC-1", f"MNT-{10**20}", "MNT-٣"]


class Mishap(Exception):
    """Something no storage has ever heard of."""


async def _page(house: House, **query: Any) -> MaintenancePage:
    return await house.reads.maintenances(house.organization_id, MaintenanceQuery(**query))


async def _numbers(house: House, **query: Any) -> list[int]:
    return [row.maintenance.number for row in (await _page(house, **query)).rows]


async def _several(house: House, count: int) -> None:
    for _ in range(count):
        await schedule(house)
        house.clock.advance(seconds=1)


async def test_numbers_follow_each_other_also_in_one_transaction(house: House) -> None:
    async def work(uow: UnitOfWork) -> list[int]:
        return [(await scheduling(house)(uow)).number for _ in range(3)]

    assert (await schedule(house)).number == 1
    assert await house.run(work) == [2, 3, 4]
    assert (await schedule(house)).number == 5


async def test_each_organisation_counts_for_itself_and_apart_from_incidents(house: House) -> None:
    await house.declare()
    await schedule(house)

    assert (await house.next_door(scheduling(house))).number == 1
    assert (await schedule(house)).number == 2


async def test_many_at_once_leave_no_gap_though_some_fail(house: House) -> None:
    async def failing(uow: UnitOfWork) -> Maintenance:
        await scheduling(house)(uow)
        raise Mishap

    works = [scheduling(house) if n % 2 else failing for n in range(40)]
    outcomes = await asyncio.gather(*map(house.run, works), return_exceptions=True)

    numbers = sorted(one.number for one in outcomes if isinstance(one, Maintenance))
    assert numbers == list(range(1, 21))
    assert (await schedule(house)).number == 21


async def test_what_was_stored_comes_back_whole(house: House) -> None:
    bob = await a_user(house)
    services = [await a_service(house, name) for name in ("zebra", "checkout")]
    stored = await schedule(
        house,
        description="First the replicas.\nThen the ☃.",
        service_ids=tuple(service.id for service in services),
        audience=("acme", "ünïon"),
        actual_start_at=NOON + timedelta(hours=1),
        actual_end_at=NOON + timedelta(hours=2),
        created_by=bob.id,
        created_by_name="Bob Baker",
        timezone="Europe/Berlin",
        notify_channels=("ops", "C0123"),
        notify_user_ids=(bob.id, UserId("usr_gone")),
        customer_visible=False,
        runbook_url="https://runbooks.example/upgrade?step=1#☃",
        owner_id=bob.id,
        auto_start=False,
        auto_complete=False,
        reminders=(60, 5),
        matchers=('instance=~"db-.*"', 'note="a, b"'),
        cancel_reason="Rain.",
        recurrence="FREQ=WEEKLY;BYDAY=TU",
        series_id=MaintenanceId("mnt_first"),
        series_start_at=NOON - timedelta(days=7),
        series_end_at=NOON - timedelta(days=7, hours=-2),
        occurrence_at=NOON + timedelta(hours=1),
        exceptions=(NOON + timedelta(days=7), NOON + timedelta(days=14, microseconds=1)),
        followed=True,
        armed_at=NOON,
        told=("soon:60", "due"),
    )

    async def work(uow: UnitOfWork) -> Maintenance:
        return await uow.maintenances.get(stored.id)

    row = await house.reads.maintenance(house.organization_id, stored.id)

    assert await house.run(work) == row.maintenance == stored
    assert row.services == tuple((service.id, service.name) for service in services)


async def test_it_is_found_by_reference_in_any_case(house: House) -> None:
    stored = await schedule(house)

    for name in ("MNT-1", "mnt-1", "Mnt-1"):
        row = await house.reads.maintenance(house.organization_id, name)
        assert row.maintenance == stored


@pytest.mark.parametrize("name", STRANGE)
async def test_any_other_name_is_not_found(house: House, name: str) -> None:
    await schedule(house)

    with pytest.raises(NotFound):
        await house.reads.maintenance(house.organization_id, name)


async def test_a_change_is_stored_with_its_services(house: House) -> None:
    checkout, search = await a_service(house), await a_service(house, "search")
    stored = await schedule(house, service_ids=(checkout.id,))

    async def work(uow: UnitOfWork) -> Maintenance:
        edited, event = (await uow.maintenances.get(stored.id)).edit(
            {"title": "Upgrade", "service_ids": (search.id, checkout.id), "audience": ("acme",)},
            by=ALICE,
            at=NOON,
        )
        saved = await uow.maintenances.save(edited, because=event)
        assert await uow.maintenances.get(stored.id) == saved
        return saved

    saved = await house.run(work)
    row = await house.reads.maintenance(house.organization_id, stored.id)

    assert row.maintenance == saved
    assert (saved.version, saved.number) == (2, 1)
    assert [name for _, name in row.services] == ["search", "checkout"]


async def test_without_a_reason_nothing_is_stored(house: House) -> None:
    stored = await schedule(house)

    async def work(uow: UnitOfWork) -> Maintenance:
        return await uow.maintenances.save(replace(stored, title="Another"), because=None)

    await house.run(work)
    row = await house.reads.maintenance(house.organization_id, stored.id)

    assert row.maintenance == stored


async def test_of_two_who_start_it_one_is_refused(house: House) -> None:
    stored = await schedule(house)

    async def start(uow: UnitOfWork) -> None:
        started, event = stored.start(by=ALICE, at=NOON)
        await uow.maintenances.save(started, because=event)

    await house.run(start)
    with pytest.raises(Conflict):
        await house.run(start)


async def test_next_door_has_none_of_it(house: House) -> None:
    stored = await schedule(house)

    async def work(uow: UnitOfWork) -> Maintenance:
        return await uow.maintenances.get(stored.id)

    with pytest.raises(NotFound):
        await house.next_door(work)
    for name in (stored.id, "MNT-1"):
        with pytest.raises(NotFound):
            await house.reads.maintenance(house.neighbour_id, name)
    page = await house.reads.maintenances(house.neighbour_id, MaintenanceQuery())
    assert page == MaintenancePage(rows=(), total=0, more=False)


async def test_the_newest_come_first_page_by_page(house: House) -> None:
    await _several(house, 5)

    assert await _numbers(house) == [5, 4, 3, 2, 1]
    assert await _numbers(house, limit=2) == [5, 4]
    assert await _numbers(house, limit=2, offset=4) == [1]
    page = await _page(house, limit=2)
    assert (page.total, page.more) == (5, True)
    assert not (await _page(house, limit=5)).more


async def test_a_page_goes_on_after_the_last_row_seen(house: House) -> None:
    for _ in range(3):  # all in the same instant
        await schedule(house)
    first = await _page(house, limit=2)
    last = first.rows[-1].maintenance

    second = await _page(house, limit=2, offset=7, after=(last.created_at, last.id))

    assert [row.maintenance.number for row in first.rows + second.rows] == [3, 2, 1]
    assert (second.total, second.more) == (3, False)


@pytest.mark.parametrize("state", list(MaintenanceState))
async def test_a_list_of_a_state_has_those_in_it(house: House, state: MaintenanceState) -> None:
    stored = {one: await schedule(house, **times) for one, times in IN.items()}
    stored_in = stored[state]

    page = await _page(house, states=frozenset({state}))

    assert [row.maintenance for row in page.rows] == [stored_in]
    assert page.rows[0].maintenance.state is state
    assert page.total == 1


async def test_several_states_are_any_of_them(house: House) -> None:
    for times in IN.values():
        await schedule(house, **times)

    assert await _numbers(house, states=frozenset({S.COMPLETED, S.SCHEDULED})) == [3, 1]


async def test_what_nobody_started_in_its_time_counts_as_completed_where_that_is_asked_for(
    house: House,
) -> None:
    await schedule(house)
    await schedule(house, scheduled_end_at=at(4))
    await schedule(house, **IN[S.COMPLETED])
    await schedule(house, **IN[S.IN_PROGRESS])
    scheduled, completed = frozenset({S.SCHEDULED}), frozenset({S.COMPLETED})

    assert await _numbers(house, states=scheduled, over_by=at(3)) == [2]
    assert await _numbers(house, states=completed, over_by=at(3)) == [3, 1]
    assert (await _page(house, states=completed, over_by=at(3), limit=1)).total == 2
    assert await _numbers(house, states=frozenset({S.IN_PROGRESS}), over_by=at(9)) == [4]
    assert await _numbers(house, states=completed) == [3]
    assert await _numbers(house, over_by=at(9)) == [4, 3, 2, 1]


async def test_a_list_is_narrowed_by_service_and_by_time(house: House) -> None:
    checkout = await a_service(house)
    await schedule(house, service_ids=(checkout.id,))
    house.clock.advance(hours=1)
    await schedule(house, service_ids=(checkout.id,))
    await schedule(house)

    assert await _numbers(house, service_id=checkout.id) == [2, 1]
    assert await _numbers(house, since=house.clock()) == [3, 2]
    assert await _numbers(house, service_id=checkout.id, since=house.clock()) == [2]
    assert await _numbers(house, service_id="svc_404") == []
