"""Maintenance through the bus: what is stored, what is refused, and what is told."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from core.bus import CommandBus
from core.commands import (
    AddService,
    CancelMaintenance,
    CompleteMaintenance,
    EditMaintenance,
    ScheduleMaintenance,
    StartMaintenance,
)
from core.domain.account import Role
from core.domain.actor import Caller
from core.domain.events import MaintenanceScheduled, MaintenanceStarted
from core.domain.ids import MaintenanceId, ServiceId
from core.domain.maintenance import Maintenance, MaintenanceState
from core.domain.service import Service
from core.errors import Conflict, InvalidInput, KeyReused, NotFound, NotPermitted
from tests.fakes.moment import NOON, FakeClock
from tests.fakes.people import a_caller
from tests.fakes.store import FakeStore

START, END = NOON + timedelta(hours=1), NOON + timedelta(hours=3)


@pytest.fixture
async def checkout(bus: CommandBus, alice: Caller) -> Service:
    return await bus.execute(AddService(caller=alice, name="checkout"))


def _wish(caller: Caller, **changes: Any) -> ScheduleMaintenance:
    values: dict[str, Any] = {
        "title": "Database upgrade",
        "scheduled_start_at": START,
        "scheduled_end_at": END,
        **changes,
    }
    return ScheduleMaintenance(caller=caller, **values)


async def test_scheduling_stores_the_window_and_tells_of_it(
    bus: CommandBus, store: FakeStore, alice: Caller, checkout: Service
) -> None:
    maintenance = await bus.execute(
        _wish(alice, title=" Database\n upgrade ", service_ids=(checkout.id, checkout.id))
    )

    assert maintenance.reference == "MNT-1"
    assert maintenance.title == "Database upgrade"
    assert maintenance.service_ids == (checkout.id,)
    assert (maintenance.state, maintenance.created_by_name) == (
        MaintenanceState.SCHEDULED,
        "Alice Archer",
    )
    assert isinstance(store.events(alice.organization_id)[-1], MaintenanceScheduled)
    assert store.effects == []


async def test_times_of_any_zone_are_kept_as_the_same_moment(
    bus: CommandBus, alice: Caller
) -> None:
    local = timezone(timedelta(hours=5, minutes=30))

    maintenance = await bus.execute(_wish(alice, scheduled_start_at=START.astimezone(local)))

    assert maintenance.scheduled_start_at == START
    assert maintenance.scheduled_start_at.tzinfo is UTC


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 501}, "title"),
        ({"description": "x" * 10_001}, "description"),
        ({"scheduled_end_at": START}, "scheduled_end_at"),
        ({"scheduled_end_at": START + timedelta(days=367)}, "scheduled_end_at"),
        ({"service_ids": (ServiceId("svc_404"),)}, "service_ids"),
        ({"audience": ("",)}, "audience"),
        ({"audience": tuple(f"customer-{n}" for n in range(101))}, "audience"),
    ],
)
async def test_what_is_out_of_range_is_refused_by_name(
    bus: CommandBus, store: FakeStore, alice: Caller, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        await bus.execute(_wish(alice, **changes))

    assert refusal.value.field == field
    assert store.rows.of(alice.organization_id).maintenances == {}


async def test_everything_that_is_wrong_is_told_at_once(bus: CommandBus, alice: Caller) -> None:
    wish = _wish(alice, title="", scheduled_end_at=NOON, service_ids=(ServiceId("svc_404"),))

    with pytest.raises(InvalidInput) as refusal:
        await bus.execute(wish)

    assert [field for field, _ in refusal.value.flaws] == [
        "title",
        "scheduled_end_at",
        "service_ids",
    ]


async def test_a_window_may_be_wholly_past(bus: CommandBus, alice: Caller) -> None:
    past = datetime(2029, 1, 1, tzinfo=UTC)

    maintenance = await bus.execute(
        _wish(alice, scheduled_start_at=past, scheduled_end_at=past + timedelta(hours=1))
    )

    assert maintenance.state is MaintenanceState.SCHEDULED


async def test_starting_twice_is_told_once(
    bus: CommandBus, store: FakeStore, alice: Caller
) -> None:
    maintenance = await bus.execute(_wish(alice))
    start = StartMaintenance(caller=alice, maintenance_id=maintenance.id)

    first = await bus.execute(start)
    second = await bus.execute(start)

    assert first == second
    assert [type(event) for event in store.events(alice.organization_id)].count(
        MaintenanceStarted
    ) == 1


async def test_a_maintenance_goes_from_scheduled_to_completed(
    bus: CommandBus, clock: FakeClock, alice: Caller
) -> None:
    maintenance = await bus.execute(_wish(alice))
    clock.advance(hours=1)
    await bus.execute(StartMaintenance(caller=alice, maintenance_id=maintenance.id))
    clock.advance(hours=1)

    done = await bus.execute(CompleteMaintenance(caller=alice, maintenance_id=maintenance.id))

    assert done.state is MaintenanceState.COMPLETED
    assert (done.actual_start_at, done.actual_end_at) == (START, NOON + timedelta(hours=2))
    assert (done.scheduled_start_at, done.scheduled_end_at) == (START, END)


async def test_an_edit_changes_what_is_given_and_keeps_the_rest(
    bus: CommandBus, alice: Caller, checkout: Service
) -> None:
    maintenance = await bus.execute(_wish(alice, description="Replicas first."))

    edited = await bus.execute(
        EditMaintenance(
            caller=alice,
            maintenance_id=maintenance.id,
            title="Upgrade",
            scheduled_start_at=START + timedelta(days=1),
            scheduled_end_at=END + timedelta(days=1),
            service_ids=(checkout.id,),
            audience=("acme", "acme"),
        )
    )

    assert (edited.title, edited.description) == ("Upgrade", "Replicas first.")
    assert edited.scheduled_start_at == START + timedelta(days=1)
    assert (edited.service_ids, edited.audience) == ((checkout.id,), ("acme",))


async def test_an_edit_to_an_unknown_service_changes_nothing(
    bus: CommandBus, store: FakeStore, alice: Caller
) -> None:
    maintenance = await bus.execute(_wish(alice))
    edit = EditMaintenance(
        caller=alice,
        maintenance_id=maintenance.id,
        title="Upgrade",
        service_ids=(ServiceId("svc_404"),),
    )

    with pytest.raises(InvalidInput):
        await bus.execute(edit)

    assert store.rows.of(alice.organization_id).maintenances[maintenance.id] == maintenance


async def test_a_stale_version_is_a_conflict(bus: CommandBus, alice: Caller) -> None:
    maintenance = await bus.execute(_wish(alice))
    cancel = CancelMaintenance(caller=alice, maintenance_id=maintenance.id, expected_version=7)

    with pytest.raises(Conflict, match="MNT-1 was changed"):
        await bus.execute(cancel)


async def test_an_unknown_maintenance_is_not_found(bus: CommandBus, alice: Caller) -> None:
    with pytest.raises(NotFound):
        await bus.execute(StartMaintenance(caller=alice, maintenance_id=MaintenanceId("mnt_404")))


async def test_a_repeated_request_schedules_once(
    bus: CommandBus, store: FakeStore, alice: Caller
) -> None:
    first: Maintenance = await bus.execute(_wish(alice, key="k"))

    assert await bus.execute(_wish(alice, key="k")) == first
    assert len(store.rows.of(alice.organization_id).maintenances) == 1
    with pytest.raises(KeyReused):
        await bus.execute(_wish(alice, key="k", title="Another"))


async def test_a_viewer_may_schedule_nothing(bus: CommandBus, alice: Caller) -> None:
    with pytest.raises(NotPermitted, match="You may not change maintenance"):
        await bus.execute(_wish(a_caller(alice.organization_id, Role.VIEWER)))
