"""Brings deliveries to the app and waits for the ack: deadline, faults, retries, journal."""

import asyncio
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from typing import Any

from sandbox.deliveries.delivery import Ack, Delivery, Kind
from sandbox.deliveries.distorting import can_befall, distorted, pressed_by_another
from sandbox.deliveries.http import HttpTransport
from sandbox.deliveries.recording import write_ack, write_delivery
from sandbox.deliveries.socket_mode import SocketHub
from sandbox.deliveries.subscriptions import Subscriptions, rate_limited_payload
from sandbox.facts import limits
from sandbox.faults import FaultRule
from sandbox.json_types import Json
from sandbox.model.changes import UNINSTALLED, Change
from sandbox.world import World

BELIEVED_LOST = Ack(status=0, failure="operation_timeout", reason="http_timeout")


class Courier:
    """Interactions are delivered once; events are repeated on Slack's schedule."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._http = HttpTransport(world)
        self.sockets = SocketHub(world)
        self.subscriptions = Subscriptions(world)
        self._tasks: set[asyncio.Task[None]] = set()
        self._held: set[asyncio.Event] = set()
        self._under_way = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self._count = 0

    async def open(self) -> None:
        await self._http.open()

    async def close(self) -> None:
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.sockets.close()
        await self._http.close()

    @property
    def under_way(self) -> int:
        """Deliveries that wait for an ack just now, or that a fault holds back.

        Waiting for a retry does not count.
        """
        return self._under_way

    def hear(self, change: Change) -> None:
        """Once the app knows that it was taken away, it has no use for its sockets."""
        if change.type == UNINSTALLED:
            self.start(self._disconnect())

    async def _disconnect(self) -> None:
        await self._idle.wait()
        await self.sockets.disable()

    def prepare(self, kind: Kind, label: str, payload: Json) -> Delivery:
        self._count += 1
        return Delivery(id=f"D{self._count}", kind=kind, label=label, payload=payload)

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something beside what the caller does, until the sandbox stops."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def deliver(self, delivery: Delivery) -> Ack:
        """One attempt, whatever comes of it."""
        fault = self._strike(delivery)
        delivery = distorted(self._world, delivery, fault)
        if fault and fault.kind == "same_envelope":
            delivery = replace(delivery, envelope_id=self.sockets.fresh_id())
        with self._counted():
            if fault:
                await self._hold_back(fault)
                self._accompany(delivery, fault)
            ack = await self._send(delivery, fault)
        self._release()
        if fault and fault.kind == "same_envelope":
            self.start(self._again(delivery))
        believed = fault and fault.kind == "retry_despite_success" and ack.is_ok
        return BELIEVED_LOST if believed else ack

    def _strike(self, delivery: Delivery) -> FaultRule | None:
        names = [f"delivery:{delivery.kind}"]
        if delivery.kind == "event":
            names.append(f"delivery:event:{delivery.label}")
        return self._world.faults.strike(*names, able=partial(can_befall, self._world, delivery))

    @contextmanager
    def _counted(self) -> Iterator[None]:
        self._under_way += 1
        self._idle.clear()
        try:
            yield
        finally:
            self._under_way -= 1
            if not self._under_way:
                self._idle.set()

    async def _hold_back(self, fault: FaultRule) -> None:
        match fault.kind:
            case "delay":
                await self._world.clock.sleep(fault.seconds)
            case "reorder":
                overtaken = asyncio.Event()
                self._held.add(overtaken)
                with suppress(TimeoutError):
                    await self._world.clock.within(fault.seconds, overtaken.wait())
                self._held.discard(overtaken)

    def _release(self) -> None:
        """What was held back has been overtaken now."""
        for overtaken in self._held:
            overtaken.set()

    def _accompany(self, delivery: Delivery, fault: FaultRule) -> None:
        match fault.kind:
            case "duplicate":
                self.start(self._again(delivery))
            case "pressed_twice":
                self._count += 1
                other = pressed_by_another(self._world, delivery, f"D{self._count}")
                if other:
                    self.start(self._again(other))

    async def _again(self, delivery: Delivery) -> None:
        with self._counted():
            await self._send(delivery, None)

    async def _send(self, delivery: Delivery, fault: FaultRule | None) -> Ack:
        write_delivery(self._world, delivery, fault)
        started = self._world.clock.stopwatch()
        if fault and fault.kind == "undelivered":
            ack = Ack(status=0, failure="dispatch_failed", reason=fault.error)
        else:
            ack = await self._in_time(delivery, fault)
        elapsed = self._world.clock.stopwatch() - started
        write_ack(self._world, delivery, ack, elapsed, fault)
        return ack

    async def _in_time(self, delivery: Delivery, fault: FaultRule | None) -> Ack:
        try:
            seconds = self._world.transport.answer_seconds
            return await self._world.clock.within(seconds, self._travel(delivery, fault))
        except TimeoutError:
            return replace(BELIEVED_LOST, was_swallowed=self.sockets.swallowed(delivery))

    async def _travel(self, delivery: Delivery, fault: FaultRule | None) -> Ack:
        await self._world.clock.sleep(self._world.transport.delivery_latency)
        with self._world.clock.travelling():
            if delivery.goes_over_sockets(socket_mode=self._world.transport.socket_mode):
                return await self.sockets.send(delivery)
            return await self._http.send(delivery, fault)

    async def deliver_event(self, delivery: Delivery) -> None:
        """Deliver an event until it is acknowledged or Slack gives up, if it goes out at all."""
        verdict = self.subscriptions.admit()
        if verdict == "rate_limited":
            await self._tell_of_limit()
        elif verdict == "deliver":
            await self._repeat(delivery)

    async def _repeat(self, delivery: Delivery) -> None:
        """Three times more at most: at once, after 1 and after 5 minutes; on request, hourly."""
        ack = await self.deliver(delivery)
        self.subscriptions.count(is_ok=ack.is_ok)
        more = limits.DELAYED_EVENT_DELAYS if self._world.transport.delayed_events else ()
        for attempt, delay in enumerate((*limits.EVENT_RETRY_DELAYS, *more), start=1):
            if ack.is_ok or ack.headers.get("x-slack-no-retry") == "1":
                return
            await self._world.clock.sleep(delay)
            if self.subscriptions.is_disabled:
                return
            # Over sockets Slack knows one reason only.
            reason = "timeout" if self._world.transport.socket_mode else ack.reason
            ack = await self.deliver(replace(delivery, attempt=attempt, reason=reason))
            self.subscriptions.count(is_ok=ack.is_ok)

    async def _tell_of_limit(self) -> None:
        """Once a minute, in the place of all the events that the app misses."""
        minute = self.subscriptions.rate_limited_minute()
        if minute is not None:
            payload = rate_limited_payload(self._world, minute)
            await self._repeat(self.prepare("event", "app_rate_limited", payload))
