"""Commands on alerts: their sources, rules, silences and heartbeats, and what is due about them.

`TriageAlerts` and the other commands that were there before the rest are in `core.commands`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from core.commands.base import Command
from core.domain.alert import Episode, Fingerprint
from core.domain.heartbeat import Heartbeat
from core.domain.ids import DeliveryId, EpisodeId, IncidentId, IntegrationId, ServiceId
from core.domain.incident import Incident
from core.domain.integration import Integration
from core.domain.routing_rule import RoutingRule
from core.domain.service import Service
from core.domain.silence import Silence
from core.domain.timer import TimerKind


@dataclass(frozen=True, slots=True, kw_only=True)
class EditIntegration(Command[Integration]):
    """What is None stays. `settings` has those that change, by their names. `service_id` may be
    empty, which takes the service away."""

    integration_id: IntegrationId
    name: str | None = None
    service_id: str | None = None
    auto_resolve: bool | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    sealed_secret: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RotateIntegrationToken(Command[Integration]):
    """The old token opens nothing from now on."""

    integration_id: IntegrationId
    token_hash: str = field(repr=False)
    sealed_token: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteIntegration(Command[Integration]):
    """It rings no more; what it said stays."""

    integration_id: IntegrationId


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """The number of a delivery that waits once more."""

    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayDelivery(Command[Replayed]):
    """A delivery that was dealt with is dealt with once more, as if it came now."""

    delivery_id: DeliveryId


@dataclass(frozen=True, slots=True, kw_only=True)
class AddRoutingRule(Command[RoutingRule]):
    """`body` has the fields of a rule by their names, as plain values; without `position` it is
    the last one."""

    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class EditRoutingRule(Command[RoutingRule]):
    """What is absent of `body` stays."""

    rule_id: str
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteRoutingRule(Command[RoutingRule]):
    rule_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddSilence(Command[Silence]):
    """From now until `ends_at`, or for `seconds`, one of them. What rings already goes on."""

    matchers: tuple[str, ...]
    ends_at: datetime | None = None
    seconds: int | None = None
    reason: str = ""
    integration_id: IntegrationId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndSilence(Command[Silence]):
    """It is over now, and what still fires calls somebody."""

    silence_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddHeartbeat(Command[Heartbeat]):
    """`interval` and `grace` in seconds."""

    name: str
    interval: int
    grace: int = 0
    severity: str = "high"
    description: str = ""
    service_id: ServiceId | None = None
    token_hash: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class EditHeartbeat(Command[Heartbeat]):
    """What is None stays."""

    heartbeat_id: str
    name: str | None = None
    interval: int | None = None
    grace: int | None = None
    severity: str | None = None
    description: str | None = None
    enabled: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteHeartbeat(Command[Heartbeat]):
    heartbeat_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PingHeartbeat(Command[Heartbeat]):
    """It lives: what it rang for is over."""

    heartbeat_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SilenceAlert(Command[Silence]):
    """Alerts like this one call nobody for `seconds`: those with all of its labels but the ones
    that name a single instance of it. It goes on in its incident."""

    alert_id: EpisodeId
    seconds: int = 3_600
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DismissAlert(Command[Episode]):
    """It is no incident: it leaves its incident, which is canceled if nothing else is in it."""

    alert_id: EpisodeId


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitAlert(Command[Incident]):
    """It gets an incident of its own, and what its group says later goes there."""

    alert_id: EpisodeId


@dataclass(frozen=True, slots=True, kw_only=True)
class ReconcileAlerts(Command[tuple[EpisodeId, ...]]):
    """What a source does not have any more, as it says itself: since `asked_at` none of these was
    in any answer. Answers the alerts that fired here all the same, which end. Nothing else does,
    nor what began after that moment."""

    integration_id: IntegrationId
    missing: frozenset[Fingerprint]
    asked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RaiseInhibited(Command[int]):
    """What an incident that is over kept quiet calls somebody, if it still fires; answers how
    many alerts that were."""

    incident_id: IncidentId
    limit: int = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class RingTimer(Command[None]):
    """What is due under this timer is done, if it still is."""

    kind: TimerKind
    subject_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetDependencies(Command[Service]):
    """What a service depends on, in place of what it depended on before."""

    service_id: ServiceId
    depends_on: tuple[ServiceId, ...]
