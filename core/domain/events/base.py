"""What every fact has: who made it so, and when."""

from dataclasses import dataclass
from datetime import datetime

from core.domain.actor import Actor
from core.domain.ids import (
    IncidentId,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    by: Actor
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentEvent(Fact):
    incident_id: IncidentId
