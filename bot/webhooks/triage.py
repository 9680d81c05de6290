"""Works the inbox off: oldest first, each delivery given to the bus once, none of them lost."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from typing import TypeAlias

import structlog

from bot.web.bodies import BIG, json_of
from bot.web.problems import Refusal
from bot.webhooks.source import NotUnderstood, Source
from core.bus import CommandBus
from core.commands import RefuseDelivery, TriageAlerts
from core.domain.actor import Actor, Caller, Surface
from core.domain.alert import Alert
from core.domain.ids import DeliveryId
from core.errors import Conflict, CoreError, Unavailable
from core.permissions import INGEST
from core.ports import Inbox, PendingDelivery

BATCH = 32
LONGEST_SLEEP = 1.0
"""Seconds; other replicas take deliveries in too, and nobody wakes us for those."""

FIRST_PAUSE, LONGEST_PAUSE = 0.2, 5.0
MOST_FAILURES = 5
"""So often may a delivery fail for a reason nobody foresaw before it is put aside."""

Understood: TypeAlias = tuple[Alert, ...] | str
"""The alerts of a delivery, or the reason why it cannot be understood."""

log = structlog.get_logger(__name__)


class TriageWorker:
    """`source` is the tool whose deliveries these are."""

    def __init__(self, inbox: Inbox, bus: CommandBus, source: Source) -> None:
        self._inbox = inbox
        self._bus = bus
        self._source = source
        self._woken = asyncio.Event()
        self._stopped = asyncio.Event()
        self._failures: Counter[DeliveryId] = Counter()

    def wake(self) -> None:
        """There is something in the inbox."""
        self._woken.set()

    def stop(self) -> None:
        """Finish what is being done, and no more; `run` then returns."""
        self._stopped.set()
        self._woken.set()

    async def run(self) -> None:
        """Triage until told to stop. Whatever goes wrong, the rest goes on."""
        pause = FIRST_PAUSE
        while not self._stopped.is_set():
            self._woken.clear()
            try:
                if not await self.turn():
                    await _wait(self._woken, LONGEST_SLEEP)
                pause = FIRST_PAUSE
                continue
            except (Unavailable, Conflict) as error:
                log.warning("triage waits", reason=str(error))
            except Exception:
                log.exception("triage failed and goes on")
            await _wait(self._stopped, pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def turn(self) -> bool:
        """Deal with the oldest deliveries; whether there were any."""
        deliveries = await self._inbox.pending(BATCH)
        understood = await self._understand(deliveries)
        # Begun in this order and without a pause between them, they come to the bus in it, and
        # share a commit there.
        outcomes = await asyncio.gather(
            *(self._deal_with(*pair) for pair in zip(deliveries, understood, strict=True)),
            return_exceptions=True,
        )
        for delivery, outcome in zip(deliveries, outcomes, strict=True):
            await self._conclude(delivery, outcome)
        return bool(deliveries)

    async def _understand(self, deliveries: Sequence[PendingDelivery]) -> list[Understood]:
        def all_of_them() -> list[Understood]:
            return [self._understood(delivery) for delivery in deliveries]

        if sum(len(delivery.raw.body) for delivery in deliveries) > BIG:
            return await asyncio.to_thread(all_of_them)
        return all_of_them()

    def _understood(self, delivery: PendingDelivery) -> Understood:
        try:
            return tuple(self._source.parse(json_of(delivery.raw.body)))
        except (NotUnderstood, Refusal, CoreError) as error:
            return str(error)
        except Exception:
            # The same bytes would fail again for ever; they are kept for a person to look at.
            log.exception("a delivery cannot be read", delivery_id=delivery.id)
            return "Tocsin failed to read it; the log says how."

    async def _deal_with(self, delivery: PendingDelivery, understood: Understood) -> None:
        if isinstance(understood, str):
            await self._put_aside(delivery, understood)
            return
        await self._bus.execute(
            TriageAlerts(
                caller=self._caller(delivery),
                delivery_id=delivery.id,
                integration_id=delivery.raw.integration_id,
                alerts=understood,
            )
        )

    async def _conclude(self, delivery: PendingDelivery, outcome: BaseException | None) -> None:
        match outcome:
            case None:
                self._failures.pop(delivery.id, None)
            case Unavailable() | Conflict():
                raise outcome
            case CoreError():
                await self._put_aside(delivery, str(outcome))
            case _:
                await self._count_failure(delivery, outcome)

    async def _count_failure(self, delivery: PendingDelivery, error: BaseException) -> None:
        """Try it again some times; a delivery that never works must not hold up the rest."""
        self._failures[delivery.id] += 1
        if self._failures[delivery.id] < MOST_FAILURES:
            raise error
        log.error("a delivery keeps failing", delivery_id=delivery.id, exc_info=error)
        await self._put_aside(delivery, "It failed again and again in triage; the log says how.")
        del self._failures[delivery.id]

    async def _put_aside(self, delivery: PendingDelivery, reason: str) -> None:
        log.warning("delivery put aside", delivery_id=delivery.id, reason=reason)
        await self._bus.execute(
            RefuseDelivery(caller=self._caller(delivery), delivery_id=delivery.id, reason=reason)
        )

    def _caller(self, delivery: PendingDelivery) -> Caller:
        return Caller(
            organization_id=delivery.raw.organization_id,
            actor=Actor(surface=Surface.WEBHOOK, name=self._source.title),
            permissions=INGEST,
        )


async def _wait(event: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return
