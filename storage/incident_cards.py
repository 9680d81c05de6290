"""Everything one incident shows, gathered in a few queries."""

from collections.abc import Iterable

from sqlalchemy import bindparam, func, select

from core.domain.ids import IncidentId, OrganizationId, ServiceId
from core.domain.incident import Incident
from core.domain.viewer import Viewer
from core.errors import NotFound
from core.language import say
from core.views import IncidentCard, Person
from storage.connection import Connection
from storage.expressions import Beside, OneOf
from storage.incident_fields import own_fields_of
from storage.incident_lists import services_of
from storage.incident_neighbours import neighbours_of
from storage.incident_players import players_of
from storage.incident_windows import windows_of
from storage.incidents import INCIDENT
from storage.people import PERSON, people_of
from storage.statements import Row, Statement, Values
from storage.tables import alerts, incidents, service_owners, updates, users
from storage.updates import COLUMNS as UPDATE_COLUMNS
from storage.updates import update_of

MOST_LINKED = 50
"""Alerts whose links are looked through, the newest first."""

_INCIDENT = Statement(
    select(*INCIDENT.columns(incidents)).where(
        incidents.c.organization_id == bindparam("organization"),
        incidents.c.id == bindparam("incident"),
    )
)
_OWNERS = Statement(
    select(service_owners.c.service_id, *PERSON.columns(users))
    .join(users, users.c.id == service_owners.c.user_id)
    .where(
        Beside(service_owners.c.organization_id) == bindparam("organization"),
        OneOf(service_owners.c.service_id, "ids"),
    )
    .order_by(service_owners.c.position)
)
_LATEST_UPDATE = Statement(
    select(*UPDATE_COLUMNS)
    .where(
        updates.c.organization_id == bindparam("organization"),
        updates.c.incident_id == bindparam("incident"),
    )
    .order_by(updates.c.sequence.desc())
    .limit(1)
)
_of_incident = (
    Beside(alerts.c.organization_id) == bindparam("organization"),
    alerts.c.incident_id == bindparam("incident"),
)
_COUNTS = Statement(
    select(func.count(), func.count(alerts.c.ends_at)).select_from(alerts).where(*_of_incident)
)
_LINKS = Statement(
    select(alerts.c.links)
    .where(*_of_incident)
    .order_by(alerts.c.starts_at.desc(), alerts.c.id.desc())
    .limit(MOST_LINKED)
)


async def card(
    connection: Connection, organization_id: OrganizationId, id: IncidentId, viewer: Viewer
) -> IncidentCard:
    which = {"organization": organization_id, "incident": id}
    incident, services = await _seen(connection, organization_id, id, viewer)
    named = (incident.created_by, incident.assignee_id, incident.acknowledged_by)
    playing = (one.user_id for one in incident.roles)
    people = await people_of(connection, organization_id, (*named, *playing))
    latest = await connection.fetch(_LATEST_UPDATE, which)
    total, ended = (await connection.fetch(_COUNTS, which))[0]
    near = await neighbours_of(connection, organization_id, incident, viewer)
    return IncidentCard(
        incident=incident,
        related=tuple(near[id] for id in incident.related if id in near),
        merged_into=near.get(incident.merged_into or ""),
        services=services,
        creator=people.get(incident.created_by or ""),
        assignee=people.get(incident.assignee_id or ""),
        acknowledger=people.get(incident.acknowledged_by or ""),
        owners=await _owners(connection, organization_id, incident.service_ids),
        players=await players_of(connection, organization_id, incident, people),
        latest_update=update_of(latest[0]) if latest else None,
        firing=total - ended,
        alerts=total,
        links=await _links(connection, which) if total else {},
        windows=await windows_of(connection, organization_id, incident, incident.service_ids),
        own_fields=await own_fields_of(connection, organization_id, incident),
    )


async def _seen(
    connection: Connection, organization_id: OrganizationId, id: IncidentId, viewer: Viewer
) -> tuple[Incident, dict[str, str]]:
    """With its services, id → name."""
    rows = await connection.fetch(_INCIDENT, {"organization": organization_id, "incident": id})
    services = (await services_of(connection, organization_id, [id])).get(id, ()) if rows else ()
    ids = tuple(ServiceId(one) for one, _ in services)
    incident = INCIDENT.value(rows[0], service_ids=ids) if rows else None
    if incident is None or not viewer.sees(incident):
        raise NotFound(say("There is no incident {id}.", id=id))
    return incident, dict(services)


async def _owners(
    connection: Connection, organization_id: OrganizationId, service_ids: Iterable[ServiceId]
) -> tuple[Person, ...]:
    """Each once, in the order of the services and of their owners."""
    ids = list(service_ids)
    if not ids:
        return ()
    rows = await connection.fetch(_OWNERS, {"organization": organization_id, "ids": ids})
    rows.sort(key=lambda row: ids.index(row[0]))
    owners = [PERSON.value(row[1:]) for row in rows]
    return tuple({owner.id: owner for owner in owners}.values())


async def _links(connection: Connection, which: Values) -> dict[str, str]:
    """Label → URL; where several alerts give the same label, the newest is right."""
    links: dict[str, str] = {}
    rows: list[Row] = await connection.fetch(_LINKS, which)
    for (own,) in rows:
        links = {**own, **links}
    return links
