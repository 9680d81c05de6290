"""Commands on alerts and their sources."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from core.commands.base import Command
from core.domain.alert import AlertDelivery, Episode
from core.domain.ids import (
    DeliveryId,
    EpisodeId,
    IncidentId,
    IntegrationId,
    ServiceId,
)
from core.domain.integration import Integration


@dataclass(frozen=True, slots=True, kw_only=True)
class TriageAlerts(Command[tuple[IncidentId, ...]]):
    """Deliveries of one alert source, in the order they came. Answers the incidents touched.

    They are decided together: what began and ended within them belongs to no incident.
    """

    integration_id: IntegrationId
    deliveries: tuple[AlertDelivery, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseDelivery(Command[None]):
    """A stored delivery that cannot be understood is put aside with the reason."""

    delivery_id: DeliveryId
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateIntegration(Command[Integration]):
    source: str
    name: str
    token_hash: str = field(repr=False)
    service_id: ServiceId | None = None
    auto_resolve: bool = True
    settings: Mapping[str, Any] = field(default_factory=dict)
    sealed_token: str = field(default="", repr=False)
    sealed_secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolveAlert(Command[Episode]):
    """It is over, whatever its source says; its incident too, if it was the last one there."""

    alert_id: EpisodeId


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachAlert(Command[Episode]):
    """It belongs to that incident, and to no other."""

    alert_id: EpisodeId
    incident_id: IncidentId


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenEventSource(Command[Integration]):
    """The source of events about a service that come with a key of the API, made at first use."""

    service_id: ServiceId
