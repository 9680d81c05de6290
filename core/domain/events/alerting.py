"""What happened to alert sources, and to alerts that belong to no incident."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from core.domain.events.base import Fact
from core.domain.ids import IntegrationId, ServiceId


@dataclass(frozen=True, slots=True, kw_only=True)
class IntegrationEvent(Fact):
    integration_id: IntegrationId
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IntegrationChanged(IntegrationEvent):
    """`fields` are the names of what is different now."""

    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IntegrationDeleted(IntegrationEvent):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class IntegrationQuiet(IntegrationEvent):
    """Nothing came from it since then, which is longer than it may be silent."""

    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertsNotified(IntegrationEvent):
    """A rule has a channel told of alerts that call nobody. `names` are a few of `count`."""

    rule: str
    channel: str
    count: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DependenciesChanged(Fact):
    """`depends_on` are the names of the services that it depends on now."""

    service_id: ServiceId
    name: str
    depends_on: tuple[str, ...]


AlertingFact: TypeAlias = (
    IntegrationChanged
    | IntegrationDeleted
    | IntegrationQuiet
    | AlertsNotified
    | DependenciesChanged
)
