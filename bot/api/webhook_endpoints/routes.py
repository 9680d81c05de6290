"""`/api/v1/webhook-endpoints`: which programs are told what happens."""

from typing import Any

from aiohttp import web

from bot.api import wire_v1
from bot.api.answers import answer, no_content
from bot.api.doors import Doors
from bot.api.operations import Call
from bot.api.record_pages import found, listed
from bot.api.webhook_endpoints import operations, wire
from bot.api.webhook_endpoints.shapes import EndpointChange, NewEndpoint
from bot.credentials import new_signing_secret
from bot.outgoing.outbound import Outbound
from core.commands import (
    AddWebhookEndpoint,
    DeleteWebhookEndpoint,
    EditWebhookEndpoint,
    RotateWebhookSecret,
)
from core.domain.ids import ServiceId
from core.domain.webhook_endpoint import WebhookEndpoint


class WebhookEndpoints:
    def __init__(self, doors: Doors, outbound: Outbound) -> None:
        self._doors = doors
        self._outbound = outbound

    def register(self) -> None:
        server = self._doors.server
        server.add(operations.LIST, self.list)
        server.add(operations.CREATE, self.create)
        server.add(operations.SHOW, self.show)
        server.add(operations.EDIT, self.edit)
        server.add(operations.DELETE, self.delete)
        server.add(operations.ROTATE, self.rotate)

    async def list(self, call: Call) -> web.Response:
        return answer(await listed(self._doors, call, WebhookEndpoint, wire.line))

    async def create(self, call: Call) -> web.Response:
        """Under the key of an earlier request its endpoint comes back, whose secret was shown."""
        wish: NewEndpoint = call.body
        self._outbound.require_way(wish.url)
        secret = new_signing_secret()
        sealed = self._outbound.seal(secret)
        made = await self._doors.bus.execute(
            AddWebhookEndpoint(
                caller=call.client.caller,
                key=call.key,
                url=wish.url,
                name=wish.name or "",
                events=tuple(wish.events or ()),
                service_ids=tuple(map(ServiceId, wish.service_ids or ())),
                severities=tuple(wish.severities or ()),
                secret=sealed,
            )
        )
        shown = wire.whole(made, secret if made.secret == sealed else None)
        return answer(wire_v1.one(shown), status=201)

    async def show(self, call: Call) -> web.Response:
        endpoint = await found(self._doors, call, WebhookEndpoint)
        return answer(wire_v1.one(wire.whole(endpoint)))

    async def edit(self, call: Call) -> web.Response:
        wish: EndpointChange = call.body
        if wish.url is not None:
            self._outbound.require_way(wish.url)
        endpoint = await self._doors.bus.execute(
            EditWebhookEndpoint(
                caller=call.client.caller,
                key=call.key,
                endpoint_id=call.params["id"],
                url=wish.url,
                name=wish.name,
                events=_given(wish.events),
                service_ids=_given(wish.service_ids),
                severities=_given(wish.severities),
                enabled=wish.enabled,
            )
        )
        return answer(wire_v1.one(wire.whole(endpoint)))

    async def delete(self, call: Call) -> web.Response:
        await self._doors.bus.execute(
            DeleteWebhookEndpoint(
                caller=call.client.caller, key=call.key, endpoint_id=call.params["id"]
            )
        )
        return no_content()

    async def rotate(self, call: Call) -> web.Response:
        secret = new_signing_secret()
        sealed = self._outbound.seal(secret)
        endpoint = await self._doors.bus.execute(
            RotateWebhookSecret(
                caller=call.client.caller,
                key=call.key,
                endpoint_id=call.params["id"],
                secret=sealed,
            )
        )
        shown = wire.whole(endpoint, secret if endpoint.secret == sealed else None)
        return answer(wire_v1.one(shown))


def _given(wished: list[Any] | None) -> tuple[Any, ...] | None:
    return None if wished is None else tuple(wished)
