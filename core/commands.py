"""What anyone can ask the core to do. `Command[R]` says what they get back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from core.domain.account import ApiKey, Dialect, Role, User
from core.domain.actor import Caller
from core.domain.alert import AlertDelivery
from core.domain.ids import (
    ApiKeyId,
    ChannelId,
    DeliveryId,
    IncidentId,
    IntegrationId,
    ServiceId,
    SlackUserId,
    TeamId,
    UserId,
)
from core.domain.incident import Incident
from core.domain.integration import Integration
from core.domain.service import Service
from core.domain.state import Phase, State

R = TypeVar("R")


@dataclass(frozen=True, slots=True, kw_only=True)
class Command(Generic[R]):
    """A wish, and whose.

    `key` makes it happen once: the same key with the same request again answers
    with the same thing as it is now, and changes nothing.
    """

    caller: Caller
    key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentCommand(Command[Incident]):
    """A change of one incident.

    `expected_version` refuses it with `Conflict` when the incident was changed
    since it was read.
    """

    incident_id: IncidentId
    expected_version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclareIncident(Command[Incident]):
    """`severity` is a word of `core.domain.severity`; unknown services are refused."""

    title: str
    severity: str
    description: str = ""
    service_ids: tuple[ServiceId, ...] = ()
    assignee_id: UserId | None = None
    draft: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishIncident(IncidentCommand):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class AcknowledgeIncident(IncidentCommand):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenIncident(IncidentCommand):
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SnoozeIncident(IncidentCommand):
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SuppressIncident(IncidentCommand):
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolveIncident(IncidentCommand):
    """A `summary` is kept as a last message of the phase Resolved."""

    summary: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseIncident(IncidentCommand):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelIncident(IncidentCommand):
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteIncident(IncidentCommand):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class PostUpdate(IncidentCommand):
    """A message; without `phase` it keeps the incident's own. Resolved also resolves."""

    text: str
    phase: Phase | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSeverity(IncidentCommand):
    severity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignIncident(IncidentCommand):
    """`assignee_id` None leaves it unassigned.

    With `only_if_unassigned` an incident that is over, or is another's, stays as it is.
    """

    assignee_id: UserId | None
    only_if_unassigned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EditIncident(IncidentCommand):
    """Everything about an incident at once, all or nothing; what is None stays."""

    title: str | None = None
    description: str | None = None
    severity: str | None = None
    service_ids: tuple[ServiceId, ...] | None = None
    assignee_id: UserId | None = None
    unassign: bool = False
    state: State | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkChannel(IncidentCommand):
    channel_id: ChannelId
    channel_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordBurial(IncidentCommand):
    """An effect could not be delivered; the reason is a sentence for a person."""

    effect: str
    reason: str


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
class AddService(Command[Service]):
    name: str
    description: str = ""
    owner_ids: tuple[UserId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AddUser(Command[User]):
    email: str
    name: str
    role: Role
    password_hash: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkSlackUser(Command[User]):
    """A Slack member is the user with that e-mail, or becomes one with `role`."""

    team_id: TeamId
    slack_user_id: SlackUserId
    email: str
    name: str
    role: Role = Role.ENGINEER


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePassword(Command[User]):
    email: str
    password_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateApiKey(Command[ApiKey]):
    """The caller made the secret; the core sees its hash and first characters only."""

    name: str
    prefix: str
    hash: str
    scopes: tuple[str, ...]
    dialect: Dialect = Dialect.NEUTRAL
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeApiKey(Command[ApiKey]):
    api_key_id: ApiKeyId


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateIntegration(Command[Integration]):
    source: str
    name: str
    token_hash: str
    service_id: ServiceId | None = None
    auto_resolve: bool = True
