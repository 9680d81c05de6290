"""From what a client says of maintenance to what the core calls it."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.api.dialects.observer.maintenance_shapes import Details
from core.domain.ids import ServiceId, UserId

FIELDS = {
    "service_ids": "affected_services",
    "audience": "visible_to_customer_ids",
    "by": "minutes",
    "text": "description",
}
"""What the core calls a field, and what this product calls it."""


def _services(ids: list[str]) -> tuple[ServiceId, ...]:
    return tuple(map(ServiceId, ids))


def _people(ids: list[str]) -> tuple[UserId, ...]:
    return tuple(map(UserId, ids))


def _as_it_is(value: Any) -> Any:
    return value


_DETAILS: Mapping[str, tuple[str, Callable[[Any], Any]]] = {
    "description": ("description", _as_it_is),
    "affected_services": ("service_ids", _services),
    "visible_to_customer_ids": ("audience", tuple),
    "timezone": ("timezone", _as_it_is),
    "notify_channels": ("notify_channels", tuple),
    "notify_user_ids": ("notify_user_ids", _people),
    "customer_visible": ("customer_visible", _as_it_is),
    "runbook_url": ("runbook_url", _as_it_is),
    "owner_id": ("owner_id", _as_it_is),
    "auto_start": ("auto_start", _as_it_is),
    "auto_complete": ("auto_complete", _as_it_is),
    "reminders": ("reminders", tuple),
    "matchers": ("matchers", tuple),
    "recurrence": ("recurrence", _as_it_is),
    "exceptions": ("exceptions", tuple),
}


def details_of(wish: Details) -> dict[str, Any]:
    """What was said, by the names of the core's commands; what was not is absent."""
    return {
        name: clean(value)
        for said, (name, clean) in _DETAILS.items()
        if (value := getattr(wish, said)) is not None
    }
