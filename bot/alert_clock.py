"""The clock of alerts: what is due about them is done within a second, or as soon as may be.

The table is the truth, as it is for maintenance: replicas compete by each timer, and losers find
nothing left to do. After a start the inbox comes first: what waited there may have ended what is
due, and nobody is to be called for that.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from bot.attempts import Attempts
from bot.lookout import Lookout
from bot.office import clockwork
from core.commands import Command
from core.commands import alerting as a
from core.domain.ids import IncidentId, OrganizationId
from core.domain.timer import TimerKind
from core.ports import Chores, Clock

MOST_ROUNDS = 5
"""Of each kind of work in one turn, so that a flood of one does not hold up the other."""

PATIENCE = 30.0
"""Seconds for which it waits for the inbox at a start, at most."""

Due: TypeAlias = tuple[OrganizationId, TimerKind, str]
Lifted: TypeAlias = tuple[OrganizationId, IncidentId]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hands:
    """What it works with: the time of day, time that only goes forward, how to have a command
    carried out, and how many deliveries wait in the inbox."""

    clock: Clock
    monotonic: Callable[[], float]
    execute: Callable[[Command[Any]], Awaitable[Any]]
    waiting: Callable[[], Awaitable[int]]


class AlertClock:
    def __init__(self, chores: Chores, hands: Hands) -> None:
        self._chores = chores
        self._hands = hands
        self._timers: Attempts[a.RingTimer] = Attempts(hands.execute, hands.monotonic, _timer)
        self._lifted: Attempts[a.RaiseInhibited] = Attempts(
            hands.execute, hands.monotonic, lambda one: one.incident_id
        )
        self._lookout = Lookout(self.turn, name="alerts")
        self._begun: float | None = None
        self._settled = False

    def wake(self) -> None:
        """Something may be due."""
        self._lookout.wake()

    def stop(self) -> None:
        """What is being done is finished; what is left is done at the next start."""
        self._lookout.stop()

    async def run(self) -> None:
        await self._lookout.run()

    async def turn(self) -> None:
        """Does what is due now, once the inbox has been worked off after the start."""
        self._settled = self._settled or await self._may_begin()
        if self._settled:
            await self.ring_timers()
            await self.raise_inhibited()

    async def ring_timers(self) -> None:
        """Each timer once a turn: one that stays due has failed, or waits for something else."""
        tried: set[a.RingTimer] = set()
        for _ in range(MOST_ROUNDS):
            due = await self._chores.due_timers(self._hands.clock(), self._timers.limit(tried))
            wanted = self._timers.new_ones(map(_ring, due), tried)
            if self._lookout.stopping or not wanted:
                return
            tried.update(wanted)
            await self._timers.carry_out(wanted)

    async def raise_inhibited(self) -> None:
        """What outlived the incident that kept it quiet."""
        for _ in range(MOST_ROUNDS):
            lifted = await self._chores.lifted_incidents(self._lifted.limit())
            wanted = self._lifted.new_ones(map(_raise, lifted))
            if self._lookout.stopping or not wanted:
                return
            await self._lifted.carry_out(wanted)

    async def _may_begin(self) -> bool:
        now = self._hands.monotonic()
        self._begun = now if self._begun is None else self._begun
        return now - self._begun >= PATIENCE or await self._hands.waiting() == 0


def _ring(due: Due) -> a.RingTimer:
    organization_id, kind, subject_id = due
    return a.RingTimer(caller=clockwork(organization_id), kind=kind, subject_id=subject_id)


def _raise(lifted: Lifted) -> a.RaiseInhibited:
    organization_id, id = lifted
    return a.RaiseInhibited(caller=clockwork(organization_id), incident_id=id)


def _timer(command: a.RingTimer) -> str:
    return f"{command.kind} {command.subject_id}"
