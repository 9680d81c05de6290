"""One transaction of one organisation: its repositories, and what follows from the events saved."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TypeAlias, TypeVar

from core.domain.events import Event
from core.domain.ids import EntryId, OrganizationId
from core.domain.incident import Incident
from core.domain.policy import Policy
from core.domain.reminding import MINDED, Happened
from core.domain.subscription import Subscription
from core.domain.webhook_endpoint import WebhookEndpoint
from core.effects import Effect, FanOutEvent, TellSubscribers
from core.ports import NewId, Work
from core.ports.records import K
from core.usecases.reminding import remind
from core.usecases.settings import has_digest
from storage.accounts import SqlApiKeys, SqlIntegrations, SqlUsers
from storage.alert_notes import SqlAlertNotes
from storage.alerts import SqlAlerts
from storage.calendar_feeds import SqlCalendarFeeds
from storage.codec import effect_text
from storage.deliveries import SqlDeliveries
from storage.incidents import SqlIncidents
from storage.likenesses import SqlLikenesses
from storage.maintenances import SqlMaintenances
from storage.notes import SqlNotes
from storage.organizations import SqlInvitations, SqlOrganizations
from storage.outbox_statements import INSERT as INTO_OUTBOX
from storage.processed import SqlProcessed
from storage.records import SqlRecords, has_any
from storage.search_index import SearchIndex
from storage.services import SqlServices
from storage.session import NEW_EFFECTS, Draft
from storage.sessions import SqlPasswordResets, SqlSessions
from storage.timeline import SqlTimeline
from storage.timers import SqlTimers
from storage.updates import SqlUpdates
from storage.webhooks import SqlWebhookDeliveries
from storage.writer import Writer

R = TypeVar("R")


React: TypeAlias = Callable[[OrganizationId, Event, EntryId], list[Effect]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What a transaction needs besides its data: new ids, and which effects follow from events."""

    new_id: NewId
    react: React
    policy: Policy = field(default_factory=Policy)


class SqlUnitOfWork:
    """Its repositories are made when they are first asked for: most works need two or three."""

    def __init__(self, draft: Draft, organization_id: OrganizationId, rules: Rules) -> None:
        self._draft = draft
        self._organization_id = organization_id
        self._react = rules.react
        self.new_id = rules.new_id
        self.policy = rules.policy
        self._untold: list[tuple[FanOutEvent, datetime]] = []
        self._unheard: list[tuple[TellSubscribers, datetime]] = []
        self._minded: list[Happened] = []

    @cached_property
    def incidents(self) -> SqlIncidents:
        return SqlIncidents(self._draft, self._organization_id, self._happened, self._search)

    @cached_property
    def updates(self) -> SqlUpdates:
        return SqlUpdates(self._draft, self._organization_id, self._search)

    @cached_property
    def notes(self) -> SqlNotes:
        return SqlNotes(self._draft, self._organization_id)

    @cached_property
    def services(self) -> SqlServices:
        return SqlServices(self._draft, self._organization_id, self._record)

    @cached_property
    def maintenances(self) -> SqlMaintenances:
        return SqlMaintenances(self._draft, self._organization_id, self._record)

    @cached_property
    def calendar_feeds(self) -> SqlCalendarFeeds:
        return SqlCalendarFeeds(self._draft, self._organization_id, self._record)

    @cached_property
    def webhook_deliveries(self) -> SqlWebhookDeliveries:
        return SqlWebhookDeliveries(self._draft, self._organization_id, self._follow)

    @cached_property
    def users(self) -> SqlUsers:
        return SqlUsers(self._draft, self._organization_id, self._record)

    @cached_property
    def api_keys(self) -> SqlApiKeys:
        return SqlApiKeys(self._draft, self._organization_id, self._record)

    @cached_property
    def organizations(self) -> SqlOrganizations:
        return SqlOrganizations(self._draft, self._organization_id, self._record)

    @cached_property
    def invitations(self) -> SqlInvitations:
        return SqlInvitations(self._draft, self._organization_id, self._record)

    @cached_property
    def sessions(self) -> SqlSessions:
        return SqlSessions(self._draft, self._organization_id)

    @cached_property
    def password_resets(self) -> SqlPasswordResets:
        return SqlPasswordResets(self._draft, self._organization_id)

    @cached_property
    def integrations(self) -> SqlIntegrations:
        return SqlIntegrations(self._draft, self._organization_id, self._record)

    @cached_property
    def alerts(self) -> SqlAlerts:
        return SqlAlerts(self._draft, self._organization_id)

    @cached_property
    def alert_notes(self) -> SqlAlertNotes:
        return SqlAlertNotes(self._draft, self._organization_id)

    @cached_property
    def timers(self) -> SqlTimers:
        return SqlTimers(self._draft, self._organization_id)

    @cached_property
    def likenesses(self) -> SqlLikenesses:
        return SqlLikenesses(self._draft, self._organization_id, self._record)

    @cached_property
    def timeline(self) -> SqlTimeline:
        return SqlTimeline(self._draft, self._organization_id)

    @cached_property
    def deliveries(self) -> SqlDeliveries:
        return SqlDeliveries(self._draft, self._organization_id)

    @cached_property
    def processed(self) -> SqlProcessed:
        return SqlProcessed(self._draft, self._organization_id)

    @cached_property
    def _search(self) -> SearchIndex:
        return SearchIndex(self._draft, self._organization_id)

    def records(self, kind: type[K]) -> SqlRecords[K]:
        return SqlRecords(kind, self._draft, self._organization_id, self._record, self._search)

    async def finish(self) -> None:
        """Other programs are told of what happened, where there are any: nearly nobody has some,
        and everything that happens would be carried for nothing. People are reminded in time."""
        await remind(self._minded, self)
        if self._untold and await has_any(WebhookEndpoint, self._draft, self._organization_id):
            for effect, at in self._untold:
                self._follow(effect, at)
        if self._unheard and await self._has_followers():
            for heard, at in self._unheard:
                self._follow(heard, at)

    async def _has_followers(self) -> bool:
        if await has_any(Subscription, self._draft, self._organization_id):
            return True
        return await has_digest(self)

    def _happened(self, event: Event, incident: Incident) -> None:
        if type(event) in MINDED:
            self._minded.append((event, incident))
        self._record(event)

    def _record(self, event: Event) -> None:
        entry_id = EntryId(self.new_id("ent"))
        self.timeline.add(entry_id, event)
        for effect in self._react(self._organization_id, event, entry_id):
            if isinstance(effect, FanOutEvent):
                self._untold.append((effect, event.at))
            elif isinstance(effect, TellSubscribers):
                self._unheard.append((effect, event.at))
            else:
                self._follow(effect, event.at)

    def _follow(self, effect: Effect, due_at: datetime) -> None:
        row = {
            "organization_id": self._organization_id,
            "lane": effect.subject_id,
            "kind": type(effect).__name__,
            "body": effect_text(effect),
            "due_at": due_at,
            "attempts": 0,
            "leased_until": None,
            "doubtful": False,
            "settled_at": None,
            "buried_at": None,
            "reason": "",
        }
        self._draft.stage(INTO_OUTBOX, row, ("outbox", effect.subject_id), NEW_EFFECTS)


class SqlTransactions:
    def __init__(self, writer: Writer, rules: Rules) -> None:
        self._writer = writer
        self._rules = rules

    async def run(self, organization_id: OrganizationId, work: Work[R]) -> R:
        async def unit(draft: Draft) -> R:
            uow = SqlUnitOfWork(draft, organization_id, self._rules)
            result = await work(uow)
            await uow.finish()
            return result

        return await self._writer.submit(unit)
