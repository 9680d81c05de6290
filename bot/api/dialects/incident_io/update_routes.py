"""`/v2/incident_updates`: what was told of incidents, and how they stood by it."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from aiohttp import web

from bot.api.answers import answer
from bot.api.dialects.incident_io import editing
from bot.api.dialects.incident_io import incident_operations as operations
from bot.api.dialects.incident_io.incident_wire import incident_update
from bot.api.dialects.incident_io.intake import Intake
from bot.api.dialects.incident_io.paging import meta
from bot.api.dialects.incident_io.reading import IncidentReading
from bot.api.dialects.incident_io.vocabulary import Vocabulary
from bot.api.doors import Doors
from bot.api.entity_tags import expected_version
from bot.api.operations import Call
from bot.api.renaming import renaming
from core.domain.ids import OrganizationId
from core.domain.update import StatusUpdate
from core.views import UpdateQuery


class Updates:
    def __init__(self, doors: Doors, vocabulary: Vocabulary) -> None:
        self._doors = doors
        self._vocabulary = vocabulary
        self._reading = IncidentReading(doors, vocabulary)

    def register(self) -> None:
        self._doors.server.add(operations.LIST_UPDATES, self.list)
        self._doors.server.add(operations.CREATE_UPDATE, self.create)

    async def list(self, call: Call) -> web.Response:
        organization_id, query = call.client.organization_id, call.query
        of = None
        if query.incident_id:
            row = await self._reading.meant(call.client, query.incident_id, field="incident_id")
            of = row.id
        page = await self._doors.seen_by(call.client).updates(
            organization_id, UpdateQuery(incident_id=of, limit=query.page_size, after=query.after)
        )
        last = page.updates[-1].id if page.updates and page.more else None
        return answer(
            {
                "incident_updates": await _shown(self._vocabulary, organization_id, page.updates),
                "pagination_meta": meta(query.page_size, last),
            }
        )

    async def create(self, call: Call) -> web.Response:
        organization_id, caller, wish = call.client.organization_id, call.client.caller, call.body
        row = await self._reading.meant(call.client, wish.incident_id, field="incident_id")
        terms = await self._reading.terms(organization_id, [row])
        intake = Intake(self._vocabulary, organization_id)
        command = await editing.update(wish, row, terms, caller, intake)
        condition = expected_version(call.request, row.version)
        with renaming(editing.UPDATE_FIELDS):
            made = await self._doors.bus.execute(replace(command, expected_version=condition))
        update = await self._doors.seen_by(call.client).update(organization_id, made.id)
        (shown,) = await _shown(self._vocabulary, organization_id, [update])
        return answer({"incident_update": shown}, status=201)


async def _shown(
    vocabulary: Vocabulary, organization_id: OrganizationId, updates: Iterable[StatusUpdate]
) -> list[dict[str, Any]]:
    terms = await vocabulary.whole(organization_id)
    return [incident_update(update, terms) for update in updates]
