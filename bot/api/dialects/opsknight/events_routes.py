"""`/api/events`: monitoring tools that speak PagerDuty's Events API, version 2."""

from typing import Any

from aiohttp import web

from bot.alert_bodies.pagerduty import BODIES, EXAMPLE, EventBody
from bot.api.alert_sources import AlertSources, Ringing, made_key
from bot.api.answers import answer
from bot.api.auth import Client
from bot.api.dialects.opsknight import wire
from bot.api.dialects.opsknight.event_shapes import EventAnswer
from bot.api.dialects.opsknight.outcomes import Outcomes
from bot.api.doors import Doors
from bot.api.operations import Access, Call, Operation, Tag
from bot.web.authorization import offered_secret, offered_token
from bot.web.problems import refusal
from bot.web.validation import checked
from core.commands import OpenEventSource
from core.domain.ids import ServiceId
from core.domain.integration import events_source_id
from core.errors import CoreError, NotFound

SOURCE = "pagerduty"
LONGEST_ID = 200
SEND = Operation(
    method="POST",
    path="/api/events",
    name="send_event",
    summary="Trigger, acknowledge or resolve an alert",
    description="Takes a key with the scope events:write and a `service_id`, or the token of an "
    "alert source as `routing_key`. It is stored before it is answered.",
    tag=Tag.OPSKNIGHT,
    needs=Access.SOURCE,
    body=EventBody,
    answers={202: EventAnswer},
    refuses=frozenset({404}),
    example=EXAMPLE,
)


class Events:
    def __init__(self, doors: Doors, sources: AlertSources, open_word: str) -> None:
        self._doors = doors
        self._sources = sources
        self._open_word = open_word
        self._outcomes = Outcomes(doors.reads)

    def register(self) -> None:
        self._doors.server.add(SEND, self.send)

    async def send(self, call: Call) -> web.Response:
        sent = await self._sources.body(call.request)
        ringing = await self._ringing(call.request, sent)
        event = _checked(sent)
        key = event.dedup_key or made_key(call.request)
        # A token is a secret, and who sent it is known by now.
        kept = {name: value for name, value in sent.items() if name != "routing_key"}
        outcome = await self._outcomes.of(ringing, event.event_action, key)
        try:
            await self._sources.store(ringing, {**kept, "dedup_key": key})
        except CoreError:
            self._outcomes.forget(ringing, key)
            raise
        return answer(wire.event(key, outcome, self._open_word), status=202)

    async def _ringing(self, request: web.Request, sent: dict[str, Any]) -> Ringing:
        """By a key of the API and a service, or by the token of a source."""
        service, routing = _text(sent, "service_id"), _text(sent, "routing_key")
        secret = offered_secret(request)
        if secret and service:
            client = await self._sources.holder(request)
            _checked(sent)  # Nothing is opened for an event that is refused.
            return await self._of_service(client, service)
        token = routing or offered_token(request)
        if ringing := await self._sources.of_token(token, SOURCE):
            return ringing
        if secret is None or routing:
            raise await self._sources.turned_away(request, token)
        await self._sources.holder(request)
        raise refusal(
            422,
            "is_required",
            "An event that comes with a key of the API needs a service_id.",
            field="service_id",
        )

    async def _of_service(self, client: Client, service: str) -> Ringing:
        if len(service) > LONGEST_ID or not service.isprintable():
            raise NotFound("There is no such service.")
        service_id = ServiceId(service)
        try:
            source = await self._doors.reads.alert_source(
                client.organization_id, events_source_id(service_id)
            )
        except NotFound:
            command = OpenEventSource(caller=client.caller, service_id=service_id)
            source = await self._doors.bus.execute(command)
        return Ringing(organization_id=client.organization_id, integration=source)


def _checked(sent: dict[str, Any]) -> EventBody:
    action = _text(sent, "event_action")
    return checked(BODIES.get(action.strip().lower(), EventBody) if action else EventBody, sent)


def _text(sent: dict[str, Any], name: str) -> str | None:
    value = sent.get(name)
    return str(value).strip() or None if isinstance(value, str | int) else None
