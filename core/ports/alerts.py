"""Alerts as readers see them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.domain.alert import AlertStatus, Episode, Fate, Fingerprint
from core.domain.alert_note import AlertNote
from core.domain.fates import fate_of
from core.domain.ids import (
    EpisodeId,
    IncidentId,
    IntegrationId,
    MaintenanceId,
    OrganizationId,
    ServiceId,
)
from core.domain.integration import Integration
from core.domain.state import ACTIVE, Phase, State


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertedIncident:
    """As much of an incident as is shown beside its alerts."""

    id: IncidentId
    number: int
    title: str
    description: str
    state: State
    phase: Phase
    status_id: str | None = None
    private: bool = False

    @property
    def reference(self) -> str:
        return f"INC-{self.number}"

    @property
    def active(self) -> bool:
        return self.state in ACTIVE


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertedWindow:
    """As much of a window as is shown beside the alerts that it suppressed."""

    id: MaintenanceId
    number: int
    title: str

    @property
    def reference(self) -> str:
        return f"MNT-{self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertRow:
    """An alert as shown, with the incident it belongs to unless that was deleted. `window` is
    where it was suppressed, also when it was raised afterwards."""

    episode: Episode
    incident: AlertedIncident | None = None
    window: AlertedWindow | None = None

    @property
    def suppressed(self) -> bool:
        """Whether a window keeps it from calling anybody, or kept it until it ended."""
        return self.episode.suppressed

    @property
    def fate(self) -> str:
        """What became of it, as a sentence without its end: `grouped into INC-42`."""
        incident = self.incident.reference if self.incident else None
        window = self.window.reference if self.window else None
        return fate_of(self.episode, incident, window)

    @property
    def status(self) -> AlertStatus:
        return AlertStatus.FIRING if self.episode.firing else AlertStatus.RESOLVED


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertQuery:
    """Which alerts, newest first. Empty sets mean "any".

    `since` and `until` bound the start, both inclusive; `attached` asks for those of incidents
    only; `suppressed_by` for those that a window suppressed; `kept_by` for those that a silence,
    a rule or an incident kept quiet; `after` is the id of the last row seen.
    """

    fingerprint: Fingerprint | None = None
    statuses: frozenset[AlertStatus] = frozenset()
    integration_ids: frozenset[IntegrationId] = frozenset()
    since: datetime | None = None
    until: datetime | None = None
    id: EpisodeId | None = None
    incident_id: IncidentId | None = None
    attached: bool = False
    suppressed_by: MaintenanceId | None = None
    fates: frozenset[Fate] = frozenset()
    kept_by: str | None = None
    service_id: ServiceId | None = None
    limit: int = 25
    after: EpisodeId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertPage:
    """`more` says whether rows follow these."""

    rows: tuple[AlertRow, ...]
    more: bool


class AlertReads(Protocol):
    async def alerts(self, organization_id: OrganizationId, query: AlertQuery) -> AlertPage:
        """`InvalidInput` when `after` is no alert of theirs."""

    async def alert(self, organization_id: OrganizationId, id: EpisodeId) -> AlertRow:
        """One alert, or `NotFound`."""

    async def latest_alert(
        self, organization_id: OrganizationId, source: IntegrationId, fingerprint: Fingerprint
    ) -> AlertRow | None:
        """The one that started last of those a source calls so."""

    async def alert_notes(self, organization_id: OrganizationId, id: EpisodeId) -> list[AlertNote]:
        """What was said of one alert, oldest first."""

    async def alert_source(self, organization_id: OrganizationId, id: IntegrationId) -> Integration:
        """A configured alert source, or `NotFound`; one that was deleted is not found."""
