"""Where a page of incidents ends, as the button to the next one carries it; pure."""

import re
from datetime import UTC, datetime, timedelta

from core.views import IncidentRow

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_BEHIND = re.compile(r"(?:^|\s)after (\d{16}\.\w{1,80})$", re.ASCII)


def place_of(row: IncidentRow) -> str:
    """It stays where it is, whatever becomes of that incident."""
    return f"{(row.created_at - _EPOCH) // timedelta(microseconds=1):016}.{row.id}"


def place_behind(text: str) -> tuple[str, str]:
    """What else was typed, and the place behind it; empty where there is none."""
    found = _BEHIND.search(text)
    return (text[: found.start()], found.group(1)) if found else (text, "")


def named_by(place: str) -> tuple[datetime, str]:
    """When the last incident of that page was declared, and its id."""
    span, _, id = place.partition(".")
    return _EPOCH + timedelta(microseconds=int(span)), id
