"""`/api/v1/heartbeats`: what is expected to say that it lives."""

from aiohttp import web

from bot.api import wire_v1
from bot.api.answers import answer, no_content
from bot.api.doors import Doors
from bot.api.heartbeats import operations, wire
from bot.api.heartbeats.shapes import HeartbeatChange, NewHeartbeat
from bot.api.operations import Call
from bot.api.record_pages import found, listed
from bot.credentials import hash_of, new_token
from core.commands.alerting import AddHeartbeat, DeleteHeartbeat, EditHeartbeat
from core.domain.heartbeat import Heartbeat
from core.domain.ids import ServiceId
from core.domain.timer import TimerKind


class Heartbeats:
    def __init__(self, doors: Doors, base_url: str) -> None:
        self._doors = doors
        self._base_url = base_url

    def register(self) -> None:
        server = self._doors.server
        server.add(operations.LIST, self.list)
        server.add(operations.CREATE, self.create)
        server.add(operations.SHOW, self.show)
        server.add(operations.EDIT, self.edit)
        server.add(operations.DELETE, self.delete)

    async def list(self, call: Call) -> web.Response:
        timers = await self._doors.reads.timers(call.client.organization_id, TimerKind.HEARTBEAT)
        return answer(
            await listed(
                self._doors,
                call,
                Heartbeat,
                lambda one: wire.line(one, self._base_url, timers.get(one.id)),
            )
        )

    async def create(self, call: Call) -> web.Response:
        """Under the key of an earlier request its heartbeat comes back, whose token nobody
        knows."""
        wish: NewHeartbeat = call.body
        token = new_token()
        made = await self._doors.bus.execute(
            AddHeartbeat(
                caller=call.client.caller,
                key=call.key,
                name=wish.name,
                interval=wish.interval,
                grace=wish.grace or 0,
                severity=wish.severity or "high",
                description=wish.description or "",
                service_id=ServiceId(wish.service_id) if wish.service_id else None,
                token_hash=hash_of(token),
            )
        )
        is_new = made.token_hash == hash_of(token)
        return await self._answer(call, made, token if is_new else None, status=201)

    async def show(self, call: Call) -> web.Response:
        heartbeat = await found(self._doors, call, Heartbeat)
        return await self._answer(call, heartbeat)

    async def edit(self, call: Call) -> web.Response:
        wish: HeartbeatChange = call.body
        heartbeat = await self._doors.bus.execute(
            EditHeartbeat(
                caller=call.client.caller,
                key=call.key,
                heartbeat_id=call.params["id"],
                name=wish.name,
                interval=wish.interval,
                grace=wish.grace,
                severity=wish.severity,
                description=wish.description,
                enabled=wish.enabled,
            )
        )
        return await self._answer(call, heartbeat)

    async def delete(self, call: Call) -> web.Response:
        await self._doors.bus.execute(
            DeleteHeartbeat(caller=call.client.caller, key=call.key, heartbeat_id=call.params["id"])
        )
        return no_content()

    async def _answer(
        self, call: Call, one: Heartbeat, token: str | None = None, *, status: int = 200
    ) -> web.Response:
        timers = await self._doors.reads.timers(call.client.organization_id, TimerKind.HEARTBEAT)
        shown = wire.whole(one, self._base_url, timers.get(one.id), token)
        return answer(wire_v1.one(shown), status=status)
