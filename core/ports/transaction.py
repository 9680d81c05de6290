"""What a use case finds inside its transaction: one repository per noun."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeAlias, TypeVar

from core.domain.alert import AlertGroup, Episode, Fingerprint, GroupKey
from core.domain.events import Event
from core.domain.ids import (
    DeliveryId,
    EpisodeId,
    IncidentId,
    IntegrationId,
    MaintenanceId,
    NoteId,
    OrganizationId,
    ServiceId,
)
from core.domain.incident import Incident
from core.domain.integration import Integration
from core.domain.policy import Policy
from core.domain.service import Service
from core.domain.update import Note, StatusUpdate
from core.ports.accounts import (
    ApiKeys,
    Invitations,
    Organizations,
    PasswordResets,
    Sessions,
    Users,
)
from core.ports.calendar_feeds import CalendarFeeds
from core.ports.likenesses import Likenesses
from core.ports.maintenances import Maintenances
from core.ports.moment import NewId
from core.ports.records import K, Records
from core.ports.timers import Timers
from core.ports.webhooks import WebhookDeliveries
from core.views import (
    TimelineEntry,
)

R = TypeVar("R")


class Incidents(Protocol):
    async def next_number(self) -> int:
        """The n of the next `INC-n`: gapless, never given twice, taken back on rollback."""

    async def get(self, id: IncidentId) -> Incident:
        """The incident, or `NotFound`; a deleted one is not found."""

    async def save(self, incident: Incident, *, because: Event | None) -> Incident:
        """Store it and the reason; `because=None` stores nothing and returns it unchanged.

        Raises `Conflict` if another version was stored first.
        """


class Updates(Protocol):
    async def add(self, update: StatusUpdate) -> None: ...


class Notes(Protocol):
    async def get(self, id: NoteId) -> Note:
        """The note, or `NotFound`."""

    async def add(self, note: Note) -> None: ...


class Services(Protocol):
    async def get(self, id: ServiceId) -> Service:
        """The service, or `NotFound`."""

    async def named(self, name: str) -> Service | None:
        """By name, whatever the case."""

    async def known(self, ids: Iterable[ServiceId]) -> frozenset[ServiceId]:
        """Those of `ids` that exist."""

    async def save(self, service: Service, *, because: Event) -> Service: ...


class Integrations(Protocol):
    async def get(self, id: IntegrationId) -> Integration:
        """The integration, or `NotFound`."""

    async def save(self, integration: Integration, *, because: Event) -> Integration: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SuppressedCount:
    """Of one window: all that were suppressed, and those that still fire. `names` are what some
    of those that ended say, first started first."""

    total: int = 0
    firing: int = 0
    names: tuple[str, ...] = ()


class Alerts(Protocol):
    async def get(self, id: EpisodeId) -> Episode:
        """The episode, or `NotFound`."""

    async def latest(
        self, integration_id: IntegrationId, fingerprints: Sequence[Fingerprint]
    ) -> dict[Fingerprint, Episode]:
        """Per fingerprint, the episode with the latest start; absent where there is none.

        Nobody else ends one of them before this transaction does, or is told `Conflict`.
        """

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


class Timeline(Protocol):
    async def entries(self, incident_id: IncidentId) -> list[TimelineEntry]:
        """What happened to the incident, oldest first."""

    async def of_maintenance(self, id: MaintenanceId) -> list[TimelineEntry]:
        """What happened to the window, oldest first."""


class Deliveries(Protocol):
    async def settle(self, id: DeliveryId, at: datetime) -> bool:
        """Mark an inbox row as triaged; False if somebody did already."""

    async def refuse(self, id: DeliveryId, reason: str, at: datetime) -> bool:
        """Put an inbox row aside with a reason; False if it was dealt with already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Processed:
    """A request that was carried out under an idempotency key."""

    key: str
    fingerprint: str
    subject_id: str


class ProcessedRequests(Protocol):
    async def find(self, key: str) -> Processed | None: ...

    async def add(self, processed: Processed, at: datetime) -> None:
        """Remember it in this transaction; `Conflict` if the key was taken meanwhile."""


class UnitOfWork(Protocol):
    """One transaction of one organisation. The bus alone decides that it lasts."""

    @property
    def incidents(self) -> Incidents: ...
    @property
    def updates(self) -> Updates: ...
    @property
    def notes(self) -> Notes: ...
    @property
    def services(self) -> Services: ...
    @property
    def maintenances(self) -> Maintenances: ...
    @property
    def calendar_feeds(self) -> CalendarFeeds: ...
    @property
    def webhook_deliveries(self) -> WebhookDeliveries: ...
    @property
    def users(self) -> Users: ...
    @property
    def api_keys(self) -> ApiKeys: ...
    @property
    def organizations(self) -> Organizations: ...
    @property
    def invitations(self) -> Invitations: ...
    @property
    def sessions(self) -> Sessions: ...
    @property
    def password_resets(self) -> PasswordResets: ...
    @property
    def integrations(self) -> Integrations: ...
    @property
    def alerts(self) -> Alerts: ...
    @property
    def timers(self) -> Timers: ...
    @property
    def likenesses(self) -> Likenesses: ...
    @property
    def timeline(self) -> Timeline: ...
    @property
    def deliveries(self) -> Deliveries: ...
    @property
    def processed(self) -> ProcessedRequests: ...
    @property
    def new_id(self) -> NewId: ...
    @property
    def policy(self) -> Policy:
        """What this installation decides."""

    def records(self, kind: type[K]) -> Records[K]:
        """The repository of a plain noun."""


Work: TypeAlias = Callable[[UnitOfWork], Awaitable[R]]
"""What is done inside a transaction. It may be run again from the start, so it has no other
effect than through its unit of work, and awaits nothing else."""


class Transactions(Protocol):
    async def run(self, organization_id: OrganizationId, work: Work[R]) -> R:
        """Do `work` in one transaction and commit it, with the timeline entries and outbox rows
        that follow from the events saved; anything raised undoes all of `work`.

        Waiting works may share a commit (group commit); each succeeds or fails alone.
        Raises `Conflict` when another writer won, `Unavailable` when the database is too busy.
        """
