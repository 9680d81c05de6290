"""Deliveries over Socket Mode: the app opens sockets, envelopes go out by turns, acks come back."""

import asyncio
from contextlib import suppress

from aiohttp import WSMsgType, web

from sandbox.deliveries.delivery import Ack, Delivery
from sandbox.deliveries.envelopes import Envelopes
from sandbox.deliveries.socket_link import SocketLink
from sandbox.errors import Refusal
from sandbox.facts import limits
from sandbox.faults import FaultRule
from sandbox.faults.kinds import DISCONNECT_REASONS
from sandbox.json_types import Json
from sandbox.world import World

# How long, by the machine's clock, an app is waited for that does not take part in a farewell.
PATIENCE_SECONDS = 1.0
LOST = Ack(status=0, failure="dispatch_failed", reason="connection_failed")


class SocketHub:
    """The open sockets of the app; each envelope goes to one of them in turn."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._links: list[SocketLink] = []
        self._envelopes = Envelopes(world)
        self._arrival = asyncio.Event()
        self._gap_until = 0.0
        self._swallowed: set[str] = set()
        self._opened = 0
        self._welcoming = 0

    @property
    def is_connected(self) -> bool:
        return bool(self._links)

    def register(self, app: web.Application) -> None:
        app.router.add_get("/link/", self.accept)

    def listed(self) -> list[Json]:
        return [{"number": link.number, "is_leaving": link.is_leaving} for link in self._links]

    async def accept(self, request: web.Request) -> web.WebSocketResponse:
        self._use_ticket(request.query.get("ticket", ""))
        # Pongs are for us to see: a socket that sends none is half open.
        socket = web.WebSocketResponse(autoping=False, timeout=PATIENCE_SECONDS)
        await socket.prepare(request)
        self._opened += 1
        link = SocketLink(self._world, self._opened, request, socket)
        fault = self._world.faults.strike("socket:open")
        refusal = self._refusal(fault)
        if refusal:
            await link.tell_to_go(refusal)
            return socket
        await self._welcome(link, fault)
        return socket

    def _use_ticket(self, ticket: str) -> None:
        expires = self._world.socket_tickets.pop(ticket, 0.0)
        if self._world.clock.seconds() >= expires:
            raise web.HTTPForbidden(text="The ticket is unknown, expired or was used before.")

    def _refusal(self, fault: FaultRule | None) -> str:
        is_installed = bool(self._world.credentials.tokens)
        if not self._world.transport.socket_mode or not is_installed:
            return "link_disabled"
        is_unlucky = fault is not None and fault.kind == "too_many_websockets"
        if is_unlucky or len(self._links) + self._welcoming >= limits.SOCKETS:
            return "too_many_websockets"
        return ""

    async def _welcome(self, link: SocketLink, fault: FaultRule | None) -> None:
        works = (self._live(link), link.part(), link.watch())
        beside = [asyncio.create_task(work) for work in works]
        try:
            with suppress(ConnectionError):
                await self._greet(link)
                await self._disturb(link, fault)
                await self._read(link)
        finally:
            for task in beside:
                task.cancel()
            self._forget(link)
        await asyncio.gather(*beside, return_exceptions=True)

    async def _greet(self, link: SocketLink) -> None:
        """Only after its hello a socket gets envelopes."""
        self._welcoming += 1
        try:
            await link.greet(len(self._links) + self._welcoming)
        finally:
            self._welcoming -= 1
        self._links.append(link)
        self._notice("socket_opened", f"Socket {link.number} was opened.")
        self._arrival.set()

    async def _live(self, link: SocketLink) -> None:
        """Tell the app to go when its time is over, the first time a little earlier."""
        clock = self._world.clock
        await clock.sleep(link.lifetime - limits.SOCKET_WARNING_SECONDS)
        await self._tell_to_go(link, "warning")
        await clock.sleep(limits.SOCKET_WARNING_SECONDS)
        await self._tell_to_go(link, "refresh_requested")

    async def _tell_to_go(self, link: SocketLink, reason: str) -> None:
        self._expect_successor()
        with suppress(ConnectionError):
            await link.tell_to_go(reason)

    def _expect_successor(self) -> None:
        self._gap_until = self._world.clock.seconds() + limits.SOCKET_GAP_SECONDS

    async def _read(self, link: SocketLink) -> None:
        async for frame in link.frames():
            if frame.type is WSMsgType.TEXT:
                self._envelopes.take(frame.data, link)
            elif frame.type is WSMsgType.BINARY:
                self._envelopes.take_binary()

    async def _disturb(self, link: SocketLink, fault: FaultRule | None) -> None:
        match fault:
            case FaultRule(kind="half_open"):
                link.mute()
            case FaultRule(kind="disconnect", error=reason):
                await self._tell_to_go(link, reason)
            case FaultRule(kind="drop_before_ack" | "drop_after_ack"):
                link.drop()

    def swallowed(self, delivery: Delivery) -> bool:
        """Whether the last attempt went into a half-open socket; asked once."""
        was_swallowed = delivery.id in self._swallowed
        self._swallowed.discard(delivery.id)
        return was_swallowed

    def fresh_id(self) -> str:
        return self._envelopes.fresh_id()

    async def send(self, delivery: Delivery) -> Ack:
        """Send one envelope and wait for its ack; the deadline is the courier's."""
        link = await self._link()
        if link is None:
            return LOST
        fault = self._world.faults.strike("socket:envelope")
        try:
            return await self._carry(link, delivery, fault)
        except ConnectionError:
            self._swallowed.discard(delivery.id)
            return LOST

    async def _carry(self, link: SocketLink, delivery: Delivery, fault: FaultRule | None) -> Ack:
        envelope_id = delivery.envelope_id or self.fresh_id()
        is_afterwards = fault is not None and fault.kind == "drop_after_ack"
        answer = asyncio.ensure_future(self._envelopes.answer(envelope_id, delivery, link))
        try:
            if fault and fault.kind == "half_open":
                link.mute()
            if link.is_mute:
                self._swallowed.add(delivery.id)
            await link.send(self._envelopes.wrap(delivery, envelope_id))
            if not is_afterwards:
                await self._disturb(link, fault)
            payload = await answer
        finally:
            answer.cancel()
        if is_afterwards:
            link.drop()
        return Ack(payload=payload)

    async def _link(self) -> SocketLink | None:
        """The next in turn of those that stay, else a new one, else one that was warned."""
        if all(link.is_leaving for link in self._links):
            await self._successor()
        usable = [link for link in self._links if link.is_open and not link.is_done]
        if not usable:
            return None
        link = next((link for link in usable if not link.is_leaving), usable[0])
        self._links.remove(link)
        self._links.append(link)
        return link

    async def _successor(self) -> None:
        """Wait while the app changes sockets because it was told to."""
        left = self._gap_until - self._world.clock.seconds()
        self._arrival.clear()
        if left > 0:
            with suppress(TimeoutError):
                await self._world.clock.within(left, self._arrival.wait())

    def _forget(self, link: SocketLink) -> None:
        if link not in self._links:
            return
        self._links.remove(link)
        if link.is_leaving and self._world.transport.socket_mode:
            self._expect_successor()
        self._envelopes.give_up(link)
        self._notice("socket_closed", f"Socket {link.number} was closed.")

    def _notice(self, what: str, message: str) -> None:
        self._world.journal.write("notice", what=what, message=message)

    async def disconnect(self, reason: str) -> None:
        """Ask every socket to go."""
        if reason not in DISCONNECT_REASONS:
            known = ", ".join(DISCONNECT_REASONS)
            raise Refusal("invalid_request", f"`reason` must be one of {known}.")
        for link in list(self._links):
            await self._tell_to_go(link, reason)

    async def obey(self) -> None:
        """Close everything when Socket Mode has been switched off."""
        if not self._world.transport.socket_mode:
            await self.disable()

    async def disable(self) -> None:
        """Close everything for good."""
        await self.disconnect("link_disabled")
        self._gap_until = 0.0

    async def close(self) -> None:
        for link in list(self._links):
            self._forget(link)
            await link.close()
