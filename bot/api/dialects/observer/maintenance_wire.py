"""Maintenance in JSON: Observer's “update object”, and what is our own besides."""

from collections.abc import Iterable
from typing import Any

from bot.web.times import instant
from core.domain.event_names import name_of
from core.domain.events import MaintenanceEvent, ProgressPosted
from core.domain.maintenance import Maintenance
from core.domain.narration import narrate
from core.ports import AlertRow
from core.views import MaintenanceCard, Overlap, TimelineEntry


def line(window: Maintenance, services: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """It is published at birth."""
    return {
        "id": window.id,
        "title": window.title,
        "type": "Maintenance",
        "severity": None,
        "state": window.state.value,
        "published_at": instant(window.created_at),
        "resolved_at": None,
        "scheduled_start_at": instant(window.scheduled_start_at),
        "scheduled_end_at": instant(window.scheduled_end_at),
        "actual_start_at": instant(window.actual_start_at),
        "actual_end_at": instant(window.actual_end_at),
        "canceled_at": instant(window.canceled_at),
        "postmortem_url": None,
        "affected_services": [{"id": id, "name": name} for id, name in services],
        "visible_to_customer_ids": window.audience,
        "created_at": instant(window.created_at),
        "reference": window.reference,
        **_own(window),
        "created_by": window.created_by,
        "updated_at": instant(window.updated_at),
        "version": window.version,
    }


def _own(window: Maintenance) -> dict[str, Any]:
    return {
        "description": window.description,
        "timezone": window.timezone,
        "notify_channels": window.notify_channels,
        "notify_user_ids": window.notify_user_ids,
        "customer_visible": window.customer_visible,
        "runbook_url": window.runbook_url or None,
        "owner_id": window.owner_id,
        "auto_start": window.auto_start,
        "auto_complete": window.auto_complete,
        "reminders": window.reminders,
        "matchers": window.matchers,
        "cancel_reason": window.cancel_reason or None,
        "recurrence": window.recurrence or None,
        "series_id": window.series_id,
        "occurrence_at": instant(window.occurrence_at),
        "exceptions": [instant(at) for at in window.exceptions],
    }


def whole(card: MaintenanceCard, entries: Iterable[TimelineEntry]) -> dict[str, Any]:
    return {
        **line(card.maintenance, card.services.items()),
        "messages": [
            {
                "id": entry.id,
                "type": "Progress",
                "description": entry.event.text,
                "date": instant(entry.at),
            }
            for entry in entries
            if isinstance(entry.event, ProgressPosted)
        ],
        "warnings": [_overlap(one) for one in card.overlaps],
        "alerts": {"suppressed": card.suppressed, "firing": card.firing},
    }


def _overlap(one: Overlap) -> dict[str, Any]:
    """A sentence for a person, and what a program needs."""
    services = ", ".join(one.services)
    return {
        "code": "overlap",
        "message": f"{one.reference} ({one.title}) affects {services} at the same time.",
        "maintenance": {
            "id": one.id,
            "reference": one.reference,
            "title": one.title,
            "scheduled_start_at": instant(one.scheduled_start_at),
            "scheduled_end_at": instant(one.scheduled_end_at),
        },
        "affected_services": one.services,
    }


def history(entry: TimelineEntry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "type": name_of(entry.event) if isinstance(entry.event, MaintenanceEvent) else "",
        "description": narrate(entry.event),
        "actor": entry.event.by.name,
        "actor_id": entry.event.by.user_id,
        "date": instant(entry.at),
    }


def suppressed(row: AlertRow) -> dict[str, Any]:
    episode, incident = row.episode, row.incident
    return {
        "id": episode.id,
        "title": episode.summary or episode.name,
        "description": episode.description,
        "status": row.status.value,
        "alert_source_id": episode.integration_id,
        "deduplication_key": episode.fingerprint,
        "labels": dict(episode.labels),
        "started_at": instant(episode.starts_at),
        "ended_at": instant(episode.ends_at),
        "incident": incident
        and {"id": incident.id, "reference": incident.reference, "title": incident.title},
    }
