"""Brings deliveries to the app and waits for the ack: deadline, faults, retries, journal."""

import asyncio
from collections.abc import Coroutine
from dataclasses import replace
from typing import Any

from sandbox.deliveries.delivery import Ack, Delivery, Kind
from sandbox.deliveries.http import HttpTransport
from sandbox.deliveries.socket_mode import SocketHub
from sandbox.facts import limits
from sandbox.faults import FaultRule
from sandbox.json_types import Json
from sandbox.world import World


class Courier:
    """Interactions are delivered once; events are repeated on Slack's schedule."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._http = HttpTransport(world)
        self.sockets = SocketHub(world)
        self._tasks: set[asyncio.Task[None]] = set()
        self._under_way = 0
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
        """Deliveries that wait for an ack just now; waiting for a retry does not count."""
        return self._under_way

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
        self._under_way += 1
        try:
            return await self._attempt(delivery)
        finally:
            self._under_way -= 1

    async def _attempt(self, delivery: Delivery) -> Ack:
        fault = self._world.faults.strike(f"delivery:{delivery.kind}")
        if fault and fault.kind == "delay":
            await self._world.clock.sleep(fault.seconds)
        if fault and fault.kind == "duplicate":
            self.start(self._again(delivery))
        return await self._send(delivery, fault)

    async def _again(self, delivery: Delivery) -> None:
        await self._send(delivery, None)

    async def _send(self, delivery: Delivery, fault: FaultRule | None) -> Ack:
        self._write_delivery(delivery, fault)
        started = self._world.clock.stopwatch()
        by_socket = self.sockets.is_connected or not self._world.app_url
        sending = self.sockets.send(delivery) if by_socket else self._http.send(delivery, fault)
        try:
            ack = await self._world.clock.within(limits.ACK_SECONDS, sending)
        except TimeoutError:
            ack = Ack(status=0, failure="operation_timeout", reason="http_timeout")
        self._write_ack(delivery, ack, self._world.clock.stopwatch() - started)
        return ack

    def _write_delivery(self, delivery: Delivery, fault: FaultRule | None) -> None:
        self._world.journal.write(
            "delivery",
            delivery=delivery.id,
            delivery_kind=delivery.kind,
            label=delivery.label,
            attempt=delivery.attempt,
            payload=delivery.payload,
            fault=fault.kind if fault else None,
            ms=0,
        )

    def _write_ack(self, delivery: Delivery, ack: Ack, ms: float) -> None:
        self._world.journal.write(
            "ack",
            delivery=delivery.id,
            label=delivery.label,
            ok=ack.is_ok,
            status=ack.status,
            error=ack.failure or None,
            reason=ack.reason or None,
            payload=ack.payload,
            ms=round(ms, 3),
        )
        if ack.failure == "operation_timeout":
            self._world.journal.finding(
                "late_ack",
                f"{delivery.label} was not acknowledged within {limits.ACK_SECONDS:.0f} s.",
                delivery=delivery.id,
            )
        elif ack.reason == "http_error":
            self._world.journal.finding(
                "refused_delivery",
                f"{delivery.label} was answered with HTTP {ack.status}.",
                delivery=delivery.id,
            )

    async def deliver_event(self, delivery: Delivery) -> None:
        """Deliver, and on failure three times more: at once, after 1 and after 5 minutes."""
        ack = await self.deliver(delivery)
        for attempt, delay in enumerate(limits.EVENT_RETRY_DELAYS, start=1):
            if ack.is_ok or ack.headers.get("x-slack-no-retry") == "1":
                return
            await self._world.clock.sleep(delay)
            reason = "timeout" if self.sockets.is_connected else ack.reason
            ack = await self.deliver(replace(delivery, attempt=attempt, reason=reason))
