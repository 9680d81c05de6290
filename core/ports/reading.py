"""Questions of readers, asked outside any transaction."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol, Self

from core.domain.account import ApiKey, Organization, User, UserState
from core.domain.heartbeat import Heartbeat
from core.domain.ids import (
    ApiKeyId,
    ChannelId,
    EntryId,
    IncidentId,
    IntegrationId,
    MaintenanceId,
    OrganizationId,
    SessionId,
    SlackUserId,
    TeamId,
)
from core.domain.integration import Integration
from core.domain.invitation import Invitation
from core.domain.plan import Plan
from core.domain.service import Service
from core.domain.session import PasswordReset, Session
from core.domain.timer import Timer, TimerKind
from core.domain.update import Note, StatusUpdate
from core.domain.viewer import Viewer
from core.domain.webhook_delivery import WebhookDelivery
from core.ports.alerts import AlertReads
from core.ports.inbox import InboxReads
from core.ports.likenesses import VerdictPage, VerdictQuery
from core.ports.maintenances import AgendaQuery, MaintenancePage, MaintenanceQuery, MaintenanceRow
from core.ports.records import K, RecordPage, RecordQuery
from core.ports.search import Found
from core.ports.webhooks import DeliveryPage, DeliveryQuery
from core.views import (
    IncidentCard,
    IncidentPage,
    IncidentQuery,
    IncidentRecord,
    LikenessRow,
    MaintenanceCard,
    TimelineEntry,
    TimelineQuery,
    TimelineStretch,
    UpdatePage,
    UpdateQuery,
)


class ReadModels(AlertReads, InboxReads, Protocol):
    """Queries for readers; all of one organisation. They see everything committed before them."""

    def seen_by(self, viewer: Viewer) -> Self:
        """The same questions, answered as if the private incidents that the viewer may not know
        of were not there: absent from what lists them and whatever belongs to them, not found by
        whoever names them, and without a name in the history of others."""

    async def hidden_among(
        self, organization_id: OrganizationId, ids: Collection[str]
    ) -> frozenset[str]:
        """Those of the ids, or references, that are of incidents which the viewer may not know
        of."""

    async def stamp(self) -> int | None:
        """A number that changes with every commit by anybody, cheap enough to ask on each
        request; None when there is no such number, and then nothing may be kept."""

    async def incidents(
        self, organization_id: OrganizationId, query: IncidentQuery
    ) -> IncidentPage: ...

    async def incident(
        self, organization_id: OrganizationId, id_or_reference: str
    ) -> IncidentRecord:
        """By id or by `INC-n` (any case); `NotFound` otherwise."""

    async def card(self, organization_id: OrganizationId, id: IncidentId) -> IncidentCard:
        """Also of a deleted incident, so that what was shown can be taken back."""

    async def in_channel(
        self, organization_id: OrganizationId, channel_id: ChannelId
    ) -> IncidentId | None:
        """The incident whose channel this is."""

    async def timeline(
        self, organization_id: OrganizationId, id: IncidentId
    ) -> list[TimelineEntry]: ...

    async def timeline_named(
        self, organization_id: OrganizationId, id: IncidentId, entry_ids: Collection[str]
    ) -> list[TimelineEntry]:
        """Those of the incident's entries, in the order in which they were written."""

    async def timeline_stretch(
        self, organization_id: OrganizationId, id: IncidentId, query: TimelineQuery
    ) -> TimelineStretch:
        """Some of them by time, without reading what the others say."""

    async def entry(self, organization_id: OrganizationId, id: EntryId) -> TimelineEntry: ...

    async def likenesses(
        self, organization_id: OrganizationId, id: IncidentId
    ) -> list[LikenessRow]:
        """What looks like the incident, by rank, then what people named; without what was deleted
        or is a draft."""

    async def likenesses_among(
        self, organization_id: OrganizationId, found: Sequence[Found]
    ) -> list[LikenessRow]:
        """The same of what a search found, in its order."""

    async def verdicts(self, organization_id: OrganizationId, query: VerdictQuery) -> VerdictPage:
        """What people said of likenesses, newest first; without incidents that were deleted."""

    async def update(self, organization_id: OrganizationId, id: str) -> StatusUpdate: ...

    async def updates(self, organization_id: OrganizationId, query: UpdateQuery) -> UpdatePage:
        """Newest first."""

    async def notes(self, organization_id: OrganizationId, id: IncidentId) -> list[Note]:
        """Of one incident, oldest first."""

    async def services(self, organization_id: OrganizationId) -> list[Service]:
        """By name."""

    async def users(
        self, organization_id: OrganizationId, *, deleted_too: bool = False
    ) -> list[User]:
        """By name."""

    async def api_keys(self, organization_id: OrganizationId) -> list[ApiKey]:
        """Newest first, revoked ones included."""

    async def organization(self, organization_id: OrganizationId) -> Organization:
        """`NotFound` for one that was never made."""

    async def plan(self, organization_id: OrganizationId) -> Plan | None:
        """None for an organisation with the usual one."""

    async def invitations(self, organization_id: OrganizationId) -> list[Invitation]:
        """Newest first, also those that serve no more."""

    async def integrations(self, organization_id: OrganizationId) -> list[Integration]:
        """Newest first, without those that were deleted."""

    async def timers(self, organization_id: OrganizationId, kind: TimerKind) -> dict[str, Timer]:
        """What is due of this kind, by its subject."""

    async def timers_of(
        self, organization_id: OrganizationId, subject_ids: Collection[str]
    ) -> list[Timer]:
        """What is due of these subjects, of whatever kind, the earliest first; nothing of incidents
        and their tasks that are kept from the viewer."""

    async def record(self, organization_id: OrganizationId, kind: type[K], id: str) -> K:
        """One of a plain noun, or `NotFound`; a deleted one is not found."""

    async def records(
        self, organization_id: OrganizationId, kind: type[K], query: RecordQuery
    ) -> RecordPage[K]:
        """Newest first."""

    async def maintenance(
        self, organization_id: OrganizationId, id_or_reference: str
    ) -> MaintenanceRow:
        """By id or by `MNT-n` (any case); `NotFound` otherwise."""

    async def maintenances(
        self, organization_id: OrganizationId, query: MaintenanceQuery
    ) -> MaintenancePage: ...

    async def maintenance_card(
        self, organization_id: OrganizationId, id: MaintenanceId
    ) -> MaintenanceCard:
        """Everything one window shows, or `NotFound`."""

    async def maintenance_timeline(
        self, organization_id: OrganizationId, id: MaintenanceId
    ) -> list[TimelineEntry]:
        """What happened to the window, oldest first."""

    async def agenda(
        self, organization_id: OrganizationId, query: AgendaQuery
    ) -> list[MaintenanceRow]: ...

    async def webhook_delivery(self, organization_id: OrganizationId, id: str) -> WebhookDelivery:
        """The delivery, or `NotFound`."""

    async def webhook_deliveries(
        self, organization_id: OrganizationId, query: DeliveryQuery
    ) -> DeliveryPage: ...


