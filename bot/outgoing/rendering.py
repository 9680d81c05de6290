"""What outgoing webhooks say: one thing that happened, and how everything stands by now."""

from dataclasses import fields
from datetime import datetime
from typing import Any

import orjson

from bot.api.dialects.observer import maintenance_wire as observer
from bot.outgoing.incident_shape import incident_json
from bot.web.times import instant
from core.domain.event_names import name_of
from core.domain.events import Event, Fact, IncidentEvent, MaintenanceEvent, ProgressPosted
from core.domain.ids import OrganizationId
from core.domain.narration import narrate
from core.domain.webhook_delivery import WebhookDelivery
from core.domain.webhook_endpoint import TEST, Told, WebhookEndpoint
from core.ports import ReadModels
from core.views import TimelineEntry

MOST_MESSAGES = 20
"""The newest ones; the API has all of them."""

_COMMON = frozenset(field.name for field in fields(Fact)) | {
    "beside",
    "incident_id",
    "draft",
    "quietly",
    "shown_in",
}
_OF_WINDOWS = frozenset(field.name for field in fields(MaintenanceEvent))
"""What every event has is told by other names, or beside it."""

_GREETING = "This is a test. It says that what Tocsin sends arrives here."


async def told_of(event: Event, reads: ReadModels, organization_id: OrganizationId) -> Told:
    """What decides who wants to be told; `NotFound` where what it is about is gone."""
    name = name_of(event)
    if isinstance(event, IncidentEvent):
        incident = (await reads.card(organization_id, event.incident_id)).incident
        return Told(type=name, service_ids=incident.service_ids, severity=incident.severity)
    if isinstance(event, MaintenanceEvent):
        window = (await reads.maintenance_card(organization_id, event.maintenance_id)).maintenance
        return Told(type=name, service_ids=window.service_ids)
    return Told(type=name)


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
    subject = await _subject(entry.event, reads, organization_id)
    data = {**subject, "event": {**_history(entry), **_facts(entry.event)}}
    return _body(delivery.event_type, entry.at, data)


async def _subject(
    event: Event, reads: ReadModels, organization_id: OrganizationId
) -> dict[str, Any]:
    """What it is about, as it is now; nothing but the event's own facts for what has no life."""
    if isinstance(event, MaintenanceEvent):
        window = await reads.maintenance_card(organization_id, event.maintenance_id)
        messages = await _newest_messages(reads, organization_id, event)
        return {"maintenance": observer.whole(window, messages)}
    if isinstance(event, IncidentEvent):
        return {"incident": incident_json(await reads.card(organization_id, event.incident_id))}
    return {}


async def _newest_messages(
    reads: ReadModels, organization_id: OrganizationId, event: MaintenanceEvent
) -> list[TimelineEntry]:
    entries = await reads.maintenance_timeline(organization_id, event.maintenance_id)
    return [entry for entry in entries if isinstance(entry.event, ProgressPosted)][-MOST_MESSAGES:]


def _history(entry: TimelineEntry) -> dict[str, Any]:
    """What is told of every line of a history."""
    return {
        "id": entry.id,
        "type": name_of(entry.event),
        "description": narrate(entry.event),
        "actor": entry.event.by.name,
        "actor_id": entry.event.by.user_id,
        "date": instant(entry.at),
    }


def _facts(event: Event) -> dict[str, Any]:
    """What the event alone knows."""
    left_out = _OF_WINDOWS if isinstance(event, MaintenanceEvent) else _COMMON
    return {
        field.name: _plain(getattr(event, field.name))
        for field in fields(event)
        if field.name not in left_out
    }


def _plain(value: Any) -> Any:
    return instant(value) if isinstance(value, datetime) else value


def _body(type: str, at: datetime, data: dict[str, Any]) -> bytes:
    return orjson.dumps({"type": type, "timestamp": instant(at), "data": data})
