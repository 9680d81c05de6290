"""The operations on maintenance: Observer's own, and what Tocsin adds to them."""

from dataclasses import replace

from bot.api.dialects.observer.maintenance_answers import (
    HistoryLine,
    MaintenanceAnswer,
    MaintenanceLine,
    SuppressedAnswer,
)
from bot.api.dialects.observer.maintenance_shapes import (
    Cancellation,
    Extension,
    MaintenanceChange,
    MaintenancesQuery,
    NewMaintenance,
    Progress,
    Skip,
    SuppressedQuery,
)
from bot.api.lists_v1 import Many
from bot.api.operations import Operation, Tag
from bot.api.paging import PageQuery
from bot.api.resources import Resource
from core.domain.actor import Permission

OURS = Resource(
    path="/api/v1/maintenances",
    one="maintenance",
    many="maintenances",
    tag=Tag.TOCSIN,
    see=Permission.READ_MAINTENANCES,
    change=Permission.WRITE_MAINTENANCES,
    lines=Many[MaintenanceLine],
    answer=MaintenanceAnswer,
    refused=frozenset({409, 412}),
)
OBSERVER = replace(OURS, tag=Tag.OBSERVER)

LIST = OBSERVER.list("List maintenance, newest first", query=MaintenancesQuery)
SCHEDULE = Operation(
    method="POST",
    path=OURS.path,
    name="schedule_maintenance",
    summary="Schedule maintenance",
    tag=Tag.OBSERVER,
    needs=Permission.WRITE_MAINTENANCES,
    body=NewMaintenance,
    answers={200: MaintenanceAnswer},
    example={
        "title": "Database upgrade",
        "scheduled_start_at": "2026-06-01T02:00:00Z",
        "scheduled_end_at": "2026-06-01T04:00:00Z",
    },
)
SHOW = OBSERVER.show("One maintenance, by id or as MNT-n")
EDIT = OBSERVER.edit(
    "Change maintenance that has not started; what is left out stays",
    body=MaintenanceChange,
    example={"scheduled_end_at": "2026-06-01T05:00:00Z", "owner_id": "user_123"},
)
START = OBSERVER.step("start", "start_maintenance", "Start scheduled maintenance now")
COMPLETE = OBSERVER.step(
    "complete", "complete_maintenance", "Complete maintenance that is in progress"
)
CANCEL = OBSERVER.step(
    "cancel",
    "cancel_maintenance",
    "Cancel maintenance that is not completed, and all that would follow",
    body=Cancellation,
    body_required=False,
    example={"reason": "The disks did not arrive."},
)
EXTEND = OURS.step(
    "extend",
    "extend_maintenance",
    "Move the end of maintenance that is scheduled or in progress",
    body=Extension,
    example={"minutes": 30},
)
SKIP = OURS.step(
    "skip",
    "skip_maintenance_occurrence",
    "Leave out one occurrence of recurring maintenance",
    body=Skip,
    body_required=False,
    example={},
)
POST_PROGRESS = OURS.step(
    "messages",
    "post_maintenance_message",
    "Tell how the work goes",
    body=Progress,
    example={"description": "The first disk is in."},
)
TIMELINE = Operation(
    method="GET",
    path=f"{OURS.each}/timeline",
    name="list_maintenance_timeline",
    summary="What happened to maintenance, oldest first",
    tag=Tag.TOCSIN,
    needs=Permission.READ_MAINTENANCES,
    query=PageQuery,
    answers={200: Many[HistoryLine]},
)
ALERTS = Operation(
    method="GET",
    path=f"{OURS.each}/alerts",
    name="list_maintenance_alerts",
    summary="The alerts that maintenance kept from calling anybody, newest first",
    tag=Tag.TOCSIN,
    needs=Permission.READ_INCIDENTS,
    query=SuppressedQuery,
    answers={200: SuppressedAnswer},
)
