"""Works the inbox off: oldest first, each delivery given to the bus once, none of them lost."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TypeAlias

import structlog

from bot.web.bodies import BIG, json_of
from bot.web.problems import Refusal
from bot.webhooks.runs import Run, runs_of, shares_of
from bot.webhooks.source import Heard, NotUnderstood, Source
from core.bus import CommandBus
from core.commands import RefuseDelivery, TriageAlerts
from core.domain.actor import Actor, Caller, Surface
from core.domain.alert import Alert
from core.domain.ids import DeliveryId, IntegrationId
from core.errors import Conflict, CoreError, Unavailable
from core.permissions import INGEST
from core.ports import Inbox, PendingDelivery, RawDelivery

BATCH = 500
LONGEST_SLEEP = 1.0
"""Seconds; other replicas take deliveries in too, and nobody wakes us for those."""

REST, LONGEST_REST = 5.0, 0.15
"""In a flood, after each commit, it rests so many times as long as that took, and so many seconds
at most."""

FIRST_PAUSE, LONGEST_PAUSE = 0.2, 5.0
MOST_CONFLICTS = 10
"""After so many conflicts on end nobody believes that somebody else was quicker: what was decided
together is tried singly, and what was tried singly is put aside."""

MOST_FAILURES = 5
"""So often may a delivery fail for a reason nobody foresaw before it is put aside."""

Understood: TypeAlias = tuple[Alert, ...] | str
"""The alerts of a delivery, or the reason why it cannot be understood."""

log = structlog.get_logger(__name__)


class TriageWorker:
    """Each delivery is read as its source means it; `sources` are those there are, by name."""

    def __init__(self, inbox: Inbox, bus: CommandBus, sources: Mapping[str, Source]) -> None:
        self._inbox = inbox
        self._bus = bus
        self._sources = sources
        self._woken = asyncio.Event()
        self._stopped = asyncio.Event()
        self._failures: Counter[DeliveryId] = Counter()
        self._conflicts: Counter[tuple[DeliveryId, bool]] = Counter()

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
        told: list[tuple[PendingDelivery, tuple[Alert, ...]]] = []
        for delivery, alerts in zip(deliveries, understood, strict=True):
            if isinstance(alerts, str):
                await self._put_aside(
                    delivery.id, self._caller(delivery.source, delivery.raw), alerts
                )
            else:
                told.append((delivery, alerts))
        await self._carry_out(runs_of(told))
        return bool(deliveries)

    async def _carry_out(self, runs: Sequence[Run]) -> None:
        """Those of several integrations go to the bus together, and share commits there. One
        integration goes on only after each success: what it said later is not to be decided
        before what it said first."""
        stopped: dict[IntegrationId, BaseException] = {}
        for together in shares_of(runs):
            going = [run for run in together if run.integration_id not in stopped]
            begin = self._seconds()
            stopped |= await self._share(going)
            if any(isinstance(trouble, Unavailable) for trouble in stopped.values()):
                break
            await self._rest(self._seconds() - begin)
        for trouble in stopped.values():
            raise trouble

    async def _share(self, runs: Sequence[Run]) -> dict[IntegrationId, BaseException]:
        """What went wrong, by the integration that has to be tried again for it."""
        by_integration: dict[IntegrationId, list[Run]] = {}
        for run in runs:
            by_integration.setdefault(run.integration_id, []).append(run)
        ends = await asyncio.gather(
            *map(self._in_order, by_integration.values()), return_exceptions=True
        )
        return {id: end for id, end in zip(by_integration, ends, strict=True) if end}

    async def _in_order(self, runs: Sequence[Run]) -> None:
        for run in runs:
            [outcome] = await asyncio.gather(self._triage(run), return_exceptions=True)
            await self._conclude(run, outcome)

    async def _rest(self, seconds: float) -> None:
        """In a flood, what is coming in goes before what is in: it is not safe yet."""
        if self._woken.is_set():
            await _wait(self._stopped, min(REST * seconds, LONGEST_REST))

    def _seconds(self) -> float:
        return asyncio.get_running_loop().time()

    async def _understand(self, deliveries: Sequence[PendingDelivery]) -> list[Understood]:
        def all_of_them() -> list[Understood]:
            return [self._understood(delivery) for delivery in deliveries]

        if sum(len(delivery.raw.body) for delivery in deliveries) > BIG:
            return await asyncio.to_thread(all_of_them)
        return all_of_them()

    def _understood(self, delivery: PendingDelivery) -> Understood:
        raw = delivery.raw
        source = self._sources.get(delivery.source)
        if source is None:
            return f"Nobody here can read what the alert source {raw.integration_id} sends."
        try:
            heard = Heard(received_at=raw.received_at, settings=delivery.settings)
            return tuple(source.parse(json_of(raw.body), heard))
        except (NotUnderstood, Refusal, CoreError) as error:
            return str(error)
        except Exception:
            # The same bytes would fail again for ever; they are kept for a person to look at.
            log.exception("a delivery cannot be read", delivery_id=delivery.id)
            return "Tocsin failed to read it; the log says how."

    async def _triage(self, run: Run) -> None:
        await self._bus.execute(
            TriageAlerts(
                caller=self._caller(run.source, run),
                integration_id=run.integration_id,
                deliveries=run.deliveries,
            )
        )

    async def _conclude(self, run: Run, outcome: BaseException | None) -> None:
        match outcome:
            case None:
                self._forget(run)
            case Unavailable():
                raise outcome
            case Conflict() if self._may_pass(run):
                raise outcome
            case _ if len(run.deliveries) > 1:
                await self._carry_out(run.singly())  # one of them it was; the others are fine
            case CoreError():
                await self._put_aside(
                    run.deliveries[0].id, self._caller(run.source, run), str(outcome)
                )
                self._forget(run)
            case _:
                await self._count_failure(run, outcome)

    def _may_pass(self, run: Run) -> bool:
        """Most often somebody else was quicker, and the next time it is seen what is left."""
        first = run.deliveries[0].id
        many = len(run.deliveries) > 1
        self._conflicts[first, many] += 1
        if self._conflicts[first, many] < MOST_CONFLICTS:
            return True
        log.error("deliveries keep conflicting", delivery_id=first, deliveries=len(run.deliveries))
        return False

    def _forget(self, run: Run) -> None:
        for delivery in run.deliveries:
            self._failures.pop(delivery.id, None)
            self._conflicts.pop((delivery.id, True), None)
            self._conflicts.pop((delivery.id, False), None)

    async def _count_failure(self, run: Run, error: BaseException) -> None:
        """Try it again some times; a delivery that never works must not hold up the rest."""
        id = run.deliveries[0].id
        self._failures[id] += 1
        if self._failures[id] < MOST_FAILURES:
            raise error
        log.error("a delivery keeps failing", delivery_id=id, exc_info=error)
        reason = "It failed again and again in triage; the log says how."
        await self._put_aside(id, self._caller(run.source, run), reason)
        self._forget(run)

    async def _put_aside(self, id: DeliveryId, caller: Caller, reason: str) -> None:
        log.warning("delivery put aside", delivery_id=id, reason=reason)
        await self._bus.execute(RefuseDelivery(caller=caller, delivery_id=id, reason=reason))

    def _caller(self, source: str, whose: Run | RawDelivery) -> Caller:
        known = self._sources.get(source)
        return Caller(
            organization_id=whose.organization_id,
            actor=Actor(surface=Surface.WEBHOOK, name=known.title if known else "Tocsin"),
            permissions=INGEST,
        )


async def _wait(event: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return