class Directory(Protocol):
    """Who is at the door: look-ups before an organisation is known."""

    async def organization(self, slug: str) -> Organization | None: ...

    async def ensure_organization(self, slug: str, name: str) -> Organization:
        """The organisation with that slug, made now if there is none."""

    async def api_key(self, hash: str) -> tuple[OrganizationId, ApiKey, UserState | None] | None:
        """With the state of the person who made it; None where no person did."""

    async def integration(self, token_hash: str) -> tuple[OrganizationId, Integration] | None:
        """One that was deleted opens nothing."""

    async def integration_by_id(
        self, id: IntegrationId
    ) -> tuple[OrganizationId, Integration] | None:
        """Of whatever organisation; nor this."""

    async def heartbeat(self, id: str) -> tuple[OrganizationId, Heartbeat] | None:
        """Of whatever organisation, unless it was deleted."""

    async def slack_user(
        self, organization_id: OrganizationId, team: TeamId, user: SlackUserId
    ) -> User | None: ...

    async def user_with_email(self, organization_id: OrganizationId, email: str) -> User | None: ...

    async def users_with_email(self, email: str) -> list[tuple[OrganizationId, User]]:
        """Of every organisation, but for the deleted; who was added first comes first."""

    async def session(self, id: SessionId) -> tuple[OrganizationId, Session, User] | None:
        """With whom it is of."""

    async def invitation(self, hash: str) -> tuple[OrganizationId, Invitation] | None: ...

    async def password_reset(self, hash: str) -> tuple[OrganizationId, PasswordReset] | None: ...

    async def calendar_feed(self, token_hash: str) -> OrganizationId | None:
        """Whose calendar the token opens."""

    def new_organization_id(self) -> OrganizationId:
        """For one that is about to be added."""

    async def touch_api_key(self, id: ApiKeyId, at: datetime) -> None:
        """Note its last use; may be late or skipped, is never waited for."""


class Health(Protocol):
    async def check(self) -> None:
        """Returns when the database answers; raises `Unavailable` otherwise."""
