"""Which of the organisation's own fields a form asks for."""

from collections.abc import Sequence

from bot.incident_settings import settings_of
from bot.slack.views.own_fields import MOST_ASKED, OwnField
from core.domain.custom_field import MOST_OPTIONS, CustomField, FieldOption
from core.domain.ids import OrganizationId
from core.domain.incident_settings import IncidentSettings
from core.ports import ReadModels, RecordQuery

MOST_FIELDS = 200


async def asked_at_first(
    reads: ReadModels, organization_id: OrganizationId, settings: IncidentSettings
) -> list[OwnField]:
    """Those that whoever declares an incident is asked for, in the order that was decided."""
    if not settings.form_fields:
        return []
    known = {one.id: one for one in await _fields(reads, organization_id)}
    wanted = [(one, known[one.field_id]) for one in settings.form_fields if one.field_id in known]
    return [
        await _own(reads, organization_id, custom, required=one.required)
        for one, custom in wanted[:MOST_ASKED]
    ]


async def wants_more(reads: ReadModels, organization_id: OrganizationId) -> bool:
    """Whether whoever declares an incident has to fill in any of them."""
    settings = await settings_of(reads, organization_id)
    required = {one.field_id for one in settings.form_fields if one.required}
    if not required:
        return False
    return any(one.id in required for one in await _fields(reads, organization_id))


async def asked_later(
    reads: ReadModels, organization_id: OrganizationId, settings: IncidentSettings
) -> list[OwnField]:
    """All of them, those that are asked for at first before the others; none has to be filled."""
    order = [one.field_id for one in settings.form_fields]
    customs = sorted(
        await _fields(reads, organization_id),
        key=lambda one: order.index(one.id) if one.id in order else len(order),
    )
    return [await _own(reads, organization_id, custom) for custom in customs[:MOST_ASKED]]


async def options_like(
    reads: ReadModels, organization_id: OrganizationId, field_id: str, typed: str
) -> list[FieldOption]:
    options = await _options(reads, organization_id, field_id)
    return [option for option in options if typed.casefold() in option.value.casefold()]


async def _own(
    reads: ReadModels, organization_id: OrganizationId, custom: CustomField, required: bool = False
) -> OwnField:
    options = await _options(reads, organization_id, custom.id) if custom.type.selects else []
    return OwnField(custom=custom, options=options, required=required)


async def _fields(reads: ReadModels, organization_id: OrganizationId) -> Sequence[CustomField]:
    """The oldest first."""
    page = await reads.records(organization_id, CustomField, RecordQuery(limit=MOST_FIELDS))
    return page.rows[::-1]


async def _options(
    reads: ReadModels, organization_id: OrganizationId, field_id: str
) -> list[FieldOption]:
    query = RecordQuery(parent_id=field_id, limit=MOST_OPTIONS)
    page = await reads.records(organization_id, FieldOption, query)
    return sorted(page.rows, key=lambda option: (option.sort_key, option.created_at, option.id))
