"""Carries effects from the outbox to the world: at least once, in order per subject.

Each lane (an incident, say) has at most one parcel on the way; up to sixteen move side by side.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, TypeAlias

import structlog

from bot.burials import burial_of, kind_of
from bot.leases import Leases
from bot.patience import Patience, delay_after, look_again_at
from core.commands import Command
from core.effects import KINDS, Effect
from core.errors import Conflict, CoreError, NotFound, Unavailable
from core.ports import Clock, Delivery, Outbox, Parcel, ParcelId, Undeliverable, Unreachable

MOST_ATTEMPTS, A_DAY_OF_ATTEMPTS = 12, 4_320
"""Of failures of our own, after which the lane must go on; and of Slack failing to answer."""
LANES = 16
LONGEST_SLEEP = 1.0
"""Seconds; other replicas write parcels too, and nobody wakes us for those."""

Outcome: TypeAlias = Literal["delivered", "postponed", "buried"]
Observe: TypeAlias = Callable[[str, Outcome], None]
"""Is told the kind of each effect and what became of it."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What the relay needs besides its outbox: the time, chance, and whom to tell.

    `record` carries out a command of the relay's own; `jitter` is a number from 0 to 1.
    """

    clock: Clock
    record: Callable[[Command[Any]], Awaitable[Any]]
    jitter: Callable[[], float]
    observe: Observe


class Relay:
    def __init__(
        self,
        outbox: Outbox,
        deliveries: Mapping[type[Effect], Delivery],
        surroundings: Surroundings,
        *,
        lanes: int = LANES,
    ) -> None:
        self._outbox = outbox
        self._deliveries = deliveries
        self._around = surroundings
        self._lanes = lanes
        self._patience: Patience[ParcelId] = Patience()
        self._leases = Leases(outbox)
        self._carrying: set[asyncio.Task[None]] = set()
        self._woken = asyncio.Event()
        self._stopping = False

    def wake(self) -> None:
        """There may be something to carry."""
        self._woken.set()

    async def run(self) -> None:
        """Carry until told to stop."""
        while not self._stopping:
            self._woken.clear()
            await self._sleep(await self._turn())

    async def drain(self) -> None:
        """Carry all that is due now, and what becomes due by carrying it."""
        while await self._start_lanes() or self._carrying:
            await asyncio.wait(self._carrying, return_when=asyncio.FIRST_COMPLETED)

    async def stop(self, grace: float) -> None:
        """Take nothing new, give what is on its way `grace` seconds, leave the rest for later."""
        self._stopping = True
        self._woken.set()
        if not self._carrying:
            return
        _, late = await asyncio.wait(self._carrying, timeout=grace)
        for task in late:
            task.cancel()
        if late:
            await asyncio.wait(late, timeout=1)

    async def _turn(self) -> float:
        """One look at the outbox; answers how long to sleep after it, unless woken."""
        try:
            await self._leases.renew(self._around.clock())
            await self._start_lanes()
            return await self._until_due()
        except CoreError as refusal:
            log.warning("relay_waits_for_the_database", reason=str(refusal))
        except Exception:
            log.exception("relay_stumbled")
        return LONGEST_SLEEP

    async def _sleep(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._woken.wait()
        except TimeoutError:
            return

    async def _until_due(self) -> float:
        due = await self._outbox.next_due()
        wait = (due - self._around.clock()).total_seconds() if due else LONGEST_SLEEP
        return wait if 0 < wait < LONGEST_SLEEP else LONGEST_SLEEP

    async def _start_lanes(self) -> bool:
        free = self._lanes - len(self._carrying)
        parcels = await self._outbox.claim(free, self._around.clock()) if free > 0 else []
        for parcel in parcels:
            if self._stopping:
                await self._outbox.release(parcel)
            else:
                self._start(parcel)
        return bool(parcels)

    def _start(self, parcel: Parcel) -> None:
        task = asyncio.create_task(self._carry(parcel), name=f"parcel {parcel.id}")
        self._carrying.add(task)
        task.add_done_callback(self._finished)

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._carrying.discard(task)
        self._woken.set()

    async def _carry(self, parcel: Parcel) -> None:
        """The outermost edge of one parcel. Should the outbox not take the outcome either, the
        lease runs out and the parcel comes back as doubtful."""
        try:
            await self._attempt(parcel)
        except CoreError as refusal:
            log.warning("outcome_not_stored", parcel=parcel.id, reason=str(refusal))
        except Exception:
            log.exception("outcome_not_stored", parcel=parcel.id)

    async def _attempt(self, parcel: Parcel) -> None:
        try:
            await self._try(parcel)
        except Unreachable as failure:
            await self._later(parcel, failure)
        except Undeliverable as failure:
            await self._bury(parcel, str(failure))
        except asyncio.CancelledError:
            await self._cut_off(parcel)
            raise
        except Exception:
            log.exception("delivery_failed", parcel=parcel.id, effect=kind_of(parcel))
            oops = "Tocsin failed unexpectedly while showing it; its log says how."
            await self._later(parcel, Unreachable(oops, doubtful=True), most=MOST_ATTEMPTS)
        else:
            await self._outbox.settle(parcel)
            self._patience.forget(parcel.id)
            self._around.observe(kind_of(parcel), "delivered")

    async def _try(self, parcel: Parcel) -> None:
        self._leases.hold(parcel)
        try:
            await self._deliveries[type(parcel.effect)](parcel.effect, parcel)
        finally:
            self._leases.let_go(parcel)

    async def _later(
        self, parcel: Parcel, failure: Unreachable, *, most: int = A_DAY_OF_ATTEMPTS
    ) -> None:
        """Only attempts that may have done something count: an outage, however long, and a token
        that is not accepted delay what is shown and bury nothing."""
        counted = failure.doubtful and failure.retry_after is None
        if counted and parcel.attempts + 1 >= most:
            await self._bury(parcel, f"{failure} (after {most} attempts)")
            return
        until = self._again_at(parcel, failure, ours=most == MOST_ATTEMPTS)
        await self._outbox.postpone(
            parcel, until, str(failure), doubtful=failure.doubtful, counted=counted
        )
        self._around.observe(kind_of(parcel), "postponed")
        log.info("parcel_postponed", parcel=parcel.id, effect=kind_of(parcel), reason=str(failure))

    def _again_at(self, parcel: Parcel, failure: Unreachable, *, ours: bool) -> datetime:
        """A failure of our own does not pass as soon as somebody is back."""
        now, jitter = self._around.clock(), self._around.jitter()
        if failure.retry_after is not None:
            return now + timedelta(seconds=failure.retry_after + jitter)
        if ours:
            return now + delay_after(parcel.attempts, jitter)
        counted = parcel.attempts if failure.doubtful else self._patience.tried_in_vain(parcel.id)
        return look_again_at(now, counted, jitter)

    async def _cut_off(self, parcel: Parcel) -> None:
        """It was stopped on its way and may have arrived."""
        reason = "Tocsin was stopped while showing it."
        now = self._around.clock()
        await self._outbox.postpone(parcel, now, reason, doubtful=True, counted=False)

    async def _bury(self, parcel: Parcel, reason: str) -> None:
        """Told first: should the process die in between, it is tried and told once more, and
        what was told already for this reason adds nothing."""
        await self._tell(parcel, reason)
        await self._outbox.bury(parcel, reason)
        self._patience.forget(parcel.id)
        self._around.observe(kind_of(parcel), "buried")
        log.warning("parcel_buried", parcel=parcel.id, effect=kind_of(parcel), reason=reason)

    async def _tell(self, parcel: Parcel, reason: str) -> None:
        burial = burial_of(parcel, reason)
        if burial is None:
            return
        try:
            await self._around.record(burial)
        except (Unavailable, Conflict):
            raise  # the database comes back, and then it can be told
        except NotFound:
            log.info("burial_of_something_deleted", parcel=parcel.id)
        except Exception:
            log.exception("burial_not_told", parcel=parcel.id)


async def _shown_nowhere(_: Effect, __: Parcel) -> None:
    """What it is about is in the database, and nobody looks at anything else."""


NOWHERE: Mapping[type[Effect], Delivery] = dict.fromkeys(KINDS.values(), _shown_nowhere)
"""The deliveries of what nobody shows, as in a Tocsin without Slack."""
