"""One open socket of the app: what is sent over it, whether it lives, and when it must go."""

import asyncio
from collections.abc import AsyncIterator

from aiohttp import WSMessage, WSMsgType, web

from sandbox.facts import limits
from sandbox.json_types import Json
from sandbox.world import World

HOST = "applink-sandbox"
PING_TEXT = b"Ping from " + HOST.encode()


class SocketLink:
    """A socket that can also be half open: everything sent over it is lost, and nothing heard."""

    def __init__(
        self, world: World, number: int, request: web.Request, socket: web.WebSocketResponse
    ) -> None:
        is_short = request.query.get("debug_reconnects") == "true"
        self.number = number
        self.is_leaving = False
        self.lifetime = limits.DEBUG_SOCKET_SECONDS if is_short else world.transport.socket_seconds
        self._world = world
        self._request = request
        self._socket = socket
        self.is_mute = False
        self._pong = asyncio.Event()
        self._farewell = asyncio.Event()

    @property
    def is_open(self) -> bool:
        transport = self._request.transport
        return not self._socket.closed and transport is not None and not transport.is_closing()

    async def send(self, message: Json) -> None:
        """`ConnectionError` when the socket is closed."""
        if not self.is_mute:
            await self._socket.send_json(message)

    async def greet(self, connections: int) -> None:
        started = self._world.clock.now().strftime("%Y-%m-%d %H:%M:%S.%f")[:-3]
        await self.send(
            {
                "type": "hello",
                "num_connections": connections,
                "debug_info": {
                    "host": HOST,
                    "started": started,
                    "build_number": 1,
                    "approximate_connection_time": int(self.lifetime),
                },
                "connection_info": {"app_id": self._world.workspace.team.app_id},
            }
        )

    @property
    def is_done(self) -> bool:
        """Whether it gets no more envelopes, though acks may still come."""
        return self._farewell.is_set()

    async def tell_to_go(self, reason: str) -> None:
        """A `warning` leaves it open, a refresh for a moment; every other reason closes it."""
        self.is_leaving = True
        if reason != "warning":
            self._farewell.set()
        if self.is_open:
            debug = {"host": HOST}
            await self.send({"type": "disconnect", "reason": reason, "debug_info": debug})
        if reason not in ("warning", "refresh_requested"):
            await self.close()

    async def close(self) -> None:
        if self.is_mute:
            self.drop()
        else:
            await self._socket.close()

    def drop(self) -> None:
        """Cut the connection as a broken network would."""
        if self._request.transport is not None:
            self._request.transport.abort()

    def mute(self) -> None:
        self.is_mute = True

    async def part(self) -> None:
        """Close the socket a moment after the app was told to refresh it."""
        await self._farewell.wait()
        await self._world.clock.sleep(limits.SOCKET_FAREWELL_SECONDS)
        await self.close()

    async def watch(self) -> None:
        """Ping again and again; cut the connection when no pong comes back."""
        while self.is_open:
            await self._world.clock.sleep(limits.PING_SECONDS)
            if not await self._answers():
                message = f"Socket {self.number} did not answer a ping and was dropped."
                self._world.journal.write("notice", what="socket_half_open", message=message)
                self.drop()
                return

    async def _answers(self) -> bool:
        self._pong.clear()
        if not self.is_mute:
            await self._socket.ping(PING_TEXT)
        try:
            with self._world.clock.travelling():
                await self._world.clock.within(limits.PONG_SECONDS, self._pong.wait())
        except TimeoutError:
            return False
        return True

    async def frames(self) -> AsyncIterator[WSMessage]:
        """What the app sends, without the pings and pongs."""
        async for frame in self._socket:
            if self.is_mute:
                continue
            if frame.type is WSMsgType.PING:
                await self._socket.pong(frame.data)
            elif frame.type is WSMsgType.PONG:
                self._pong.set()
            else:
                yield frame
