"""Times as they are written on the wire: UTC, milliseconds, Z."""

from datetime import UTC, datetime
from typing import overload


@overload
def instant(at: datetime) -> str: ...
@overload
def instant(at: None) -> None: ...
def instant(at: datetime | None) -> str | None:
    """`2026-11-20T23:28:33.432Z`."""
    if at is None:
        return None
    if at.tzinfo is not UTC:
        at = at.astimezone(UTC)
    return at.isoformat("T", "milliseconds")[:-6] + "Z"
