"""From what incident.io's clients say of a window to what the core calls it."""

from typing import Any

from bot.api.dialects.incident_io.window_conditions import FIELD, scope_of
from bot.api.dialects.incident_io.window_shapes import MaintenanceWindowBodyV1

FIELDS = {
    "title": "name",
    "scheduled_start_at": "start_at",
    "scheduled_end_at": "end_at",
    "owner_id": "lead",
    "reminders": "notify_start_minutes_before",
    "description": "notification_message",
    "service_ids": FIELD,
    "matchers": FIELD,
}
"""What the core calls a field, and what incident.io calls it."""


def details_of(body: MaintenanceWindowBodyV1) -> dict[str, Any]:
    """What was said besides a name, two times and a lead; what was not is absent."""
    minutes, message = body.notify_start_minutes_before, body.notification_message
    scope = scope_of(body.alert_condition_groups)
    found: dict[str, Any] = {"service_ids": scope.service_ids, "matchers": scope.matchers}
    if body.notify_channels is not None:
        found["notify_channels"] = tuple(
            one.channel_id or one.channel_name or "" for one in body.notify_channels
        )
    if minutes is not None:
        found["reminders"] = (minutes,) if minutes else ()
    if message is not None:
        found["description"] = message
    return found
