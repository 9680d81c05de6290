"""Observer's JSON of an incident: its “update object”."""

from collections.abc import Iterable
from typing import Any

from bot.api.dialects.observer.words import MESSAGE_TYPE, STATE
from bot.web.times import instant
from core.domain.update import StatusUpdate
from core.views import IncidentRow


def incident(row: IncidentRow) -> dict[str, Any]:
    """Without the severity, whose word depends on the reader, and without the messages."""
    return {
        "type": "Incident",
        "state": STATE[row.state],
        "published_at": instant(row.published_at),
        "resolved_at": instant(row.resolved_at),
        "scheduled_start_at": None,
        "scheduled_end_at": None,
        "actual_start_at": None,
        "actual_end_at": None,
        "canceled_at": instant(row.canceled_at),
        "postmortem_url": row.postmortem_url or None,
        "affected_services": _services(row.services),
        "visible_to_customer_ids": row.audience,
    }


def _services(services: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"id": id, "name": name} for id, name in services]


def messages(updates: Iterable[StatusUpdate]) -> list[dict[str, Any]]:
    return [
        {
            "id": update.id,
            "type": MESSAGE_TYPE[update.phase],
            "description": update.text,
            "date": instant(update.at),
        }
        for update in updates
    ]
