"""Times as they are written on the wire: UTC, milliseconds, Z."""

from datetime import UTC, datetime
from functools import lru_cache
from typing import overload


@overload
def instant(at: datetime) -> str: ...
@overload
def instant(at: None) -> None: ...
def instant(at: datetime | None) -> str | None:
    """`2026-11-20T23:28:33.432Z`."""
    return None if at is None else _written(at)


@lru_cache(maxsize=4_096)
def _written(at: datetime) -> str:
    """One moment stands in a row several times, and in pages again and again."""
    if at.tzinfo is not UTC:
        at = at.astimezone(UTC)
    return at.isoformat("T", "milliseconds")[:-6] + "Z"
