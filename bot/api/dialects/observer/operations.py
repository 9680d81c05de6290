"""The operations that only Observer has: the steps of incidents, and maintenance."""

from bot.api.dialects.observer.shapes import (
    MaintenanceAnswer,
    MaintenanceChange,
    MaintenanceLine,
    MaintenancesQuery,
    NewMaintenance,
    Resolution,
)
from bot.api.incident_shapes import IncidentAnswer, Message, MessageLine
from bot.api.lists_v1 import Many
from bot.api.operations import Operation, Tag
from bot.api.paging import PageQuery
from core.domain.actor import Permission

REFUSED = frozenset({409, 412})
INCIDENT = "/api/v1/incidents/{id}"
MAINTENANCE = "/api/v1/maintenances/{id}"

DRAFT_FROM_METRIC = Operation(
    method="POST",
    path="/api/v1/incidents/from-metric/{metric_id}",
    name="draft_incident_from_metric",
    summary="Draft an incident from a metric; within 30 minutes the same draft",
    tag=Tag.OBSERVER,
    needs=Permission.WRITE_INCIDENTS,
    answers={200: IncidentAnswer},
    refuses=frozenset({409}),
)
PUBLISH = Operation(
    method="POST",
    path=f"{INCIDENT}/publish",
    name="publish_incident",
    summary="Publish a draft",
    tag=Tag.OBSERVER,
    needs=Permission.WRITE_INCIDENTS,
    answers={200: IncidentAnswer},
    refuses=REFUSED,
)
MESSAGES = Operation(
    method="GET",
    path=f"{INCIDENT}/messages",
    name="list_incident_messages",
    summary="The messages of an incident, oldest first",
    tag=Tag.OBSERVER,
    needs=Permission.READ_INCIDENTS,
    query=PageQuery,
    answers={200: Many[MessageLine]},
)
POST_MESSAGE = Operation(
    method="POST",
    path=f"{INCIDENT}/messages",
    name="post_incident_message",
    summary="Append a message; Resolved also resolves the incident",
    tag=Tag.OBSERVER,
    needs=Permission.WRITE_INCIDENTS,
    body=Message,
    answers={200: IncidentAnswer},
    refuses=REFUSED,
    example={"type": "Identified", "description": "Identified bad deploy. Rolling back."},
)
RESOLVE = Operation(
    method="POST",
    path=f"{INCIDENT}/resolve",
    name="resolve_incident",
    summary="Resolve an incident; one that is resolved stays so",
    tag=Tag.OBSERVER,
    needs=Permission.WRITE_INCIDENTS,
    body=Resolution,
    body_required=False,
    answers={200: IncidentAnswer},
    refuses=REFUSED,
    example={"description": "Rollback complete. Error rate back to baseline."},
)
DELETE = Operation(
    method="DELETE",
    path=INCIDENT,
    name="delete_incident",
    summary="Delete an incident; it is gone from everywhere",
    tag=Tag.OBSERVER,
    needs=Permission.WRITE_INCIDENTS,
    answers={204: None},
    refuses=REFUSED,
)

LIST_MAINTENANCES = Operation(
    method="GET",
    path="/api/v1/maintenances",
    name="list_maintenances",
    summary="List maintenance, newest first",
    tag=Tag.OBSERVER,
    needs=Permission.READ_MAINTENANCES,
    query=MaintenancesQuery,
    answers={200: Many[MaintenanceLine]},
)
SCHEDULE = Operation(
    method="POST",
    path="/api/v1/maintenances",
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
SHOW_MAINTENANCE = Operation(
    method="GET",
    path=MAINTENANCE,
    name="get_maintenance",
    summary="One maintenance, by id or as MNT-n",
    tag=Tag.OBSERVER,
    needs=Permission.READ_MAINTENANCES,
    answers={200: MaintenanceAnswer},
)
EDIT_MAINTENANCE = Operation(
    method="PATCH",
    path=MAINTENANCE,
    name="update_maintenance",
    summary="Change maintenance that has not started; what is left out stays",
    tag=Tag.OBSERVER,
    needs=Permission.WRITE_MAINTENANCES,
    body=MaintenanceChange,
    answers={200: MaintenanceAnswer},
    refuses=REFUSED,
    example={"scheduled_end_at": "2026-06-01T05:00:00Z"},
)
START, COMPLETE, CANCEL = (
    Operation(
        method="POST",
        path=f"{MAINTENANCE}/{verb}",
        name=f"{verb}_maintenance",
        summary=summary,
        tag=Tag.OBSERVER,
        needs=Permission.WRITE_MAINTENANCES,
        answers={200: MaintenanceAnswer},
        refuses=REFUSED,
    )
    for verb, summary in (
        ("start", "Start scheduled maintenance now"),
        ("complete", "Complete maintenance that is in progress"),
        ("cancel", "Cancel maintenance that is not completed"),
    )
)
