"""What was sent to an outgoing webhook, a test of it, and sending something once more."""

import orjson
from aiohttp import web

from bot.api import wire_v1
from bot.api.answers import answer
from bot.api.doors import Doors
from bot.api.operations import Call
from bot.api.paging import cursor_of
from bot.api.webhook_endpoints import operations, wire
from bot.api.webhook_endpoints.shapes import DeliveriesQuery
from core.commands import PingWebhook, ReplayFailedWebhooks, ReplayWebhook
from core.domain.ids import EndpointId
from core.domain.webhook_delivery import DeliveryState
from core.domain.webhook_endpoint import WebhookEndpoint
from core.errors import InvalidInput
from core.ports import DeliveryQuery


class WebhookDeliveries:
    def __init__(self, doors: Doors) -> None:
        self._doors = doors

    def register(self) -> None:
        server = self._doors.server
        server.add(operations.TEST, self.test)
        server.add(operations.DELIVERIES, self.list)
        server.add(operations.REPLAY, self.replay)
        server.add(operations.REPLAY_FAILED, self.replay_failed)

    async def test(self, call: Call) -> web.Response:
        delivery = await self._doors.bus.execute(
            PingWebhook(caller=call.client.caller, key=call.key, endpoint_id=call.params["id"])
        )
        return answer(wire_v1.one(wire.delivery(delivery)), status=202)

    async def list(self, call: Call) -> web.Response:
        query: DeliveriesQuery = call.query
        paging, reads = query.paging(), self._doors.reads
        if paging.offset:
            raise InvalidInput("Deliveries have neither offset nor page; use cursor.", field="page")
        organization_id = call.client.organization_id
        endpoint = await reads.record(organization_id, WebhookEndpoint, call.params["id"])
        page = await reads.webhook_deliveries(
            organization_id,
            DeliveryQuery(
                endpoint_id=EndpointId(endpoint.id),
                states=frozenset({DeliveryState(query.state)} if query.state else ()),
                limit=paging.limit,
                after=paging.after,
            ),
        )
        lines = [wire.delivery(one) for one in page.deliveries]
        last = page.deliveries[-1] if page.more else None
        body = {
            "data": lines,
            "items": lines,
            "meta": {"limit": paging.limit},
            "next_cursor": cursor_of((last.created_at, last.id)) if last else None,
        }
        return answer(orjson.dumps(body))

    async def replay(self, call: Call) -> web.Response:
        delivery = await self._doors.bus.execute(
            ReplayWebhook(caller=call.client.caller, key=call.key, delivery_id=call.params["id"])
        )
        return answer(wire_v1.one(wire.delivery(delivery)), status=202)

    async def replay_failed(self, call: Call) -> web.Response:
        count = await self._doors.bus.execute(
            ReplayFailedWebhooks(caller=call.client.caller, endpoint_id=call.params["id"])
        )
        return answer(orjson.dumps({"replayed": count}), status=202)
