"""One transaction of one organisation: its repositories, and what follows from the events saved."""

from typing import TypeVar

from core.domain.events import Event, IncidentEvent
from core.domain.ids import EntryId, OrganizationId
from core.ports import NewId, Work
from core.reactions import effects_of
from storage.accounts import SqlApiKeys, SqlIntegrations, SqlUsers
from storage.alerts import SqlAlerts
from storage.codec import effect_text
from storage.inbox import SqlDeliveries
from storage.incidents import SqlIncidents
from storage.outbox_statements import INSERT as INTO_OUTBOX
from storage.processed import SqlProcessed
from storage.services import SqlServices
from storage.session import NEW_EFFECTS, Draft
from storage.timeline import SqlTimeline
from storage.updates import SqlUpdates
from storage.writer import Writer

R = TypeVar("R")


class SqlUnitOfWork:
    def __init__(self, draft: Draft, organization_id: OrganizationId, new_id: NewId) -> None:
        self._draft = draft
        self._organization_id = organization_id
        self.new_id = new_id
        self.incidents = SqlIncidents(draft, organization_id, self._record)
        self.updates = SqlUpdates(draft, organization_id)
        self.services = SqlServices(draft, organization_id, self._record)
        self.users = SqlUsers(draft, organization_id, self._record)
        self.api_keys = SqlApiKeys(draft, organization_id, self._record)
        self.integrations = SqlIntegrations(draft, organization_id, self._record)
        self.alerts = SqlAlerts(draft, organization_id)
        self.timeline = SqlTimeline(draft, organization_id)
        self.deliveries = SqlDeliveries(draft, organization_id)
        self.processed = SqlProcessed(draft, organization_id)

    def _record(self, event: Event) -> None:
        entry_id = EntryId(self.new_id("ent"))
        self.timeline.add(entry_id, event)
        if not isinstance(event, IncidentEvent):
            return
        for effect in effects_of(event, entry_id):
            row = {
                "organization_id": self._organization_id,
                "lane": event.incident_id,
                "kind": type(effect).__name__,
                "body": effect_text(effect),
                "due_at": event.at,
                "attempts": 0,
                "leased_until": None,
                "doubtful": False,
                "settled_at": None,
                "buried_at": None,
                "reason": "",
            }
            self._draft.stage(INTO_OUTBOX, row, ("outbox", event.incident_id), NEW_EFFECTS)


class SqlTransactions:
    def __init__(self, writer: Writer, new_id: NewId) -> None:
        self._writer = writer
        self._new_id = new_id

    async def run(self, organization_id: OrganizationId, work: Work[R]) -> R:
        async def unit(draft: Draft) -> R:
            return await work(SqlUnitOfWork(draft, organization_id, self._new_id))

        return await self._writer.submit(unit)
