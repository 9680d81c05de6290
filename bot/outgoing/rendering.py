"""What outgoing webhooks say: one thing that happened, and how everything stands by now."""

from dataclasses import fields
from datetime import datetime
from typing import Any

import orjson

from bot.api.dialects.observer import maintenance_wire as observer
from bot.web.times import instant
from core.domain.events import MaintenanceEvent, ProgressPosted
from core.domain.ids import OrganizationId
from core.domain.webhook_delivery import WebhookDelivery
from core.domain.webhook_endpoint import TEST, WebhookEndpoint
from core.errors import NotFound
from core.ports import ReadModels
from core.views import TimelineEntry

MOST_MESSAGES = 20
"""The newest ones; the API has all of them."""

_COMMON = frozenset(field.name for field in fields(MaintenanceEvent))
_GREETING = "This is a test. It says that what Tocsin sends arrives here."


async def body_of(
    delivery: WebhookDelivery,
    endpoint: WebhookEndpoint,
    reads: ReadModels,
    organization_id: OrganizationId,
) -> bytes:
    """`NotFound` where what it is about is gone."""
    if delivery.event_type == TEST:
        data: dict[str, Any] = {
            "endpoint": {"id": endpoint.id, "name": endpoint.label},
            "message": _GREETING,
        }
        return _body(TEST, delivery.created_at, data)
    entry = await reads.entry(organization_id, delivery.entry_id)
    event = entry.event
    if not isinstance(event, MaintenanceEvent):
        raise NotFound(f"Nothing is sent about {delivery.entry_id}.")
    card = await reads.maintenance_card(organization_id, event.maintenance_id)
    entries = await _newest_messages(reads, organization_id, event)
    told = {**observer.history(entry), **_facts(event)}
    data = {"maintenance": observer.whole(card, entries), "event": told}
    return _body(delivery.event_type, entry.at, data)


async def _newest_messages(
    reads: ReadModels, organization_id: OrganizationId, event: MaintenanceEvent
) -> list[TimelineEntry]:
    entries = await reads.maintenance_timeline(organization_id, event.maintenance_id)
    return [entry for entry in entries if isinstance(entry.event, ProgressPosted)][-MOST_MESSAGES:]


def _facts(event: MaintenanceEvent) -> dict[str, Any]:
    """What the event alone knows."""
    return {
        field.name: _plain(getattr(event, field.name))
        for field in fields(event)
        if field.name not in _COMMON
    }


def _plain(value: Any) -> Any:
    return instant(value) if isinstance(value, datetime) else value


def _body(type: str, at: datetime, data: dict[str, Any]) -> bytes:
    return orjson.dumps({"type": type, "timestamp": instant(at), "data": data})
