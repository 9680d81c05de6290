"""An incident as outgoing webhooks show it."""

from typing import Any

from bot.web.times import instant
from core.views import IncidentCard


def incident_json(card: IncidentCard) -> dict[str, Any]:
    one = card.incident
    return {
        "id": one.id,
        "reference": one.reference,
        "title": one.title,
        "description": one.description,
        "severity": one.severity.value,
        "urgency": one.felt_urgency.value,
        "state": one.state.value,
        "phase": one.phase.value,
        "resolution": one.resolution,
        "root_cause": one.root_cause,
        "services": [{"id": id, "name": name} for id, name in card.services.items()],
        "assignee": card.assignee and {"id": card.assignee.id, "name": card.assignee.name},
        "alerts": {"firing": card.firing, "total": card.alerts},
        "tags": list(one.tags),
        "channel_id": one.channel_id,
        "source": one.source.value,
        "created_by": one.created_by_name or (card.creator.name if card.creator else None),
        "created_at": instant(one.created_at),
        "updated_at": instant(one.updated_at),
        "acknowledged_at": instant(one.acknowledged_at),
        "resolved_at": instant(one.resolved_at),
        "closed_at": instant(one.closed_at),
        "canceled_at": instant(one.canceled_at),
        "deleted_at": instant(one.deleted_at),
    }
