"""Heartbeats as JSON."""

from dataclasses import replace
from typing import Any

from bot.web.times import instant
from core.domain.heartbeat import Heartbeat
from core.domain.timer import Timer
from core.usecases.heartbeat_signs import last_ping


def line(one: Heartbeat, base_url: str, timer: Timer | None) -> dict[str, Any]:
    """`timer` is the one of it, which knows when it was heard."""
    known = replace(one, last_ping_at=last_ping(one, timer))
    return {
        "id": one.id,
        "name": one.name,
        "description": one.description,
        "interval": one.interval,
        "grace": one.grace,
        "severity": one.severity.value,
        "service_id": one.service_id,
        "enabled": one.enabled,
        "state": state(one, timer),
        "last_ping_at": instant(known.last_ping_at),
        "expires_at": instant(timer.due_at if timer else None),
        "ping_url": f"{base_url}/v2/heartbeat/{one.id}/ping",
        "created_by": one.created_by,
        "created_at": instant(one.created_at),
        "updated_at": instant(one.updated_at),
    }


def whole(
    one: Heartbeat, base_url: str, timer: Timer | None, token: str | None = None
) -> dict[str, Any]:
    return {**line(one, base_url, timer), "token": token}


def state(one: Heartbeat, timer: Timer | None) -> str:
    if not one.enabled:
        return "off"
    if one.ringing:
        return "missing"
    return "alive" if timer else "new"
