"""Deliveries over Socket Mode: the app opens websockets, envelopes go out, acks come back."""

import asyncio
import json
from contextlib import suppress
from typing import Any

from aiohttp import WSMsgType, web

from sandbox.deliveries.delivery import Ack, Delivery
from sandbox.facts import limits
from sandbox.json_types import Json
from sandbox.world import World

PING_SECONDS = 30.0


class SocketHub:
    """The open sockets of the app; each envelope goes to one of them in turn."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._sockets: list[web.WebSocketResponse] = []
        self._next = 0
        self._waiting: dict[str, tuple[Delivery, asyncio.Future[Any]]] = {}

    @property
    def is_connected(self) -> bool:
        return bool(self._sockets)

    def register(self, app: web.Application) -> None:
        app.router.add_get("/link/", self.accept)

    async def accept(self, request: web.Request) -> web.WebSocketResponse:
        ticket = request.query.get("ticket", "")
        if ticket not in self._world.socket_tickets:
            raise web.HTTPForbidden(text="The ticket is unknown or was used before.")
        self._world.socket_tickets.discard(ticket)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        if len(self._sockets) >= limits.SOCKETS:
            await socket.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            await socket.close()
            return socket
        self._sockets.append(socket)
        pinging = asyncio.create_task(self._ping(socket))
        try:
            await socket.send_json(self._hello())
            await self._read(socket)
        finally:
            pinging.cancel()
            self._forget(socket)
        return socket

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self._sockets),
            "connection_info": {"app_id": self._world.workspace.team.app_id},
            "debug_info": {
                "host": "sandbox",
                "started": self._world.clock.now().strftime("%Y-%m-%d %H:%M:%S.000"),
                "build_number": 1,
                "approximate_connection_time": 3_600,
            },
        }

    async def _ping(self, socket: web.WebSocketResponse) -> None:
        while not socket.closed:
            with suppress(ConnectionError):
                await socket.ping(b"Ping from the sandbox")
            await self._world.clock.sleep(PING_SECONDS)

    async def _read(self, socket: web.WebSocketResponse) -> None:
        async for frame in socket:
            if frame.type is WSMsgType.TEXT:
                self._take(frame.data)

    def _take(self, text: str) -> None:
        try:
            ack = json.loads(text)
        except ValueError:
            ack = None
        if not isinstance(ack, dict) or ack.get("envelope_id") not in self._waiting:
            self._world.journal.finding(
                "unknown_ack", "A socket frame acknowledges no envelope that waits for one."
            )
            return
        delivery, waiting = self._waiting[ack["envelope_id"]]
        if ack.get("payload") and not delivery.accepts_answer:
            self._world.journal.finding(
                "payload_not_accepted",
                f"The ack of {delivery.label} carries a payload, which is not taken here.",
                delivery=delivery.id,
            )
        if not waiting.done():
            waiting.set_result(ack.get("payload"))

    async def send(self, delivery: Delivery) -> Ack:
        """Send one envelope and wait for its ack; the deadline is the courier's."""
        if not self._sockets:
            return Ack(status=0, failure="dispatch_failed", reason="connection_failed")
        envelope = self._envelope(delivery)
        waiting: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting[envelope["envelope_id"]] = (delivery, waiting)
        try:
            await self._pick().send_json(envelope)
            return Ack(payload=await waiting)
        except ConnectionError:
            return Ack(status=0, failure="dispatch_failed", reason="connection_failed")
        finally:
            del self._waiting[envelope["envelope_id"]]

    def _envelope(self, delivery: Delivery) -> Json:
        number = self._world.workspace.ids.hex(32)
        groups = (number[:8], number[8:12], number[12:16], number[16:20], number[20:])
        envelope: Json = {
            "envelope_id": "-".join(groups),
            "type": delivery.envelope_type,
            "payload": delivery.payload,
            "accepts_response_payload": delivery.accepts_answer,
        }
        if delivery.kind == "event":
            envelope["retry_attempt"] = delivery.attempt
            envelope["retry_reason"] = delivery.reason
        return envelope

    def _pick(self) -> web.WebSocketResponse:
        self._next = (self._next + 1) % len(self._sockets)
        return self._sockets[self._next]

    def _forget(self, socket: web.WebSocketResponse) -> None:
        if socket in self._sockets:
            self._sockets.remove(socket)

    async def disconnect(self, reason: str) -> None:
        """Ask every socket to go; a mere `warning` leaves them open for the time being."""
        for socket in list(self._sockets):
            debug = {"host": "sandbox"}
            await socket.send_json({"type": "disconnect", "reason": reason, "debug_info": debug})
            if reason != "warning":
                self._forget(socket)
                await socket.close()

    async def close(self) -> None:
        for socket in list(self._sockets):
            self._forget(socket)
            await socket.close()
