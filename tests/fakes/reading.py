"""The read models, computed from the rows each time they are asked."""

from dataclasses import dataclass

from core.domain.account import ApiKey, User
from core.domain.ids import ChannelId, EntryId, IncidentId, OrganizationId
from core.domain.incident import Incident
from core.domain.service import Service
from core.domain.update import StatusUpdate
from core.errors import NotFound
from core.views import (
    IncidentCard,
    IncidentPage,
    IncidentQuery,
    IncidentRecord,
    TimelineEntry,
)
from tests.fakes.repositories import entries_of
from tests.fakes.rows import Rows
from tests.fakes.showing import card_of, row_of


@dataclass(frozen=True, slots=True)
class FakeReadModels:
    rows: Rows

    async def stamp(self) -> int | None:
        return self.rows.commits

    async def incidents(
        self, organization_id: OrganizationId, query: IncidentQuery
    ) -> IncidentPage:
        rows = self.rows.of(organization_id)
        matching = [i for i in rows.incidents.values() if _matches(i, query)]
        newest_first = sorted(matching, key=_position, reverse=True)
        after = query.after
        rest = (
            [i for i in newest_first if _position(i) < after]
            if after
            else newest_first[query.offset :]
        )
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
            if not incident.deleted_at and (
                id_or_reference in names or id_or_reference.upper() == incident.reference
            ):
                return IncidentRecord(
                    row=row_of(incident, rows),
                    created_by_name=incident.created_by_name,
                    updates=tuple(u for u in rows.updates.values() if u.incident_id == incident.id),
                )
        raise NotFound(f"There is no incident {id_or_reference}.")

    async def card(self, organization_id: OrganizationId, id: IncidentId) -> IncidentCard:
        rows = self.rows.of(organization_id)
        if id not in rows.incidents:
            raise NotFound(f"There is no incident {id}.")
        return card_of(rows.incidents[id], rows)

    async def in_channel(
        self, organization_id: OrganizationId, channel_id: ChannelId
    ) -> IncidentId | None:
        rows = self.rows.of(organization_id)
        return next((i.id for i in rows.incidents.values() if i.channel_id == channel_id), None)

    async def timeline(
        self, organization_id: OrganizationId, id: IncidentId
    ) -> list[TimelineEntry]:
        return entries_of(self.rows.of(organization_id), id)

    async def entry(self, organization_id: OrganizationId, id: EntryId) -> TimelineEntry:
        for entry in self.rows.of(organization_id).timeline:
            if entry.id == id:
                return entry
        raise NotFound(f"There is no timeline entry {id}.")

    async def update(self, organization_id: OrganizationId, id: str) -> StatusUpdate:
        updates = self.rows.of(organization_id).updates
        if id not in updates:
            raise NotFound(f"There is no update {id}.")
        return updates[id]

    async def services(self, organization_id: OrganizationId) -> list[Service]:
        services = self.rows.of(organization_id).services.values()
        return sorted(services, key=lambda service: service.name)

    async def users(self, organization_id: OrganizationId) -> list[User]:
        return sorted(self.rows.of(organization_id).users.values(), key=lambda user: user.name)

    async def api_keys(self, organization_id: OrganizationId) -> list[ApiKey]:
        keys = self.rows.of(organization_id).api_keys.values()
        return sorted(keys, key=lambda key: (key.created_at, key.id), reverse=True)


def _position(incident: Incident) -> tuple[object, str]:
    return incident.created_at, incident.id


def _matches(incident: Incident, query: IncidentQuery) -> bool:
    text = f"{incident.title}\n{incident.description}".lower()
    return (
        not incident.deleted_at
        and (not query.states or incident.state in query.states)
        and (not query.severities or incident.severity in query.severities)
        and (query.service_id is None or query.service_id in incident.service_ids)
        and (query.assignee_id is None or query.assignee_id == incident.assignee_id)
        and query.search.lower() in text
    )
