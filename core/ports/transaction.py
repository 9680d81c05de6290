"""What a use case finds inside its transaction: one repository per noun."""

from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeAlias, TypeVar

from core.domain.alert_note import AlertNote
from core.domain.dependencies import Graph
from core.domain.events import Event
from core.domain.ids import (
    DeliveryId,
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
from core.domain.viewer import Viewer
from core.ports.accounts import (
    ApiKeys,
    Invitations,
    Organizations,
    PasswordResets,
    Sessions,
    Users,
)
from core.ports.alert_repository import Alerts
from core.ports.calendar_feeds import CalendarFeeds
from core.ports.likenesses import Likenesses
from core.ports.maintenances import Maintenances
from core.ports.moment import NewId
from core.ports.quiet_alerts import BrokenService
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

    async def is_kept_from(self, viewer: Viewer, id: IncidentId) -> bool:
        """Whether it is private, and the viewer may not know of it; also of a deleted one."""

    async def broken(self, service_ids: Collection[ServiceId]) -> list[BrokenService]:
        """Those of the services that have an incident which is published and goes on, each with
        the oldest one."""

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

    async def meant(self, words: Collection[str]) -> dict[str, ServiceId]:
        """By word, the service with that name, whatever the case, or with that id; absent where
        there is none."""

    async def dependencies(self) -> Graph:
        """What depends on something, with that."""

    async def save(self, service: Service, *, because: Event) -> Service: ...


class Integrations(Protocol):
    async def get(self, id: IntegrationId) -> Integration:
        """The integration, or `NotFound`."""

    async def save(self, integration: Integration, *, because: Event) -> Integration: ...


class AlertNotes(Protocol):
    async def add(self, note: AlertNote) -> None: ...


class Timeline(Protocol):
    async def entries(self, incident_id: IncidentId) -> list[TimelineEntry]:
        """What happened to the incident, oldest first."""

    async def entry(self, incident_id: IncidentId, id: str) -> TimelineEntry | None:
        """One of them, where it is; the rest is not read."""

    async def last(
        self, incident_id: IncidentId, kinds: Collection[type[Event]], *, beside: bool = False
    ) -> TimelineEntry | None:
        """The newest of these kinds, or with `beside` of all others; the rest is not read."""

    async def of_kinds(
        self, incident_id: IncidentId, kinds: Collection[type[Event]]
    ) -> list[TimelineEntry]:
        """What of these kinds happened to the incident, oldest first; the rest is not read."""

    async def of_maintenance(self, id: MaintenanceId) -> list[TimelineEntry]:
        """What happened to the window, oldest first."""


class Deliveries(Protocol):
    async def settle(self, ids: Sequence[DeliveryId], at: datetime) -> frozenset[DeliveryId]:
        """Mark inbox rows as triaged; answers those that nobody had marked."""

    async def refuse(self, id: DeliveryId, reason: str, at: datetime) -> bool:
        """Put an inbox row aside with a reason; False if it was dealt with already."""

    async def replay(self, id: DeliveryId, at: datetime) -> bool:
        """An inbox row that was dealt with waits once more, as if it came at `at`; False for any
        other."""

    async def source_of(self, id: DeliveryId) -> IntegrationId | None:
        """Who sent an inbox row; None where there is no such row."""

    async def last_heard(self, id: IntegrationId) -> datetime | None:
        """When the last inbox row of a source came; None without one."""

    async def oldest_waiting(self) -> datetime | None:
        """When the first inbox row came, or was replayed, that nobody has dealt with; None where
        none waits."""


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
    def alert_notes(self) -> AlertNotes: ...
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
