"""incident.io's JSON of maintenance windows."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.api.dialects.incident_io import wire
from bot.api.dialects.incident_io.window_conditions import groups_of
from bot.web.times import instant
from core.domain.account import User
from core.domain.actor import Actor, Surface
from core.domain.ids import UserId
from core.domain.maintenance import Maintenance
from core.domain.milestones import ENDING
from core.domain.occurrences import taken
from core.ports import MaintenanceRow


def window(row: MaintenanceRow, users: Mapping[UserId, User], now: datetime) -> dict[str, Any]:
    """What is not known is left out rather than null."""
    maintenance = row.maintenance
    start, end = taken(maintenance, now)
    shown = {
        "id": maintenance.id,
        "name": maintenance.title,
        "start_at": instant(start),
        "end_at": instant(end),
        "lead": _lead(maintenance, users),
        "show_in_sidebar": True,
        "alert_condition_groups": groups_of(maintenance, row.services),
        "reroute_on_end": True,
        "resolve_on_end": False,
        "notify_channels": [
            {"channel_id": channel, "channel_type": "slack"}
            for channel in maintenance.notify_channels
        ],
        "notify_end_minutes_before": ENDING.seconds // 60,
        "created_at": instant(maintenance.created_at),
        "updated_at": instant(maintenance.updated_at),
    }
    known = {
        "notification_message": maintenance.description,
        "notify_start_minutes_before": max(maintenance.reminders, default=None),
        "archived_at": instant(maintenance.canceled_at),
    }
    return {**shown, **{name: value for name, value in known.items() if value}}


def _lead(maintenance: Maintenance, users: Mapping[UserId, User]) -> dict[str, Any]:
    """Its owner; without one whoever scheduled it."""
    if maintenance.owner_id and (owner := users.get(maintenance.owner_id)):
        return {"user": wire.user(owner)}
    by = Actor(
        surface=Surface.REST, name=maintenance.created_by_name, user_id=maintenance.created_by
    )
    return wire.actor(by, users.get(by.user_id) if by.user_id else None)
