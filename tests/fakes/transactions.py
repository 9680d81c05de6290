"""Transactions on copies of rows: what a work did replaces the rows, or is thrown away."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeAlias, TypeVar

from core.domain.events import Event
from core.domain.ids import EntryId, OrganizationId
from core.domain.incident import Incident
from core.domain.policy import Policy
from core.domain.reminding import MINDED, Happened
from core.domain.subscription import Subscription
from core.domain.webhook_endpoint import WebhookEndpoint
from core.effects import Effect, FanOutEvent, TellSubscribers
from core.errors import Conflict
from core.ports import Clock, NewId, Processed, Work
from core.ports.records import K
from core.reactions import effects_of
from core.usecases.reminding import remind
from core.usecases.settings import has_digest
from core.views import TimelineEntry
from tests.fakes.accounts import (
    FakeApiKeys,
    FakeInvitations,
    FakeOrganizations,
    FakePasswordResets,
    FakeSessions,
    FakeUsers,
)
from tests.fakes.alert_notes import FakeAlertNotes
from tests.fakes.alerts import FakeAlerts
from tests.fakes.calendar_feeds import FakeCalendarFeeds
from tests.fakes.inbox import FakeDeliveries, FakeInbox
from tests.fakes.likenesses import FakeLikenesses
from tests.fakes.maintenances import FakeMaintenances
from tests.fakes.outbox import FakeOutbox
from tests.fakes.records import FakeRecords
from tests.fakes.repositories import (
    FakeIncidents,
    FakeIntegrations,
    FakeNotes,
    FakeServices,
    FakeTimeline,
    FakeUpdates,
)
from tests.fakes.rows import OrganizationRows, Rows
from tests.fakes.timers import FakeTimers
from tests.fakes.webhooks import FakeWebhookDeliveries

R = TypeVar("R")
React: TypeAlias = Callable[[OrganizationId, Event, EntryId], list[Effect]]


def everything_follows(_: OrganizationId, event: Event, entry_id: EntryId) -> list[Effect]:
    """The default of `react`."""
    return effects_of(event, entry_id)


class FakeProcessed:
    def __init__(self, rows: OrganizationRows) -> None:
        self._rows = rows

    async def find(self, key: str) -> Processed | None:
        return self._rows.processed.get(key)

    async def add(self, processed: Processed, at: object) -> None:
        if processed.key in self._rows.processed:
            raise Conflict("This idempotency key was taken meanwhile.")
        self._rows.processed[processed.key] = processed


class FakeUnitOfWork:
    def __init__(
        self,
        all: Rows,
        id: OrganizationId,
        deliveries: FakeDeliveries,
        new_id: NewId,
        policy: Policy,
        react: React,
    ) -> None:
        self.rows = rows = all.of(id).copied()
        self.effects: list[Effect] = []
        self.minded: list[Happened] = []
        self.incidents = FakeIncidents(rows, self._happened)
        self.updates = FakeUpdates(rows)
        self.notes = FakeNotes(rows)
        self.services = FakeServices(rows, self._record)
        self.maintenances = FakeMaintenances(rows, self._record)
        self.webhook_deliveries = FakeWebhookDeliveries(rows, self.effects.append)
        self.calendar_feeds = FakeCalendarFeeds(rows, self._record)
        self.organizations = FakeOrganizations(id, rows, all, self._record)
        self.users = FakeUsers(rows, all, self._record)
        self.invitations = FakeInvitations(rows, self._record)
        self.sessions = FakeSessions(rows)
        self.password_resets = FakePasswordResets(rows)
        self.api_keys = FakeApiKeys(rows, self._record)
        self.integrations = FakeIntegrations(rows, self._record)
        self.alerts = FakeAlerts(rows)
        self.alert_notes = FakeAlertNotes(rows)
        self.timers = FakeTimers(rows)
        self.likenesses = FakeLikenesses(rows, self._record)
        self.timeline = FakeTimeline(rows)
        self.deliveries = deliveries
        self.processed = FakeProcessed(rows)
        self.new_id = new_id
        self.policy = policy
        self._id, self._react = id, react

    def records(self, kind: type[K]) -> FakeRecords[K]:
        return FakeRecords(kind, self.rows, self._record)

    def _happened(self, event: Event, incident: Incident) -> None:
        if type(event) in MINDED:
            self.minded.append((event, incident))
        self._record(event)

    def _record(self, event: Event) -> None:
        id, number = EntryId(self.new_id("ent")), len(self.rows.timeline) + 1
        entry = TimelineEntry(id=id, at=event.at, event=event, number=number)
        self.rows.timeline.append(entry)
        self.effects += self._react(self._id, event, entry.id)

    async def finish(self) -> None:
        """Nobody is told where there is nobody to tell; people are reminded in time."""
        await remind(self.minded, self)
        endpoints = (one for one in self.rows.records.values() if isinstance(one, WebhookEndpoint))
        if all(one.deleted_at for one in endpoints):
            self.effects = [one for one in self.effects if not isinstance(one, FanOutEvent)]
        if not (await self.records(Subscription).all() or await has_digest(self)):
            self.effects = [one for one in self.effects if not isinstance(one, TellSubscribers)]


@dataclass(slots=True, kw_only=True)
class FakeTransactions:
    rows: Rows
    outbox: FakeOutbox
    inbox: FakeInbox
    clock: Clock
    new_id: NewId
    on_effects: Callable[[], None] = field(default=lambda: None)
    policy: Policy = field(default_factory=Policy)
    react: React = everything_follows

    async def run(self, organization_id: OrganizationId, work: Work[R]) -> R:
        deliveries = FakeDeliveries(organization_id, self.inbox)
        uow = FakeUnitOfWork(
            self.rows, organization_id, deliveries, self.new_id, self.policy, self.react
        )
        result = at_once(work(uow))
        at_once(uow.finish())
        self._commit(organization_id, uow)
        return result

    def _commit(self, organization_id: OrganizationId, uow: FakeUnitOfWork) -> None:
        self.rows.of_organization[organization_id] = uow.rows
        if uow.rows.organization:
            self.rows.organizations[organization_id] = uow.rows.organization
        self.rows.commits += 1
        self.inbox.rows |= uow.deliveries.dealt_with
        for effect in uow.effects:
            self.outbox.add(organization_id, effect, self.clock())
        if uow.effects:
            self.on_effects()


def at_once(work: Awaitable[R]) -> R:
    """The result of a work that waits for nothing, as the contract demands of every work."""
    steps = work.__await__()
    try:
        next(steps)
    except StopIteration as done:
        result: R = done.value
        return result
    steps.close()
    raise RuntimeError("A work waited for something besides its unit of work.")
