"""Commands on alerts and their sources."""

from dataclasses import dataclass

from core.commands.base import Command
from core.domain.alert import AlertDelivery
from core.domain.ids import (
    DeliveryId,
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
    token_hash: str
    service_id: ServiceId | None = None
    auto_resolve: bool = True
