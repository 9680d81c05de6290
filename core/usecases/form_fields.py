"""Use case on the fields of an organisation's own that the form to declare asks for."""

from datetime import datetime

from core import commands as c
from core.commands.settings import AddFormField, EditIncidentSettings
from core.domain.custom_field import CustomField, FieldType
from core.domain.incident_settings import FormField
from core.errors import InvalidInput
from core.language import say
from core.ports import UnitOfWork
from core.usecases import custom_fields, settings_changes
from core.usecases.settings import settings_in

MOST_OPTIONS = 100
"""As many as a select of Slack can have; more are added over the API, and searched for."""


async def add(command: AddFormField, uow: UnitOfWork, now: datetime) -> CustomField:
    options = _options(command)
    new = c.AddCustomField(
        caller=command.caller,
        name=command.name,
        type=command.type,
        description=command.description,
    )
    field = await custom_fields.add(new, uow, now)
    for place, value in enumerate(options):
        option = c.AddFieldOption(
            caller=command.caller, field_id=field.id, value=value, sort_key=place
        )
        await _added(option, uow, now)
    known = {one.id for one in await uow.records(CustomField).all()} | {field.id}
    asked = [one for one in (await settings_in(uow, now)).form_fields if one.field_id in known]
    last = FormField(field_id=field.id, required=command.required)
    change = EditIncidentSettings(caller=command.caller, form_fields=(*asked, last))
    await settings_changes.edit(change, uow, now)
    return field


async def _added(option: c.AddFieldOption, uow: UnitOfWork, now: datetime) -> None:
    try:
        await custom_fields.add_option(option, uow, now)
    except InvalidInput as refusal:
        raise refusal.renamed({"value": "options"}) from refusal


def _options(command: AddFormField) -> tuple[str, ...]:
    """Once each, whatever the case."""
    written = {one.strip().casefold(): one.strip() for one in command.options if one.strip()}
    selects = command.type in (FieldType.SINGLE_SELECT, FieldType.MULTI_SELECT)
    if selects and not written:
        message = say("Write what there is to choose from, one on each line.")
        raise InvalidInput(message, field="options")
    if written and not selects:
        message = say("A field of this type has nothing to choose from; leave this empty.")
        raise InvalidInput(message, field="options")
    if len(written) > MOST_OPTIONS:
        message = say("Write at most {most} to choose from.", most=MOST_OPTIONS)
        raise InvalidInput(message, field="options")
    return tuple(written.values())
