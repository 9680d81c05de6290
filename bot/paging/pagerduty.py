"""PagerDuty's Events API, version 2: alerts and changes, answered as PagerDuty answers them."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from aiohttp import web

from bot.alert_bodies.pagerduty import BODIES, ChangeBody, EventBody
from bot.paging.switchboard import Ringing, Switchboard
from bot.web.bodies import json_of, read_body
from bot.web.problems import refusal
from bot.web.validation import checked

SOURCE = "pagerduty"
ROUTING_KEY = "routing_key"
HEADER = "X-Routing-Key"
PLACES = ("/pagerduty", "/api/integrations/pagerduty")


class PagerDuty:
    def __init__(self, switchboard: Switchboard) -> None:
        self._switchboard = switchboard

    def register(self, app: web.Application) -> None:
        for place in PLACES:
            app.router.add_post(f"{place}/v2/enqueue", self.enqueue)
            app.router.add_post(f"{place}/v2/change/enqueue", self.change)

    async def enqueue(self, request: web.Request) -> web.Response:
        sent = await self._object(request)
        ringing = await self._ringing(request, sent)
        event = checked(_body_of(sent), sent)
        key = event.dedup_key or uuid4().hex
        await self._switchboard.keep(ringing, {**_told(sent), "dedup_key": key})
        return _processed("Event processed", dedup_key=key)

    async def change(self, request: web.Request) -> web.Response:
        sent = await self._object(request)
        ringing = await self._ringing(request, sent)
        checked(ChangeBody, sent)
        await self._switchboard.keep(ringing, {"change": _told(sent)})
        return _processed("Change event processed")

    async def _object(self, request: web.Request) -> dict[str, Any]:
        value = json_of(await read_body(request, self._switchboard.around.reading))
        if not isinstance(value, dict):
            raise refusal(400, "invalid_value", "The body must be a JSON object.")
        return value

    async def _ringing(self, request: web.Request, sent: Mapping[str, Any]) -> Ringing:
        given = sent.get(ROUTING_KEY) or request.headers.get(HEADER)
        token = given.strip() if isinstance(given, str) else None
        ringing = await self._switchboard.of_token(token, SOURCE)
        if ringing is None:
            message = (
                "This routing_key opens no alert source of the kind pagerduty."
                if token
                else "“routing_key” is missing; it is the token of an alert source."
            )
            raise refusal(400, "invalid_routing_key", message, field=ROUTING_KEY)
        return ringing


def _body_of(sent: Mapping[str, Any]) -> type[EventBody]:
    action = sent.get("event_action")
    return BODIES.get(action.strip().lower(), EventBody) if isinstance(action, str) else EventBody


def _told(sent: Mapping[str, Any]) -> dict[str, Any]:
    """A token is a secret, and who sent it is known by now."""
    return {name: value for name, value in sent.items() if name != ROUTING_KEY}


def _processed(message: str, **more: str) -> web.Response:
    return web.json_response({"status": "success", "message": message, **more}, status=202)
