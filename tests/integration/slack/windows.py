"""Windows and services for the plays about maintenance."""

from datetime import datetime, timedelta
from typing import Any

from core.commands import AddService, EditMaintenance, ScheduleMaintenance
from core.domain.ids import ServiceId
from core.domain.maintenance import Maintenance
from tests.fakes.people import the_operator
from tests.integration.slack.stage import Stage


def in_hours(stage: Stage, hours: float) -> datetime:
    return (stage.clock() + timedelta(hours=hours)).replace(microsecond=0)


async def scheduled(
    stage: Stage, title: str = "New database", hours: float = 24, **fields: Any
) -> Maintenance:
    """A window of an hour, so many hours from now."""
    start = in_hours(stage, hours)
    command = ScheduleMaintenance(
        caller=the_operator(stage.organization_id),
        title=title,
        scheduled_start_at=start,
        scheduled_end_at=start + timedelta(hours=1),
        **fields,
    )
    return await stage.bus.execute(command)


async def edited(stage: Stage, reference: str = "MNT-1", **fields: Any) -> Maintenance:
    """By somebody else."""
    caller = the_operator(stage.organization_id)
    id = (await stored(stage, reference)).id
    return await stage.bus.execute(EditMaintenance(caller=caller, maintenance_id=id, **fields))


async def stored(stage: Stage, reference: str = "MNT-1") -> Maintenance:
    return (await stage.store.reads.maintenance(stage.organization_id, reference)).maintenance


async def a_service(stage: Stage, name: str) -> ServiceId:
    caller = the_operator(stage.organization_id)
    return (await stage.bus.execute(AddService(caller=caller, name=name))).id
