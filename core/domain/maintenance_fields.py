"""The fields of a window: how much each may hold, and what people call them."""

from collections.abc import Iterable, Mapping

MAX_CHANNELS = 20
MAX_PEOPLE = 20
MAX_LINK = 2_048
MAX_REASON = 1_000
MAX_PROGRESS = 3_000
"""As much as one message in Slack shows."""

_SPOKEN: Mapping[str, str] = {
    "service_ids": "services",
    "scheduled_start_at": "start",
    "scheduled_end_at": "end",
    "timezone": "time zone",
    "notify_channels": "channels",
    "notify_user_ids": "people",
    "customer_visible": "visibility",
    "runbook_url": "runbook",
    "owner_id": "owner",
    "auto_start": "automatic start",
    "auto_complete": "automatic completion",
    "matchers": "alert matchers",
    "series_start_at": "recurrence",
    "exceptions": "skipped occurrences",
}
_UNSPOKEN = frozenset({"series_id", "series_end_at", "occurrence_at"})
"""They change together with others."""


def fields_told(names: Iterable[str]) -> tuple[str, ...]:
    """In the words of people, each once."""
    return tuple(dict.fromkeys(_SPOKEN.get(name, name) for name in names if name not in _UNSPOKEN))
