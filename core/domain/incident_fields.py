"""The fields of an incident that are simply edited: what people call them, and which are shown."""

from collections.abc import Mapping

SHOWN = frozenset({"title", "description", "service_ids", "phase", "links", "call_url", "fields"})
"""What a channel shows of an incident, of the things that are simply edited."""

_SPOKEN: Mapping[str, str] = {
    "service_ids": "service",
    "postmortem_url": "postmortem link",
    "call_url": "call link",
    "severity_id": "severity",
    "status_id": "status",
    "type_id": "type",
    "fields": "custom fields",
}


def name_of_field(name: str) -> str:
    return _SPOKEN.get(name, name.replace("_", " "))
