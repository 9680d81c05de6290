"""Use cases on custom fields and on the options of those that have some."""

from datetime import datetime
from functools import partial

from core import commands as c
from core.domain.custom_field import (
    MAX_DESCRIPTION,
    MAX_NAME,
    MAX_OPTION,
    MOST_OPTIONS,
    CustomField,
    FieldOption,
    FieldType,
)
from core.domain.text import one_line, paragraphs
from core.errors import InvalidInput, NotFound
from core.language import say
from core.ports import UnitOfWork
from core.usecases import records
from core.usecases.standard import ranked


async def add(command: c.AddCustomField, uow: UnitOfWork, now: datetime) -> CustomField:
    field = CustomField(
        id=uow.new_id(CustomField.PREFIX),
        created_at=now,
        updated_at=now,
        name=_name(command.name),
        description=_description(command.description),
        type=_type(command.type),
    )
    return await records.add(field, uow, by=command.caller.actor, at=now)


async def edit(command: c.EditCustomField, uow: UnitOfWork, now: datetime) -> CustomField:
    before = await uow.records(CustomField).get(command.field_id)
    after = records.revised(before, command, _MAKING)
    return await records.change(before, after, uow, by=command.caller.actor, at=now)


async def delete(command: c.DeleteCustomField, uow: UnitOfWork, now: datetime) -> CustomField:
    field = await uow.records(CustomField).get(command.field_id)
    for option in await uow.records(FieldOption).children(field.id):
        await records.remove(option, uow, by=command.caller.actor, at=now)
    return await records.remove(field, uow, by=command.caller.actor, at=now)


async def add_option(command: c.AddFieldOption, uow: UnitOfWork, now: datetime) -> FieldOption:
    field = await _selecting(command.field_id, uow)
    if len(await uow.records(FieldOption).children(field.id)) >= MOST_OPTIONS:
        raise InvalidInput(
            say(
                "{name} has {most_options} options, the most possible; delete one first.",
                name=field.name,
                most_options=MOST_OPTIONS,
            ),
            field="custom_field_id",
        )
    option = FieldOption(
        id=uow.new_id(FieldOption.PREFIX),
        created_at=now,
        updated_at=now,
        field_id=field.id,
        value=_value(command.value),
        sort_key=ranked(command.sort_key, field="sort_key"),
    )
    return await records.add(option, uow, by=command.caller.actor, at=now, field="value")


async def edit_option(command: c.EditFieldOption, uow: UnitOfWork, now: datetime) -> FieldOption:
    before = await uow.records(FieldOption).get(command.option_id)
    after = records.revised(before, command, _MAKING_OPTIONS)
    return await records.change(before, after, uow, by=command.caller.actor, at=now, field="value")


async def delete_option(
    command: c.DeleteFieldOption, uow: UnitOfWork, now: datetime
) -> FieldOption:
    option = await uow.records(FieldOption).get(command.option_id)
    return await records.remove(option, uow, by=command.caller.actor, at=now)


async def _selecting(id: str, uow: UnitOfWork) -> CustomField:
    try:
        field = await uow.records(CustomField).get(id)
    except NotFound as error:
        raise InvalidInput(
            say("There is no custom field with the id {id}.", id=id[:80]), field="custom_field_id"
        ) from error
    if not field.type.selects:
        raise InvalidInput(
            say(
                "{name} is of the type {type}, which has no options.",
                name=field.name,
                type=field.type,
            ),
            field="custom_field_id",
        )
    return field


def _type(word: str) -> FieldType:
    try:
        return FieldType(word.strip().lower())
    except ValueError:
        raise InvalidInput(
            say(
                "“{word}” is not a type of field; use {fieldtype}.",
                word=word[:40],
                fieldtype=", ".join(FieldType),
            ),
            field="field_type",
        ) from None


def _name(text: str) -> str:
    return one_line(text, field="name", limit=MAX_NAME)


def _value(text: str) -> str:
    return one_line(text, field="value", limit=MAX_OPTION)


def _description(text: str) -> str:
    return paragraphs(text, field="description", limit=MAX_DESCRIPTION)


_MAKING: records.Making = {"name": _name, "description": _description}
_MAKING_OPTIONS: records.Making = {
    "value": _value,
    "sort_key": partial(ranked, field="sort_key"),
}
