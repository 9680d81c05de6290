"""Which window an alert meets: started or not, extended, overlapping, missed whole."""

from datetime import timedelta

import pytest

from core.bus import CommandBus
from core.commands import (
    AdvanceMaintenance,
    EditMaintenance,
    ExtendMaintenance,
    ScheduleMaintenance,
    StartMaintenance,
)
from core.domain.events import MaintenanceCompleted
from core.domain.maintenance import Maintenance
from core.errors import IllegalTransition
from tests.fakes.moment import FakeClock
from tests.fakes.store import FakeStore
from tests.unit.core.alerts import firing
from tests.unit.core.quiet import Quiet


@pytest.fixture
async def quiet(store: FakeStore, bus: CommandBus, clock: FakeClock) -> Quiet:
    return await Quiet(store, bus, clock).begin()


async def _planned(quiet: Quiet, *, minutes: float = 10, auto_start: bool = True) -> Maintenance:
    """Beginning in five minutes."""
    start = quiet.clock() + timedelta(minutes=5)
    return await quiet.bus.execute(
        ScheduleMaintenance(
            caller=quiet.carol,
            title="Later",
            scheduled_start_at=start,
            scheduled_end_at=start + timedelta(minutes=minutes),
            service_ids=(quiet.service.id,),
            auto_start=auto_start,
        )
    )


async def test_a_window_that_has_not_started_suppresses_nothing(quiet: Quiet) -> None:
    later = await _planned(quiet, auto_start=False)
    quiet.clock.advance(minutes=6)  # its start has come, and nobody started it

    await quiet.source.ring(firing("a", 126))
    await quiet.bus.execute(StartMaintenance(caller=quiet.carol, maintenance_id=later.id))
    await quiet.source.ring(firing("b", 126, group="other"))

    assert len(quiet.source.incidents()) == 1
    assert quiet.suppressed() == ["b"]


async def test_what_fired_over_a_downtime_meets_the_window_that_starts_late(quiet: Quiet) -> None:
    window = await _planned(quiet, minutes=60)
    quiet.clock.advance(minutes=30)

    await quiet.bus.execute(AdvanceMaintenance(caller=quiet.operator, maintenance_id=window.id))
    await quiet.source.ring(firing("a", 128))  # it waited in the inbox

    assert quiet.suppressed() == ["a"]


async def test_what_outlived_a_window_that_was_missed_whole_calls_somebody(quiet: Quiet) -> None:
    window = await _planned(quiet, minutes=10)
    quiet.clock.advance(minutes=30)

    await quiet.bus.execute(AdvanceMaintenance(caller=quiet.operator, maintenance_id=window.id))
    await quiet.source.ring(firing("a", 128))

    told = quiet.ending(window)
    assert isinstance(told, MaintenanceCompleted)
    assert told.missed
    assert len(quiet.source.incidents()) == 1


async def test_the_services_of_a_running_window_stay_what_they_are(quiet: Quiet) -> None:
    window = await quiet.window()
    await quiet.source.ring(firing("a", 121))

    with pytest.raises(IllegalTransition):
        await quiet.bus.execute(
            EditMaintenance(caller=quiet.carol, maintenance_id=window.id, service_ids=())
        )

    assert quiet.suppressed() == ["a"]
    assert await quiet.store.chores.stranded_alerts(10) == []


async def test_of_two_windows_the_one_that_ends_last_is_named(quiet: Quiet) -> None:
    await quiet.window(minutes=30)
    long = await quiet.window(minutes=90, title="Network")
    await quiet.window(minutes=60)

    await quiet.source.ring(firing("a", 121))

    assert quiet.episodes()[0].suppressed_by == long.id


async def test_while_a_window_is_extended_its_alerts_stay_suppressed(quiet: Quiet) -> None:
    window = await quiet.window(minutes=30)
    await quiet.source.ring(firing("a", 121))

    until = window.scheduled_end_at.replace(minute=59)
    await quiet.bus.execute(
        ExtendMaintenance(caller=quiet.carol, maintenance_id=window.id, until=until)
    )
    quiet.clock.advance(minutes=45)
    await quiet.source.ring(firing("b", 160))
    await quiet.sweep()

    assert quiet.suppressed() == ["a", "b"]
