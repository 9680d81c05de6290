"""Outgoing webhooks and their deliveries as JSON."""

from typing import Any

from bot.web.times import instant
from core.domain.webhook_delivery import WebhookDelivery
from core.domain.webhook_endpoint import WebhookEndpoint


def line(one: WebhookEndpoint) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.label,
        "url": one.url,
        "events": one.events,
        "service_ids": one.service_ids,
        "severities": [severity.value for severity in one.severities],
        "enabled": one.enabled,
        "trouble": one.trouble or None,
        "former_secret_until": instant(one.former_until),
        "created_by": one.created_by,
        "created_at": instant(one.created_at),
        "updated_at": instant(one.updated_at),
    }


def whole(one: WebhookEndpoint, secret: str | None = None) -> dict[str, Any]:
    return {**line(one), "secret": secret}


def delivery(one: WebhookDelivery) -> dict[str, Any]:
    return {
        "id": one.id,
        "endpoint_id": one.endpoint_id,
        "event_id": one.entry_id,
        "event_type": one.event_type,
        "state": one.state.value,
        "attempts": one.attempts,
        "status": one.status,
        "reason": one.reason or None,
        "created_at": instant(one.created_at),
        "settled_at": instant(one.settled_at),
    }
