"""The operations of OpsKnight's dialect."""

from bot.api.dialects.opsknight.shapes import (
    IncidentAnswer,
    IncidentChange,
    IncidentsAnswer,
    IncidentsQuery,
    NewIncident,
    ServiceAnswer,
    ServicesAnswer,
)
from bot.api.operations import Operation, Tag
from core.domain.actor import Permission

LIST = Operation(
    method="GET",
    path="/api/incidents",
    name="opsknight_list_incidents",
    summary="List incidents, newest first",
    tag=Tag.OPSKNIGHT,
    needs=Permission.READ_INCIDENTS,
    query=IncidentsQuery,
    answers={200: IncidentsAnswer},
)
CREATE = Operation(
    method="POST",
    path="/api/incidents",
    name="opsknight_create_incident",
    summary="Open an incident of a service",
    tag=Tag.OPSKNIGHT,
    needs=Permission.WRITE_INCIDENTS,
    body=NewIncident,
    answers={201: IncidentAnswer},
    refuses=frozenset({404}),
    example={
        "title": "Manual incident",
        "serviceId": "svc_xyz",
        "description": "Details about the incident",
        "urgency": "HIGH",
        "priority": "P1",
    },
)
SHOW = Operation(
    method="GET",
    path="/api/incidents/{id}",
    name="opsknight_get_incident",
    summary="Get an incident by its id or reference",
    tag=Tag.OPSKNIGHT,
    needs=Permission.READ_INCIDENTS,
    answers={200: IncidentAnswer},
)
EDIT = Operation(
    method="PATCH",
    path="/api/incidents/{id}",
    name="opsknight_update_incident",
    summary="Change status, urgency or assignee of an incident",
    tag=Tag.OPSKNIGHT,
    needs=Permission.WRITE_INCIDENTS,
    body=IncidentChange,
    answers={200: IncidentAnswer},
    refuses=frozenset({412}),
    example={"status": "acknowledged", "assigneeId": "user_123"},
)
LIST_SERVICES = Operation(
    method="GET",
    path="/api/services",
    name="opsknight_list_services",
    summary="List services by name",
    tag=Tag.OPSKNIGHT,
    needs=Permission.READ_SERVICES,
    answers={200: ServicesAnswer},
)
SHOW_SERVICE = Operation(
    method="GET",
    path="/api/services/{id}",
    name="opsknight_get_service",
    summary="Get a service",
    tag=Tag.OPSKNIGHT,
    needs=Permission.READ_SERVICES,
    answers={200: ServiceAnswer},
)
