"""What is asked of alerts when they come and go, beside where they belong."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from core.domain.alert import AlertGroup, Episode, Fingerprint
from core.domain.ids import IncidentId, IntegrationId
from core.domain.severity import Severity


class AlertEndings(Protocol):
    async def begun_since(
        self, integration_id: IntegrationId, fingerprints: Sequence[Fingerprint], since: datetime
    ) -> list[Episode]:
        """The episodes of these that began then or later, first started first."""

    async def worst_in(self, incident_id: IncidentId) -> Severity | None:
        """The worst of all episodes of the incident, those that have ended among them."""

    async def flapping_in(self, incident_id: IncidentId) -> list[Episode]:
        """The episodes of the incident that come and go, first started first."""

    async def firing_within(self, incident_id: IncidentId) -> list[Episode]:
        """What fires in the incident, first started first. Nobody else ends one of them before
        this transaction does, or is told `Conflict`."""

    async def groups_of(self, incident_id: IncidentId) -> list[AlertGroup]:
        """The groups that belong to the incident now."""

    async def sources_of(self, incident_id: IncidentId) -> list[IntegrationId]:
        """The sources that the episodes of the incident came from, each once, in their order."""

    async def firing_of(self, integration_id: IntegrationId, limit: int) -> list[Episode]:
        """What fires at one source, first started first. Nobody else ends one of them before this
        transaction does, or is told `Conflict`."""
