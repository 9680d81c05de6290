"""A status update: one message about an incident, in one phase (Observer calls it a message)."""

from dataclasses import dataclass
from datetime import datetime

from core.domain.actor import Actor
from core.domain.ids import IncidentId, UpdateId
from core.domain.state import Phase

MAX_TEXT = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusUpdate:
    id: UpdateId
    incident_id: IncidentId
    phase: Phase
    text: str
    by: Actor
    at: datetime
