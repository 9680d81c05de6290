"""The steps of incidents that only Observer has."""

from bot.api.dialects.observer.shapes import Resolution
from bot.api.incident_shapes import IncidentAnswer, MessageLine, NewMessage
from bot.api.lists_v1 import Many
from bot.api.operations import Operation, Tag
from bot.api.paging import PageQuery
from core.domain.actor import Permission

REFUSED = frozenset({409, 412})
INCIDENT = "/api/v1/incidents/{id}"

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
    body=NewMessage,
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
