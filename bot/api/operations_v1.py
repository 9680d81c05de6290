"""The operations of `/api/v1/incidents` that Overwatch and Observer share."""

from bot.api.incident_shapes import (
    IncidentAnswer,
    IncidentChange,
    IncidentLine,
    IncidentsQuery,
    NewIncident,
)
from bot.api.lists_v1 import Many
from bot.api.operations import Operation, Tag
from core.domain.actor import Permission

EXAMPLE = {
    "title": "Redis cluster failover in us-east-1",
    "severity": "critical",
    "description": "The primary node became unreachable at 14:32 UTC.",
}

LIST = Operation(
    method="GET",
    path="/api/v1/incidents",
    name="list_incidents",
    summary="List incidents, newest first",
    tag=Tag.OVERWATCH,
    needs=Permission.READ_INCIDENTS,
    query=IncidentsQuery,
    answers={200: Many[IncidentLine]},
)
CREATE = Operation(
    method="POST",
    path="/api/v1/incidents",
    name="create_incident",
    summary="Declare an incident",
    description="Answers 200 to an Observer key and 201 to everybody else.",
    tag=Tag.OVERWATCH,
    needs=Permission.WRITE_INCIDENTS,
    body=NewIncident,
    answers={201: IncidentAnswer, 200: IncidentAnswer},
    example=EXAMPLE,
)
SHOW = Operation(
    method="GET",
    path="/api/v1/incidents/{id}",
    name="get_incident",
    summary="One incident with its messages",
    tag=Tag.OVERWATCH,
    needs=Permission.READ_INCIDENTS,
    answers={200: IncidentAnswer},
)
EDIT = Operation(
    method="PATCH",
    path="/api/v1/incidents/{id}",
    name="update_incident",
    summary="Change an incident; what is left out stays",
    tag=Tag.OVERWATCH,
    needs=Permission.WRITE_INCIDENTS,
    body=IncidentChange,
    answers={200: IncidentAnswer},
    refuses=frozenset({409, 412}),
    example={"status": "resolved"},
)
REPLACE = Operation(
    method="PUT",
    path="/api/v1/incidents/{id}",
    name="put_incident",
    summary="The same as PATCH",
    tag=Tag.OVERWATCH,
    needs=Permission.WRITE_INCIDENTS,
    body=IncidentChange,
    answers={200: IncidentAnswer},
    refuses=frozenset({409, 412}),
    example={"status": "resolved"},
)
