"""What became of a request, as Opsgenie says it: found out from what is known of its alert."""

from collections.abc import Mapping
from typing import Any

import orjson
from pydantic import ValidationError

from bot.alert_bodies.opsgenie import GONE, Act, Waiting
from bot.paging.finding import short_id
from core.domain.alert import Episode
from core.ports import AlertRow, InboxRow

DONE: Mapping[Act, str] = {
    Act.CREATE: "Created alert",
    Act.ACKNOWLEDGE: "Acknowledged alert",
    Act.UNACKNOWLEDGE: "Unacknowledged alert",
    Act.CLOSE: "Closed alert",
    Act.DELETE: "Deleted alert",
    Act.SNOOZE: "Snoozed alert",
    Act.ADD_NOTE: "Added note to alert",
    Act.ADD_TAGS: "Added tags to alert",
    Act.REMOVE_TAGS: "Removed tags from alert",
    Act.ADD_DETAILS: "Added details to alert",
    Act.REMOVE_DETAILS: "Removed details from alert",
    Act.UPDATE_MESSAGE: "Updated message of alert",
    Act.UPDATE_DESCRIPTION: "Updated description of alert",
    Act.UPDATE_PRIORITY: "Updated priority of alert",
    Act.ASSIGN: "Assigned alert",
}
COUNTED = "Alert count is increased"
OVER = "Alert is closed"
NEEDS_OPEN = frozenset({Act.ACKNOWLEDGE, Act.UNACKNOWLEDGE, Act.CLOSE, Act.DELETE, Act.SNOOZE})


def waiting_of(row: InboxRow) -> Waiting | None:
    """The request; None where the row holds something else."""
    try:
        return Waiting.model_validate(orjson.loads(row.body))
    except (orjson.JSONDecodeError, ValidationError):
        return None


def outcome(row: InboxRow, waiting: Waiting, alert: AlertRow | None) -> dict[str, Any]:
    """`alert` is the last of its alias that had begun when the request was carried out."""
    status, success = _status(row, waiting, alert)
    return {
        "success": success,
        "isSuccess": success,
        "action": waiting.action,
        "processedAt": row.dealt_at.isoformat() if row.dealt_at else None,
        "integrationId": row.integration_id,
        "status": status,
        "alertId": alert.episode.id if alert else "",
        "tinyId": short_id(alert.episode.id) if alert else "",
        "alias": waiting.alias,
    }


def _status(row: InboxRow, waiting: Waiting, alert: AlertRow | None) -> tuple[str, bool]:
    if row.reason:
        return row.reason, False
    if alert is None:
        return GONE, False
    if waiting.action is Act.CREATE:
        began = alert.episode.starts_at >= row.received_at
        return (DONE[Act.CREATE] if began else COUNTED), True
    if waiting.action in NEEDS_OPEN and _was_over(alert.episode, row):
        return OVER, False
    return DONE[waiting.action], True


def _was_over(episode: Episode, row: InboxRow) -> bool:
    return episode.ends_at is not None and episode.ends_at < row.received_at
