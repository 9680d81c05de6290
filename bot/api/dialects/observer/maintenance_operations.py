"""The operations on maintenance: Observer's own, and what Tocsin adds to them."""

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
from core.domain.actor import Permission

REFUSED = frozenset({409, 412})
EVERY = "/api/v1/maintenances"
ONE = f"{EVERY}/{{id}}"
SEE, CHANGE = Permission.READ_MAINTENANCES, Permission.WRITE_MAINTENANCES

LIST = Operation(
    method="GET",
    path=EVERY,
    name="list_maintenances",
    summary="List maintenance, newest first",
    tag=Tag.OBSERVER,
    needs=SEE,
    query=MaintenancesQuery,
    answers={200: Many[MaintenanceLine]},
)
SCHEDULE = Operation(
    method="POST",
    path=EVERY,
    name="schedule_maintenance",
    summary="Schedule maintenance",
    tag=Tag.OBSERVER,
    needs=CHANGE,
    body=NewMaintenance,
    answers={200: MaintenanceAnswer},
    example={
        "title": "Database upgrade",
        "scheduled_start_at": "2026-06-01T02:00:00Z",
        "scheduled_end_at": "2026-06-01T04:00:00Z",
    },
)
SHOW = Operation(
    method="GET",
    path=ONE,
    name="get_maintenance",
    summary="One maintenance, by id or as MNT-n",
    tag=Tag.OBSERVER,
    needs=SEE,
    answers={200: MaintenanceAnswer},
)
EDIT = Operation(
    method="PATCH",
    path=ONE,
    name="update_maintenance",
    summary="Change maintenance that has not started; what is left out stays",
    tag=Tag.OBSERVER,
    needs=CHANGE,
    body=MaintenanceChange,
    answers={200: MaintenanceAnswer},
    refuses=REFUSED,
    example={"scheduled_end_at": "2026-06-01T05:00:00Z", "owner_id": "user_123"},
)
START, COMPLETE = (
    Operation(
        method="POST",
        path=f"{ONE}/{verb}",
        name=f"{verb}_maintenance",
        summary=summary,
        tag=Tag.OBSERVER,
        needs=CHANGE,
        answers={200: MaintenanceAnswer},
        refuses=REFUSED,
    )
    for verb, summary in (
        ("start", "Start scheduled maintenance now"),
        ("complete", "Complete maintenance that is in progress"),
    )
)
CANCEL = Operation(
    method="POST",
    path=f"{ONE}/cancel",
    name="cancel_maintenance",
    summary="Cancel maintenance that is not completed, and all that would follow",
    tag=Tag.OBSERVER,
    needs=CHANGE,
    body=Cancellation,
    body_required=False,
    answers={200: MaintenanceAnswer},
    refuses=REFUSED,
    example={"reason": "The disks did not arrive."},
)
EXTEND = Operation(
    method="POST",
    path=f"{ONE}/extend",
    name="extend_maintenance",
    summary="Move the end of maintenance that is scheduled or in progress",
    tag=Tag.TOCSIN,
    needs=CHANGE,
    body=Extension,
    answers={200: MaintenanceAnswer},
    refuses=REFUSED,
    example={"minutes": 30},
)
SKIP = Operation(
    method="POST",
    path=f"{ONE}/skip",
    name="skip_maintenance_occurrence",
    summary="Leave out one occurrence of recurring maintenance",
    tag=Tag.TOCSIN,
    needs=CHANGE,
    body=Skip,
    body_required=False,
    answers={200: MaintenanceAnswer},
    refuses=REFUSED,
    example={},
)
POST_PROGRESS = Operation(
    method="POST",
    path=f"{ONE}/messages",
    name="post_maintenance_message",
    summary="Tell how the work goes",
    tag=Tag.TOCSIN,
    needs=CHANGE,
    body=Progress,
    answers={200: MaintenanceAnswer},
    refuses=REFUSED,
    example={"description": "The first disk is in."},
)
TIMELINE = Operation(
    method="GET",
    path=f"{ONE}/timeline",
    name="list_maintenance_timeline",
    summary="What happened to maintenance, oldest first",
    tag=Tag.TOCSIN,
    needs=SEE,
    query=PageQuery,
    answers={200: Many[HistoryLine]},
)
ALERTS = Operation(
    method="GET",
    path=f"{ONE}/alerts",
    name="list_maintenance_alerts",
    summary="The alerts that maintenance kept from calling anybody, newest first",
    tag=Tag.TOCSIN,
    needs=Permission.READ_INCIDENTS,
    query=SuppressedQuery,
    answers={200: SuppressedAnswer},
)
