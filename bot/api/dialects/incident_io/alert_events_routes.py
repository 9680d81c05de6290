"""`/v2/alert_events/http/{source_id}`: events of an HTTP alert source."""

from aiohttp import web

from bot.alert_bodies.incident_io import EXAMPLE, AlertEventBody
from bot.api.alert_sources import AlertSources, Ringing, made_key
from bot.api.answers import answer
from bot.api.dialects.incident_io.alerts_shapes import AlertEventAnswer, AlertEventQuery
from bot.api.doors import Doors
from bot.api.operations import Access, Call, Operation, Tag
from bot.web.authorization import offered_secret, offered_token
from bot.web.validation import checked
from core.domain.ids import IntegrationId
from core.errors import NotFound

SOURCE = "incident_io"
SEND = Operation(
    method="POST",
    path="/v2/alert_events/http/{source_id}",
    name="alert_events_v2_create_http",
    summary="Send an event of an alert, firing or resolved",
    description="Takes a key with the scope events:write, or the token of the alert source: as a "
    "Bearer, as the password of a Basic credential or in the query. It is stored before it is "
    "answered.",
    tag=Tag.INCIDENT_IO,
    needs=Access.SOURCE,
    body=AlertEventBody,
    query=AlertEventQuery,
    answers={202: AlertEventAnswer},
    example=EXAMPLE,
)


class AlertEvents:
    def __init__(self, doors: Doors, sources: AlertSources) -> None:
        self._doors = doors
        self._sources = sources

    def register(self) -> None:
        self._doors.server.add(SEND, self.send)

    async def send(self, call: Call) -> web.Response:
        ringing = await self._ringing(call)
        sent = await self._sources.body(call.request)
        event = checked(AlertEventBody, sent)
        key = event.deduplication_key or made_key(call.request)
        await self._sources.store(ringing, {**sent, "deduplication_key": key})
        body = {
            "status": "success",
            "message": "Event accepted for processing",
            "deduplication_key": key,
        }
        return answer(body, status=202)

    async def _ringing(self, call: Call) -> Ringing:
        id = IntegrationId(call.params["source_id"])
        token = offered_token(call.request)
        if ringing := await self._sources.of_token(token, SOURCE):
            if ringing.integration.id != id:
                raise await self._sources.turned_away(call.request, token)
            return ringing
        if offered_secret(call.request) is None:
            raise await self._sources.turned_away(call.request, token)
        client = await self._sources.holder(call.request)
        source = await self._doors.reads.alert_source(client.organization_id, id)
        if source.source != SOURCE:
            raise NotFound(f"The alert source {id} is not of the kind {SOURCE}.")
        return Ringing(organization_id=client.organization_id, integration=source)
