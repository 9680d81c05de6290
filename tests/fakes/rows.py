"""Everything the fakes remember: one set of rows per organisation, copied for each transaction."""

from copy import copy
from dataclasses import dataclass, field, fields
from typing import Self

from core.domain.account import ApiKey, Organization, User
from core.domain.alert import AlertGroup, Episode, GroupKey
from core.domain.alert_note import AlertNote
from core.domain.calendar_feed import CalendarFeed
from core.domain.ids import (
    ApiKeyId,
    EpisodeId,
    IncidentId,
    IntegrationId,
    InvitationId,
    MaintenanceId,
    NoteId,
    OrganizationId,
    PasswordResetId,
    ServiceId,
    SessionId,
    UserId,
)
from core.domain.incident import Incident
from core.domain.integration import Integration
from core.domain.invitation import Invitation
from core.domain.likeness import Likeness
from core.domain.maintenance import Maintenance
from core.domain.plan import Plan
from core.domain.record import Record
from core.domain.service import Service
from core.domain.session import PasswordReset, Session
from core.domain.timer import Timer, TimerKind
from core.domain.update import Note, StatusUpdate
from core.domain.webhook_delivery import WebhookDelivery
from core.ports import Processed
from core.views import TimelineEntry


@dataclass(slots=True)
class OrganizationRows:
    numbers: int = 0
    incidents: dict[IncidentId, Incident] = field(default_factory=dict)
    updates: dict[str, StatusUpdate] = field(default_factory=dict)
    notes: dict[NoteId, Note] = field(default_factory=dict)
    services: dict[ServiceId, Service] = field(default_factory=dict)
    organization: Organization | None = None
    plan: Plan | None = None
    users: dict[UserId, User] = field(default_factory=dict)
    invitations: dict[InvitationId, Invitation] = field(default_factory=dict)
    sessions: dict[SessionId, Session] = field(default_factory=dict)
    password_resets: dict[PasswordResetId, PasswordReset] = field(default_factory=dict)
    api_keys: dict[ApiKeyId, ApiKey] = field(default_factory=dict)
    integrations: dict[IntegrationId, Integration] = field(default_factory=dict)
    episodes: dict[EpisodeId, Episode] = field(default_factory=dict)
    alert_notes: list[AlertNote] = field(default_factory=list)
    groups: dict[tuple[IntegrationId, GroupKey], AlertGroup] = field(default_factory=dict)
    likenesses: dict[tuple[IncidentId, str], Likeness] = field(default_factory=dict)
    timeline: list[TimelineEntry] = field(default_factory=list)
    processed: dict[str, Processed] = field(default_factory=dict)
    records: dict[str, Record] = field(default_factory=dict)
    maintenance_numbers: int = 0
    maintenances: dict[MaintenanceId, Maintenance] = field(default_factory=dict)
    calendar_feed: CalendarFeed | None = None
    timers: dict[tuple[TimerKind, str], Timer] = field(default_factory=dict)
    webhook_deliveries: dict[str, WebhookDelivery] = field(default_factory=dict)

    def copied(self) -> Self:
        """The same values in containers of their own."""
        return type(self)(**{f.name: copy(getattr(self, f.name)) for f in fields(self)})


@dataclass(slots=True)
class Rows:
    """`commits` counts what was committed, by anybody."""

    organizations: dict[OrganizationId, Organization] = field(default_factory=dict)
    of_organization: dict[OrganizationId, OrganizationRows] = field(default_factory=dict)
    commits: int = 0

    def of(self, organization_id: OrganizationId) -> OrganizationRows:
        return self.of_organization.setdefault(organization_id, OrganizationRows())
