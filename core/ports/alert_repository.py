"""Episodes of alerts and their groups inside a transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.domain.alert import AlertGroup, Episode, Fingerprint, GroupKey
from core.domain.ids import EpisodeId, IncidentId, IntegrationId, MaintenanceId
from core.domain.repeats import Glimpse
from core.ports.alert_endings import AlertEndings
from core.ports.quiet_alerts import QuietAlerts


@dataclass(frozen=True, slots=True, kw_only=True)
class SuppressedCount:
    """Of one window: all that were suppressed, and those that still fire. `names` are what some
    of those that ended say, first started first."""

    total: int = 0
    firing: int = 0
    names: tuple[str, ...] = ()


class Alerts(AlertEndings, QuietAlerts, Protocol):
    async def get(self, id: EpisodeId) -> Episode:
        """The episode, or `NotFound`."""

    async def latest(
        self, integration_id: IntegrationId, fingerprints: Sequence[Fingerprint]
    ) -> dict[Fingerprint, Episode]:
        """Per fingerprint, the episode with the latest start; absent where there is none.

        Nobody else ends one of them before this transaction does, or is told `Conflict`.
        """

    async def glimpses(
        self, integration_id: IntegrationId, fingerprints: Sequence[Fingerprint]
    ) -> dict[Fingerprint, Glimpse]:
        """As `latest`, with as little as tells whether something is said again."""

    async def put(self, episodes: Sequence[Episode]) -> None:
        """Insert or replace by id; `Conflict` if (integration, fingerprint, start) exists."""

    async def firing_in(self, incident_id: IncidentId) -> int:
        """How many episodes of the incident have not ended."""

    async def suppressed_in(self, maintenance_id: MaintenanceId) -> SuppressedCount:
        """How many episodes the window keeps from calling anybody."""

    async def still_suppressed(self, maintenance_id: MaintenanceId, limit: int) -> list[Episode]:
        """Those of them that still fire, first started first. Nobody else raises one of them
        before this transaction does, or is told `Conflict`."""

    async def last_end(self, incident_id: IncidentId) -> datetime | None:
        """When the last ended episode of the incident ended at its source; None without one."""

    async def groups(
        self, integration_id: IntegrationId, keys: Sequence[GroupKey]
    ) -> dict[GroupKey, AlertGroup]:
        """The groups known under these keys."""

    async def save_group(self, group: AlertGroup) -> AlertGroup:
        """Store it; `Conflict` if another version was stored first."""
