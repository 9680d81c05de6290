"""The read models, computed from the rows each time they are asked."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Self

from core.domain.account import ApiKey, Organization, User
from core.domain.ids import ChannelId, EntryId, IncidentId, OrganizationId
from core.domain.incident import Incident
from core.domain.integration import Integration
from core.domain.invitation import Invitation
from core.domain.plan import Plan
from core.domain.service import Service
from core.domain.state import State
from core.domain.update import Note, StatusUpdate
from core.domain.viewer import EVERYTHING, Viewer
from core.errors import InvalidInput, NotFound
from core.language import say
from core.ports import RecordPage, RecordQuery
from core.ports.records import K
from core.views import (
    IncidentCard,
    IncidentPage,
    IncidentQuery,
    IncidentRecord,
    TimelineEntry,
    TimelineQuery,
    TimelineStretch,
    UpdatePage,
    UpdateQuery,
)
from tests.fakes.alert_reading import FakeAlertReads
from tests.fakes.conditions import meets
from tests.fakes.inbox import FakeInboxReads
from tests.fakes.likeness_reading import FakeLikenessReads
from tests.fakes.maintenance_reading import FakeMaintenanceReads
from tests.fakes.privacy import apart, as_seen, hidden_from, hidden_names
from tests.fakes.records import kept, one, page
from tests.fakes.repositories import entries_of
from tests.fakes.rows import Rows
from tests.fakes.showing import card_of, row_of, those_seen, windows_of
from tests.fakes.stretches import stretch_of
from tests.fakes.webhooks import FakeWebhookReads


@dataclass(frozen=True, slots=True)
class FakeReadModels(
    FakeInboxReads, FakeAlertReads, FakeLikenessReads, FakeMaintenanceReads, FakeWebhookReads
):
    rows: Rows
    viewer: Viewer = field(default=EVERYTHING, kw_only=True)

    def seen_by(self, viewer: Viewer) -> Self:
        return replace(self, viewer=viewer)

    async def hidden_among(
        self, organization_id: OrganizationId, ids: Collection[str]
    ) -> frozenset[str]:
        return hidden_names(self.viewer, self.rows.of(organization_id)) & frozenset(ids)

    async def stamp(self) -> int | None:
        return self.rows.commits

    async def incidents(
        self, organization_id: OrganizationId, query: IncidentQuery
    ) -> IncidentPage:
        rows = self.rows.of(organization_id)
        known = [i for i in rows.incidents.values() if self.viewer.sees(i)]
        matching = [i for i in known if _matches(i, query)]
        listed = sorted(matching, key=_position, reverse=not query.oldest_first)
        after = query.after
        rest = [i for i in listed if _beyond(i, query)] if after else listed[query.offset :]
        shown = rest[: query.limit]
        return IncidentPage(
            rows=tuple(row_of(i, rows) for i in shown),
            total=len(matching),
            more=len(rest) > len(shown),
        )

    async def incident(
        self, organization_id: OrganizationId, id_or_reference: str
    ) -> IncidentRecord:
        rows = self.rows.of(organization_id)
        for incident in rows.incidents.values():
            names = (incident.id, incident.reference)
            if self._shows(incident) and (
                id_or_reference in names or id_or_reference.upper() == incident.reference
            ):
                return IncidentRecord(
                    row=row_of(incident, rows),
                    created_by_name=incident.created_by_name,
                    updates=tuple(u for u in rows.updates.values() if u.incident_id == incident.id),
                    windows=windows_of(incident, rows),
                    merged_into=those_seen([incident.merged_into], rows, self.viewer).get(
                        incident.merged_into or ""
                    ),
                )
        raise NotFound(say("There is no incident {id}.", id=id_or_reference))

    async def card(self, organization_id: OrganizationId, id: IncidentId) -> IncidentCard:
        rows = self.rows.of(organization_id)
        if id not in rows.incidents or not self.viewer.sees(rows.incidents[id]):
            raise NotFound(say("There is no incident {id}.", id=id))
        return card_of(rows.incidents[id], rows, self.viewer)

    async def in_channel(
        self, organization_id: OrganizationId, channel_id: ChannelId
    ) -> IncidentId | None:
        rows = self.rows.of(organization_id)
        own = [i for i in rows.incidents.values() if i.channel_id == channel_id]
        return next((i.id for i in own if self.viewer.sees(i)), None)

    async def timeline(
        self, organization_id: OrganizationId, id: IncidentId
    ) -> list[TimelineEntry]:
        rows = self.rows.of(organization_id)
        entries = [] if id in hidden_from(self.viewer, rows) else entries_of(rows, id)
        return as_seen(self.viewer, rows, entries)

    async def timeline_named(
        self, organization_id: OrganizationId, id: IncidentId, entry_ids: Collection[str]
    ) -> list[TimelineEntry]:
        return [one for one in await self.timeline(organization_id, id) if one.id in entry_ids]

    async def timeline_stretch(
        self, organization_id: OrganizationId, id: IncidentId, query: TimelineQuery
    ) -> TimelineStretch:
        return stretch_of(await self.timeline(organization_id, id), query)

    async def entry(self, organization_id: OrganizationId, id: EntryId) -> TimelineEntry:
        rows = self.rows.of(organization_id)
        hidden = hidden_from(self.viewer, rows)
        for entry in rows.timeline:
            if entry.id == id and getattr(entry.event, "incident_id", None) not in hidden:
                return as_seen(self.viewer, rows, [entry])[0]
        raise NotFound(say("There is no timeline entry {id}.", id=id))

    async def update(self, organization_id: OrganizationId, id: str) -> StatusUpdate:
        rows = self.rows.of(organization_id)
        updates = rows.updates
        if id not in updates or updates[id].incident_id in hidden_from(self.viewer, rows):
            raise NotFound(say("There is no update {id}.", id=id))
        return updates[id]

    async def updates(self, organization_id: OrganizationId, query: UpdateQuery) -> UpdatePage:
        rows = self.rows.of(organization_id)
        newest_first = list(rows.updates.values())[::-1]
        if query.after is not None:
            places = [str(update.id) for update in newest_first]
            if query.after not in places:
                raise InvalidInput(
                    say("There is no update {after}.", after=query.after), field="after"
                )
            newest_first = newest_first[places.index(query.after) + 1 :]
        matching = [
            update
            for update in newest_first
            if query.incident_id in (None, update.incident_id)
            and self._shows(rows.incidents[update.incident_id])
        ]
        return UpdatePage(updates=tuple(matching[: query.limit]), more=len(matching) > query.limit)

    async def notes(self, organization_id: OrganizationId, id: IncidentId) -> list[Note]:
        rows = self.rows.of(organization_id)
        hidden = hidden_from(self.viewer, rows)
        return [n for n in rows.notes.values() if n.incident_id == id and id not in hidden]

    async def services(self, organization_id: OrganizationId) -> list[Service]:
        services = self.rows.of(organization_id).services.values()
        return sorted(services, key=lambda service: service.name)

    async def users(
        self, organization_id: OrganizationId, *, deleted_too: bool = False
    ) -> list[User]:
        people = self.rows.of(organization_id).users.values()
        there = (user for user in people if deleted_too or not user.gone)
        return sorted(there, key=lambda user: (user.name.casefold(), user.id))

    async def organization(self, organization_id: OrganizationId) -> Organization:
        if organization_id not in self.rows.organizations:
            raise NotFound(
                say("There is no organisation {organization_id}.", organization_id=organization_id)
            )
        return self.rows.organizations[organization_id]

    async def plan(self, organization_id: OrganizationId) -> Plan | None:
        return self.rows.of(organization_id).plan

    async def invitations(self, organization_id: OrganizationId) -> list[Invitation]:
        invitations = self.rows.of(organization_id).invitations.values()
        return sorted(invitations, key=lambda one: (one.created_at, one.id), reverse=True)

    async def api_keys(self, organization_id: OrganizationId) -> list[ApiKey]:
        keys = self.rows.of(organization_id).api_keys.values()
        return sorted(keys, key=lambda key: (key.created_at, key.id), reverse=True)

    async def integrations(self, organization_id: OrganizationId) -> list[Integration]:
        known = self.rows.of(organization_id).integrations.values()
        there = (one for one in known if not one.deleted_at)
        return sorted(there, key=lambda one: (one.created_at, one.id), reverse=True)

    async def record(self, organization_id: OrganizationId, kind: type[K], id: str) -> K:
        rows = self.rows.of(organization_id)
        known, hidden = one(rows, kind, id), hidden_from(self.viewer, rows)
        if known.parent_id in hidden:
            raise NotFound(say("There is no {noun} {id}.", noun=kind.NOUN, id=id))
        return apart(known, hidden)

    async def records(
        self, organization_id: OrganizationId, kind: type[K], query: RecordQuery
    ) -> RecordPage[K]:
        rows = self.rows.of(organization_id)
        hidden = hidden_from(self.viewer, rows)
        return page(
            [apart(one, hidden) for one in kept(rows, kind) if one.parent_id not in hidden], query
        )

    def _shows(self, incident: Incident) -> bool:
        return not incident.deleted_at and self.viewer.sees(incident)


def _position(incident: Incident) -> tuple[datetime, str]:
    return incident.created_at, incident.id


def _beyond(incident: Incident, query: IncidentQuery) -> bool:
    """Whether it follows the last one seen."""
    if query.after is None:
        return True
    place = _position(incident)
    return place > query.after if query.oldest_first else place < query.after


def _matches(incident: Incident, query: IncidentQuery) -> bool:
    text = f"{incident.title}\n{incident.description}".lower()
    return (
        not incident.deleted_at
        and (not query.states or incident.state in query.states)
        and (not query.severities or incident.severity in query.severities)
        and (query.service_id is None or query.service_id in incident.service_ids)
        and (query.assignee_id is None or query.assignee_id == incident.assignee_id)
        and (not query.modes or incident.mode in query.modes)
        and (not query.published_only or incident.state is not State.DRAFT)
        and (query.created_after is None or incident.created_at >= query.created_after)
        and meets(incident, query.conditions, match_any=query.match_any)
        and query.search.lower() in text
    )
