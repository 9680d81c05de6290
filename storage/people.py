"""People as they are shown beside something, by their ids."""

from collections.abc import Iterable

from sqlalchemy import bindparam, select

from core.domain.ids import OrganizationId
from core.views import Person
from storage.connection import Connection
from storage.expressions import Beside, OneOf
from storage.mapping import Mapping
from storage.statements import Statement
from storage.tables import users

PERSON = Mapping(Person)
PEOPLE = Statement(
    select(*PERSON.columns(users)).where(
        Beside(users.c.organization_id) == bindparam("organization"), OneOf(users.c.id, "ids")
    )
)


async def people_of(
    connection: Connection, organization_id: OrganizationId, ids: Iterable[str | None]
) -> dict[str, Person]:
    """By id; who is not there is left out."""
    wanted = sorted({id for id in ids if id})
    if not wanted:
        return {}
    rows = await connection.fetch(PEOPLE, {"organization": organization_id, "ids": wanted})
    return {person.id: person for person in map(PERSON.value, rows)}
