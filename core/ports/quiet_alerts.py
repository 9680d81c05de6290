"""What is asked of alerts that call nobody for now, and of how many call at once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.domain.alert import Episode, Fate
from core.domain.ids import IncidentId, IntegrationId, ServiceId


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenService:
    """A service with an incident that is published and goes on."""

    service_id: ServiceId
    incident_id: IncidentId
    number: int

    @property
    def reference(self) -> str:
        return f"INC-{self.number}"


class QuietAlerts(Protocol):
    async def waiting(self, kept_by: str, fate: Fate, limit: int) -> list[Episode]:
        """Those that fire and are kept quiet by this in this way, first started first. Nobody else
        raises one of them before this transaction does, or is told `Conflict`."""

    async def held_until(
        self, integration_id: IntegrationId, at: datetime, limit: int
    ) -> list[Episode]:
        """Those of the source that fire and whose hold ends then or before, the first end first;
        raised by nobody else meanwhile."""

    async def next_due(self, integration_id: IntegrationId) -> datetime | None:
        """When the first hold at the source ends; None when nothing is held."""

    async def count_in(self, incident_id: IncidentId) -> int:
        """How many episodes the incident has, those that have ended among them."""

    async def opened_since(self, integration_id: IntegrationId, since: datetime) -> int:
        """How many groups of the source got an incident after that moment."""
