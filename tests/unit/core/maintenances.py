"""Maintenance for tests of its moves, and wishes for it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from core.commands import ScheduleMaintenance
from core.domain.actor import Actor, Caller, Surface
from core.domain.ids import MaintenanceId
from core.domain.maintenance import Maintenance, MaintenanceState
from tests.fakes.moment import NOON

ALICE = Actor(surface=Surface.REST, name="Alice Archer")
LATER = NOON + timedelta(hours=1)
START, END = NOON + timedelta(hours=1), NOON + timedelta(hours=3)
IN: dict[MaintenanceState, dict[str, Any]] = {
    MaintenanceState.SCHEDULED: {},
    MaintenanceState.IN_PROGRESS: {"actual_start_at": NOON},
    MaintenanceState.COMPLETED: {"actual_start_at": NOON, "actual_end_at": NOON},
    MaintenanceState.CANCELED: {"canceled_at": NOON},
}


def a_maintenance(
    state: MaintenanceState = MaintenanceState.SCHEDULED, **changes: Any
) -> Maintenance:
    """From one to three o'clock, scheduled at noon."""
    maintenance = Maintenance(
        id=MaintenanceId("mnt_1"),
        number=7,
        title="Database upgrade",
        scheduled_start_at=NOON + timedelta(hours=1),
        scheduled_end_at=NOON + timedelta(hours=3),
        created_at=NOON,
        updated_at=NOON,
    )
    return replace(maintenance, **{**IN[state], **changes})


def a_wish(caller: Caller, **changes: Any) -> ScheduleMaintenance:
    """For a window from one to three o'clock."""
    values: dict[str, Any] = {
        "title": "Database upgrade",
        "scheduled_start_at": START,
        "scheduled_end_at": END,
        **changes,
    }
    return ScheduleMaintenance(caller=caller, **values)
