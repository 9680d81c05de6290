"""What is due without anybody asking, in whatever organisation."""

from datetime import datetime
from typing import Protocol

from core.domain.ids import IncidentId, OrganizationId


class Chores(Protocol):
    async def forgotten_drafts(
        self, before: datetime, limit: int
    ) -> list[tuple[OrganizationId, IncidentId]]:
        """Drafts made of metrics, last touched then or earlier; longest forgotten first."""
