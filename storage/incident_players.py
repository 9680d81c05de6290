"""Who plays which role in an incident, by name."""

from collections.abc import Mapping

from sqlalchemy import bindparam, select

from core.domain.ids import OrganizationId
from core.domain.incident import Incident
from core.domain.incident_role import LEAD, STANDARD_ROLES, IncidentRole
from core.views import Person, Player
from storage.connection import Connection
from storage.expressions import Beside, OneOf
from storage.records import RECORD_COLUMNS, record_of
from storage.statements import Statement
from storage.tables import records

_ROLES = Statement(
    select(*RECORD_COLUMNS).where(
        Beside(records.c.organization_id) == bindparam("organization"),
        records.c.noun == IncidentRole.NOUN,
        records.c.deleted_at.is_(None),
        OneOf(records.c.id, "ids"),
    )
)


async def players_of(
    connection: Connection,
    organization_id: OrganizationId,
    incident: Incident,
    people: Mapping[str, Person],
) -> tuple[Player, ...]:
    """In the order in which they were given, without roles and people that were deleted since."""
    given = [one for one in incident.roles if one.role_id != LEAD and one.user_id in people]
    if not given:
        return ()
    names = dict(STANDARD_ROLES)
    own = sorted({one.role_id for one in given} - names.keys())
    if own:
        rows = await connection.fetch(_ROLES, {"organization": organization_id, "ids": own})
        names |= {role.id: role.name for role in (record_of(IncidentRole, row) for row in rows)}
    return tuple(
        Player(role_id=one.role_id, role=names[one.role_id], person=people[one.user_id])
        for one in given
        if one.role_id in names
    )
