"""What the organisation's own fields say of an incident, in words."""

from collections.abc import Iterable

from sqlalchemy import bindparam, select

from core.domain.custom_field import CustomField, FieldOption, said_of
from core.domain.ids import OrganizationId
from core.domain.incident import Incident
from storage.connection import Connection
from storage.expressions import Beside, OneOf
from storage.records import RECORD_COLUMNS, record_of
from storage.statements import Row, Statement
from storage.tables import records

_THESE = Statement(
    select(*RECORD_COLUMNS).where(
        Beside(records.c.organization_id) == bindparam("organization"),
        records.c.noun == bindparam("noun"),
        records.c.deleted_at.is_(None),
        OneOf(records.c.id, "ids"),
    )
)


async def own_fields_of(
    connection: Connection, organization_id: OrganizationId, incident: Incident
) -> dict[str, tuple[str, ...]]:
    """By their names, without fields and options that were deleted since."""
    entries = incident.fields
    if not entries:
        return {}

    async def these(noun: str, ids: Iterable[str]) -> list[Row]:
        which = {"organization": organization_id, "noun": noun, "ids": sorted(set(ids))}
        return await connection.fetch(_THESE, which)

    rows = await these(CustomField.NOUN, (one.field_id for one in entries))
    fields = {one.id: one for one in (record_of(CustomField, row) for row in rows)}
    selected = [
        id
        for one in entries
        if one.field_id in fields and fields[one.field_id].type.selects
        for id in one.values
    ]
    chosen = await these(FieldOption.NOUN, selected) if selected else []
    return said_of(entries, fields, (record_of(FieldOption, row) for row in chosen))
