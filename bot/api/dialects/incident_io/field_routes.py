"""`/v2/custom_fields` and `/v1/custom_field_options`."""

from aiohttp import web

from bot.api.answers import answer, no_content
from bot.api.dialects.incident_io import operations, wire
from bot.api.dialects.incident_io.paging import meta, page_after
from bot.api.dialects.incident_io.vocabulary import Vocabulary
from bot.api.doors import Doors
from bot.api.operations import Call
from bot.api.record_pages import found
from core.commands import (
    AddCustomField,
    AddFieldOption,
    DeleteCustomField,
    DeleteFieldOption,
    EditCustomField,
    EditFieldOption,
)
from core.domain.custom_field import CustomField, FieldOption
from core.errors import InvalidInput


class Fields:
    def __init__(self, doors: Doors, vocabulary: Vocabulary) -> None:
        self._doors = doors
        self._vocabulary = vocabulary

    def register(self) -> None:
        operations.FIELDS.serve(self._doors.server, self)

    async def list(self, call: Call) -> web.Response:
        rows = await self._vocabulary.fields(call.client.organization_id)
        return answer({"custom_fields": [wire.custom_field(row) for row in rows.values()]})

    async def show(self, call: Call) -> web.Response:
        field = await found(self._doors, call, CustomField)
        return answer({"custom_field": wire.custom_field(field)})

    async def create(self, call: Call) -> web.Response:
        wish = call.body
        field = await self._doors.bus.execute(
            AddCustomField(
                caller=call.client.caller,
                key=call.key,
                name=wish.name,
                type=wish.field_type,
                description=wish.description,
            )
        )
        return answer({"custom_field": wire.custom_field(field)}, status=201)

    async def update(self, call: Call) -> web.Response:
        wish = call.body
        field = await self._doors.bus.execute(
            EditCustomField(
                caller=call.client.caller,
                key=call.key,
                field_id=call.params["id"],
                name=wish.name,
                description=wish.description,
            )
        )
        return answer({"custom_field": wire.custom_field(field)})

    async def delete(self, call: Call) -> web.Response:
        await self._doors.bus.execute(
            DeleteCustomField(caller=call.client.caller, key=call.key, field_id=call.params["id"])
        )
        return no_content()


class Options:
    def __init__(self, doors: Doors, vocabulary: Vocabulary) -> None:
        self._doors = doors
        self._vocabulary = vocabulary

    def register(self) -> None:
        operations.OPTIONS.serve(self._doors.server, self)

    async def list(self, call: Call) -> web.Response:
        organization_id, query = call.client.organization_id, call.query
        if query.custom_field_id not in await self._vocabulary.fields(organization_id):
            raise InvalidInput("There is no such custom field.", field="custom_field_id")
        options = await self._vocabulary.options(organization_id, query.custom_field_id)
        page, after = page_after(options, query.after, query.page_size)
        return answer(
            {
                "custom_field_options": [wire.option(one) for one in page],
                "pagination_meta": meta(query.page_size, after),
            }
        )

    async def show(self, call: Call) -> web.Response:
        option = await found(self._doors, call, FieldOption)
        return answer({"custom_field_option": wire.option(option)})

    async def create(self, call: Call) -> web.Response:
        wish = call.body
        option = await self._doors.bus.execute(
            AddFieldOption(
                caller=call.client.caller,
                key=call.key,
                field_id=wish.custom_field_id,
                value=wish.value,
                sort_key=wish.sort_key,
            )
        )
        return answer({"custom_field_option": wire.option(option)}, status=201)

    async def update(self, call: Call) -> web.Response:
        wish = call.body
        option = await self._doors.bus.execute(
            EditFieldOption(
                caller=call.client.caller,
                key=call.key,
                option_id=call.params["id"],
                value=wish.value,
                sort_key=wish.sort_key,
            )
        )
        return answer({"custom_field_option": wire.option(option)})

    async def delete(self, call: Call) -> web.Response:
        await self._doors.bus.execute(
            DeleteFieldOption(caller=call.client.caller, key=call.key, option_id=call.params["id"])
        )
        return no_content()
