"""The clock of maintenance: what is due for a window is done at its moment, or as soon as may be.

The table is the truth. The alarm only says when to look at it again, and once a second somebody
looks anyway: after downtime, a jump of the time of day, or the work of another replica nothing
needs to be armed anew. Replicas compete by the version of each window, and losers find nothing
left to do.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from bot.attempts import Attempts
from bot.lookout import Lookout
from bot.office import clockwork
from core.commands import AdvanceMaintenance, MaintenanceCommand, RaiseSuppressedAlerts
from core.domain.ids import MaintenanceId, OrganizationId
from core.domain.maintenance import Maintenance
from core.ports import Chores, Clock

MOST_ROUNDS = 5
"""Of suppressed alerts in one turn, so that a flood of them does not hold up what is due."""

RingAt: TypeAlias = Callable[[datetime, Callable[[], None]], None]
"""Calls somebody at a moment, and forgets whom it was to call before."""

Execute: TypeAlias = Callable[[MaintenanceCommand], Awaitable[Maintenance]]

Due: TypeAlias = tuple[OrganizationId, MaintenanceId]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clockwork:
    """What makes it tick: the time of day, time that only goes forward, and an alarm."""

    clock: Clock
    monotonic: Callable[[], float]
    ring_at: RingAt


class MaintenanceClock:
    def __init__(self, execute: Execute, chores: Chores, works: Clockwork) -> None:
        self._attempts = Attempts(execute, works.monotonic, lambda one: one.maintenance_id)
        self._chores = chores
        self._works = works
        self._armed: datetime | None = None
        self._lookout = Lookout(self._turn, name="maintenance")

    def wake(self) -> None:
        """Windows may have changed."""
        self._lookout.wake()

    def stop(self) -> None:
        """What is being done is finished; what is left is done at the next start."""
        self._lookout.stop()

    async def caught_up(self) -> None:
        """Returns once everything that came due during a downtime has been done."""
        await self._lookout.caught_up()

    async def run(self) -> None:
        await self._lookout.run()

    async def catch_up(self) -> datetime:
        """Do all that is due; answers the moment up to which that is so."""
        tried: set[MaintenanceCommand] = set()
        while True:
            now = self._works.clock()
            due = await self._chores.due_maintenances(now, self._attempts.limit(tried))
            wanted = self._attempts.new_ones(map(_advance, due), tried)
            if self._lookout.stopping or not wanted:
                return now
            tried.update(wanted)
            await self._attempts.carry_out(wanted)

    async def raise_alerts(self) -> None:
        """Those that outlived the window which kept them quiet, however it ended."""
        for _ in range(MOST_ROUNDS):
            stranded = await self._chores.stranded_alerts(self._attempts.limit())
            wanted = self._attempts.new_ones(map(_raise_alerts, stranded))
            if self._lookout.stopping or not wanted:
                return
            await self._attempts.carry_out(wanted)

    async def _turn(self) -> None:
        done_until = await self.catch_up()
        await self.raise_alerts()
        self._arm(await self._chores.next_maintenance_at(after=done_until))

    def _arm(self, moment: datetime | None) -> None:
        if moment is not None and moment != self._armed:
            self._armed = moment
            self._works.ring_at(moment, self._rung)

    def _rung(self) -> None:
        self._armed = None
        self.wake()


def _advance(due: Due) -> MaintenanceCommand:
    organization_id, id = due
    return AdvanceMaintenance(caller=clockwork(organization_id), maintenance_id=id)


def _raise_alerts(stranded: Due) -> MaintenanceCommand:
    organization_id, id = stranded
    return RaiseSuppressedAlerts(caller=clockwork(organization_id), maintenance_id=id)
