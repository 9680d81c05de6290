"""The operations on outgoing webhooks."""

from dataclasses import replace

from bot.api.lists_v1 import Many
from bot.api.operations import Operation, Tag
from bot.api.record_pages import RecordsQuery
from bot.api.resources import Resource
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

ENDPOINTS = Resource(
    path="/api/v1/webhook-endpoints",
    one="webhook_endpoint",
    many="webhook_endpoints",
    tag=Tag.TOCSIN,
    see=Permission.READ_INTEGRATIONS,
    change=Permission.WRITE_INTEGRATIONS,
    lines=Many[EndpointLine],
    answer=EndpointAnswer,
)
DELIVERED = replace(ENDPOINTS, path="/api/v1/webhook-deliveries")

LIST = ENDPOINTS.list("List outgoing webhooks, newest first", query=RecordsQuery)
CREATE = ENDPOINTS.add(
    "Have a program told what happens",
    description="The secret is shown in this answer only.",
    body=NewEndpoint,
    example={
        "url": "https://example.com/hooks/tocsin",
        "name": "Status page",
        "events": ["incident.declared", "incident.resolved", "maintenance.*"],
    },
)
SHOW = ENDPOINTS.show("One outgoing webhook")
EDIT = ENDPOINTS.edit(
    "Change an outgoing webhook; what is left out stays",
    body=EndpointChange,
    example={"name": "Status page"},
)
DELETE = ENDPOINTS.delete("Delete an outgoing webhook; what is under way to it is given up")
ROTATE = ENDPOINTS.step(
    "rotate-secret",
    "rotate_webhook_secret",
    "Give an outgoing webhook a new secret",
    description="For a day the old one signs beside it. The new one is shown in this answer only.",
)
TEST = ENDPOINTS.step(
    "test",
    "test_webhook_endpoint",
    "Send an outgoing webhook a test",
    description="It goes the way of everything else; its delivery says how that went.",
    answers={202: DeliveryAnswer},
)
DELIVERIES = Operation(
    method="GET",
    path=f"{ENDPOINTS.each}/deliveries",
    name="list_webhook_deliveries",
    summary="What was sent to an outgoing webhook, newest first",
    description="What arrived is kept for a week, what did not for good. Has a cursor only.",
    tag=Tag.TOCSIN,
    needs=Permission.READ_INTEGRATIONS,
    query=DeliveriesQuery,
    answers={200: DeliveriesAnswer},
)
REPLAY_FAILED = ENDPOINTS.step(
    "replay-failed",
    "replay_failed_webhook_deliveries",
    "Send an outgoing webhook all that was given up once more",
    description="Oldest first, a thousand at most; under the ids that they have.",
    answers={202: Replayed},
)
REPLAY = DELIVERED.step(
    "replay",
    "replay_webhook_delivery",
    "Send an outgoing webhook something once more, under the same id",
    answers={202: DeliveryAnswer},
)
