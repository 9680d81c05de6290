"""Commands on drafts that nobody wrote."""

from dataclasses import dataclass
from datetime import timedelta

from core.commands.base import Command
from core.domain.ids import IncidentId

DRAFT_LIFE = timedelta(hours=24)
"""How long a draft that a metric made waits for somebody to touch it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpireDrafts(Command[tuple[IncidentId, ...]]):
    """Delete those of these incidents that were drafted from a metric and that nobody has touched
    for so long. Answers which they were."""

    incident_ids: tuple[IncidentId, ...]
