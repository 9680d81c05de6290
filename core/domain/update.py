"""A status update: one message about an incident, in one phase (Observer calls it a message)."""

from dataclasses import dataclass
from datetime import datetime

from core.domain.actor import Actor
from core.domain.ids import IncidentId, NoteId, UpdateId
from core.domain.state import Phase

MAX_TEXT = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstMessage:
    """A message on its way in, told together with something else; without a `phase` of its own
    it keeps the incident's. Resolved also resolves."""

    text: str
    phase: Phase | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusUpdate:
    """`status` and `severity` are what the incident had by it: the id that was given, else
    `open/identified` and the level. They are empty where nobody noted them."""

    id: UpdateId
    incident_id: IncidentId
    phase: Phase
    text: str
    by: Actor
    at: datetime
    status: str = ""
    severity: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A comment of somebody who works on an incident; it says nothing of the incident's phase."""

    id: NoteId
    incident_id: IncidentId
    text: str
    by: Actor
    at: datetime
