"""The operations on outgoing webhooks."""

from bot.api.lists_v1 import Many
from bot.api.operations import Operation, Tag
from bot.api.record_pages import RecordsQuery
from bot.api.webhook_endpoints.shapes import (
    DeliveriesAnswer,
    DeliveriesQuery,
    DeliveryAnswer,
    EndpointAnswer,
    EndpointChange,
    EndpointLine,
    NewEndpoint,
    Replayed,
)
from core.domain.actor import Permission

EVERY = "/api/v1/webhook-endpoints"
ONE = f"{EVERY}/{{id}}"
SEE, CHANGE = Permission.READ_INTEGRATIONS, Permission.WRITE_INTEGRATIONS
REFUSED = frozenset({409})

LIST = Operation(
    method="GET",
    path=EVERY,
    name="list_webhook_endpoints",
    summary="List outgoing webhooks, newest first",
    tag=Tag.TOCSIN,
    needs=SEE,
    query=RecordsQuery,
    answers={200: Many[EndpointLine]},
)
CREATE = Operation(
    method="POST",
    path=EVERY,
    name="create_webhook_endpoint",
    summary="Have a program told what happens",
    description="The secret is shown in this answer only.",
    tag=Tag.TOCSIN,
    needs=CHANGE,
    body=NewEndpoint,
    answers={201: EndpointAnswer},
    example={
        "url": "https://example.com/hooks/tocsin",
        "name": "Status page",
        "events": ["incident.declared", "incident.resolved", "maintenance.*"],
    },
)
SHOW = Operation(
    method="GET",
    path=ONE,
    name="get_webhook_endpoint",
    summary="One outgoing webhook",
    tag=Tag.TOCSIN,
    needs=SEE,
    answers={200: EndpointAnswer},
)
EDIT = Operation(
    method="PATCH",
    path=ONE,
    name="update_webhook_endpoint",
    summary="Change an outgoing webhook; what is left out stays",
    tag=Tag.TOCSIN,
    needs=CHANGE,
    body=EndpointChange,
    answers={200: EndpointAnswer},
    refuses=REFUSED,
    example={"name": "Status page"},
)
DELETE = Operation(
    method="DELETE",
    path=ONE,
    name="delete_webhook_endpoint",
    summary="Delete an outgoing webhook; what is under way to it is given up",
    tag=Tag.TOCSIN,
    needs=CHANGE,
    answers={204: None},
    refuses=REFUSED,
)
ROTATE = Operation(
    method="POST",
    path=f"{ONE}/rotate-secret",
    name="rotate_webhook_secret",
    summary="Give an outgoing webhook a new secret",
    description="For a day the old one signs beside it. The new one is shown in this answer only.",
    tag=Tag.TOCSIN,
    needs=CHANGE,
    answers={200: EndpointAnswer},
    refuses=REFUSED,
)
TEST = Operation(
    method="POST",
    path=f"{ONE}/test",
    name="test_webhook_endpoint",
    summary="Send an outgoing webhook a test",
    description="It goes the way of everything else; its delivery says how that went.",
    tag=Tag.TOCSIN,
    needs=CHANGE,
    answers={202: DeliveryAnswer},
    refuses=REFUSED,
)
DELIVERIES = Operation(
    method="GET",
    path=f"{ONE}/deliveries",
    name="list_webhook_deliveries",
    summary="What was sent to an outgoing webhook, newest first",
    description="What arrived is kept for a week, what did not for good. Has a cursor only.",
    tag=Tag.TOCSIN,
    needs=SEE,
    query=DeliveriesQuery,
    answers={200: DeliveriesAnswer},
)
REPLAY_FAILED = Operation(
    method="POST",
    path=f"{ONE}/replay-failed",
    name="replay_failed_webhook_deliveries",
    summary="Send an outgoing webhook all that was given up once more",
    description="Oldest first, a thousand at most; under the ids that they have.",
    tag=Tag.TOCSIN,
    needs=CHANGE,
    answers={202: Replayed},
    refuses=REFUSED,
)
REPLAY = Operation(
    method="POST",
    path="/api/v1/webhook-deliveries/{id}/replay",
    name="replay_webhook_delivery",
    summary="Send an outgoing webhook something once more, under the same id",
    tag=Tag.TOCSIN,
    needs=CHANGE,
    answers={202: DeliveryAnswer},
    refuses=REFUSED,
)
