"""How long an incident went on, as everything counts it that says so."""

from datetime import datetime, timedelta
from typing import Protocol


class Begun(Protocol):
    """What is known of its beginning, of an incident or of a row of one."""

    @property
    def created_at(self) -> datetime: ...
    @property
    def published_at(self) -> datetime | None: ...


def began_at(incident: Begun) -> datetime:
    """A draft was of no concern to anybody before it was published."""
    return incident.published_at or incident.created_at


def lasted(incident: Begun, end: datetime) -> timedelta:
    return max(end - began_at(incident), timedelta())
