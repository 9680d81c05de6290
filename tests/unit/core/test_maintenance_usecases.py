"""Maintenance through the bus: what is stored, what is refused, and what is told."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from core.bus import CommandBus
from core.commands import (
    AddService,
    CancelMaintenance,
    CompleteMaintenance,
    EditMaintenance,
    ExtendMaintenance,
    PostProgress,
    RecordMaintenanceBurial,
    StartMaintenance,
)
from core.domain.account import Role
from core.domain.actor import Caller, Surface
from core.domain.events import (
    MaintenanceCanceled,
    MaintenanceEffectBuried,
    MaintenanceExtended,
    MaintenanceScheduled,
    MaintenanceStarted,
    ProgressPosted,
)
from core.domain.ids import MaintenanceId, ServiceId
from core.domain.maintenance import Maintenance, MaintenanceState
from core.domain.service import Service
from core.effects import FanOutWebhooks, RefreshMaintenanceCard
from core.errors import Conflict, InvalidInput, KeyReused, NotFound, NotPermitted
from tests.fakes.moment import NOON, FakeClock
from tests.fakes.people import a_caller, the_relay
from tests.fakes.store import FakeStore
from tests.unit.core.maintenances import END, START, a_wish

END_LATER = END + timedelta(minutes=30)


@pytest.fixture
async def checkout(bus: CommandBus, alice: Caller) -> Service:
    return await bus.execute(AddService(caller=alice, name="checkout"))


async def test_scheduling_stores_the_window_and_tells_of_it(
    bus: CommandBus, store: FakeStore, alice: Caller, checkout: Service
) -> None:
    maintenance = await bus.execute(
        a_wish(alice, title=" Database\n upgrade ", service_ids=(checkout.id, checkout.id))
    )

    assert maintenance.reference == "MNT-1"
    assert maintenance.title == "Database upgrade"
    assert maintenance.service_ids == (checkout.id,)
    assert (maintenance.state, maintenance.created_by_name) == (
        MaintenanceState.SCHEDULED,
        "Alice Archer",
    )
    assert isinstance(store.events(alice.organization_id)[-1], MaintenanceScheduled)
    assert [type(effect) for effect in store.effects] == [RefreshMaintenanceCard, FanOutWebhooks]
    assert (maintenance.armed_at, maintenance.reminders) == (NOON, (60,))


async def test_times_of_any_zone_are_kept_as_the_same_moment(
    bus: CommandBus, alice: Caller
) -> None:
    local = timezone(timedelta(hours=5, minutes=30))

    maintenance = await bus.execute(a_wish(alice, scheduled_start_at=START.astimezone(local)))

    assert maintenance.scheduled_start_at == START
    assert maintenance.scheduled_start_at.tzinfo is UTC


async def test_starting_twice_is_told_once(
    bus: CommandBus, store: FakeStore, alice: Caller
) -> None:
    maintenance = await bus.execute(a_wish(alice))
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
    maintenance = await bus.execute(a_wish(alice))
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
    maintenance = await bus.execute(a_wish(alice, description="Replicas first."))

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
    maintenance = await bus.execute(a_wish(alice))
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
    maintenance = await bus.execute(a_wish(alice))
    cancel = CancelMaintenance(caller=alice, maintenance_id=maintenance.id, expected_version=7)

    with pytest.raises(Conflict, match="MNT-1 was changed"):
        await bus.execute(cancel)


async def test_an_unknown_maintenance_is_not_found(bus: CommandBus, alice: Caller) -> None:
    with pytest.raises(NotFound):
        await bus.execute(StartMaintenance(caller=alice, maintenance_id=MaintenanceId("mnt_404")))


async def test_a_repeated_request_schedules_once(
    bus: CommandBus, store: FakeStore, alice: Caller
) -> None:
    first: Maintenance = await bus.execute(a_wish(alice, key="k"))

    assert await bus.execute(a_wish(alice, key="k")) == first
    assert len(store.rows.of(alice.organization_id).maintenances) == 1
    with pytest.raises(KeyReused):
        await bus.execute(a_wish(alice, key="k", title="Another"))


async def test_a_viewer_may_schedule_nothing(bus: CommandBus, alice: Caller) -> None:
    with pytest.raises(NotPermitted, match="You may not change maintenance"):
        await bus.execute(a_wish(a_caller(alice.organization_id, Role.VIEWER)))


async def test_work_that_is_over_is_written_down_without_a_word(
    bus: CommandBus, store: FakeStore, alice: Caller
) -> None:
    program = a_caller(alice.organization_id, surface=Surface.REST)
    past = {"scheduled_start_at": NOON - timedelta(days=2), "scheduled_end_at": NOON}

    record = await bus.execute(a_wish(program, **past))
    await bus.execute(StartMaintenance(caller=program, maintenance_id=record.id))
    done = await bus.execute(CompleteMaintenance(caller=program, maintenance_id=record.id))

    assert (record.state, record.armed_at) == (MaintenanceState.SCHEDULED, None)
    assert (done.state, done.next_at) == (MaintenanceState.COMPLETED, None)
    [scheduled, *_] = [
        event
        for event in store.events(alice.organization_id)
        if isinstance(event, MaintenanceScheduled)
    ]
    assert scheduled.past


async def test_a_window_that_starts_now_needs_no_start(
    bus: CommandBus, store: FakeStore, clock: FakeClock, alice: Caller
) -> None:
    clock.advance(milliseconds=1_700)

    maintenance = await bus.execute(a_wish(alice, scheduled_start_at=None, start_now=True))

    assert maintenance.running
    assert maintenance.scheduled_start_at == NOON + timedelta(seconds=1)
    assert maintenance.actual_start_at == clock()
    assert [type(event) for event in store.events(alice.organization_id)[-2:]] == [
        MaintenanceScheduled,
        MaintenanceStarted,
    ]


@pytest.mark.parametrize("wish", [{"by": timedelta(minutes=30)}, {"until": END_LATER}])
async def test_an_extension_moves_the_end_and_says_so(
    bus: CommandBus, store: FakeStore, alice: Caller, wish: dict[str, Any]
) -> None:
    maintenance = await bus.execute(a_wish(alice))
    extend = ExtendMaintenance(caller=alice, maintenance_id=maintenance.id, **wish)

    extended = await bus.execute(extend)

    assert extended.scheduled_end_at == END_LATER
    assert isinstance(store.events(alice.organization_id)[-1], MaintenanceExtended)


async def test_an_end_that_has_passed_is_extended_from_now_on(
    bus: CommandBus, clock: FakeClock, alice: Caller
) -> None:
    maintenance = await bus.execute(a_wish(alice, auto_complete=False))
    await bus.execute(StartMaintenance(caller=alice, maintenance_id=maintenance.id))
    now = clock.advance(hours=8)
    extend = ExtendMaintenance(
        caller=alice, maintenance_id=maintenance.id, by=timedelta(minutes=30)
    )

    extended = await bus.execute(extend)

    assert extended.scheduled_end_at == now + timedelta(minutes=30)


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({}, "until"),
        ({"by": timedelta(hours=1), "until": END_LATER}, "until"),
        ({"by": timedelta(0)}, "by"),
        ({"by": timedelta(minutes=-5)}, "by"),
        ({"by": timedelta.max}, "by"),
        ({"by": timedelta(days=366)}, "by"),
        ({"until": END - timedelta(minutes=1)}, "until"),
        ({"until": END + timedelta(days=366)}, "until"),
        ({"until": datetime.max.replace(tzinfo=UTC)}, "until"),
    ],
)
async def test_an_extension_that_cannot_be_is_refused_by_name(
    bus: CommandBus, store: FakeStore, alice: Caller, wish: dict[str, Any], field: str
) -> None:
    maintenance = await bus.execute(a_wish(alice))

    with pytest.raises(InvalidInput) as refusal:
        await bus.execute(ExtendMaintenance(caller=alice, maintenance_id=maintenance.id, **wish))

    assert refusal.value.field == field
    assert store.rows.of(alice.organization_id).maintenances[maintenance.id] == maintenance


async def test_extending_until_the_same_time_again_changes_nothing(
    bus: CommandBus, alice: Caller
) -> None:
    maintenance = await bus.execute(a_wish(alice))
    extend = ExtendMaintenance(caller=alice, maintenance_id=maintenance.id, until=END_LATER)

    first = await bus.execute(extend)

    assert await bus.execute(extend) == first


async def test_progress_is_told_in_the_words_it_was_given(
    bus: CommandBus, store: FakeStore, alice: Caller
) -> None:
    maintenance = await bus.execute(a_wish(alice))
    post = PostProgress(caller=alice, maintenance_id=maintenance.id, text=" Replicas are done. ")

    await bus.execute(post)

    [*_, event] = store.events(alice.organization_id)
    assert isinstance(event, ProgressPosted)
    assert event.text == "Replicas are done."
    with pytest.raises(InvalidInput, match="The update is empty"):
        await bus.execute(replace(post, text=" \n"))


async def test_a_cancellation_tells_its_reason(
    bus: CommandBus, store: FakeStore, alice: Caller
) -> None:
    maintenance = await bus.execute(a_wish(alice))
    cancel = CancelMaintenance(caller=alice, maintenance_id=maintenance.id, reason="No vendor.")

    canceled = await bus.execute(cancel)

    assert (canceled.state, canceled.cancel_reason) == (MaintenanceState.CANCELED, "No vendor.")
    assert await bus.execute(cancel) == canceled
    [event] = [
        one for one in store.events(alice.organization_id) if type(one) is MaintenanceCanceled
    ]
    assert event.reason == "No vendor."


async def test_a_failure_to_show_it_is_told_once_per_reason(
    bus: CommandBus, store: FakeStore, alice: Caller
) -> None:
    maintenance = await bus.execute(a_wish(alice))
    relay = the_relay(alice.organization_id)
    burial = RecordMaintenanceBurial(
        caller=relay, maintenance_id=maintenance.id, effect="card", reason="It is archived."
    )

    await bus.execute(burial)
    await bus.execute(burial)
    await bus.execute(replace(burial, reason="Slack knows no such channel."))

    assert [
        event.reason
        for event in store.events(alice.organization_id)
        if isinstance(event, MaintenanceEffectBuried)
    ] == ["It is archived.", "Slack knows no such channel."]
