"""The clock of maintenance: what is due for a window is done at its moment, or as soon as may be.

The table is the truth. The alarm only says when to look at it again, and once a second somebody
looks anyway: after downtime, a jump of the time of day, or the work of another replica nothing
needs to be armed anew. Replicas compete by the version of each window, and losers find nothing
left to do.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

import structlog

from bot.office import clockwork
from bot.patience import Resting
from core.commands import AdvanceMaintenance, MaintenanceCommand, RaiseSuppressedAlerts
from core.domain.ids import MaintenanceId, OrganizationId
from core.domain.maintenance import Maintenance
from core.errors import Conflict, CoreError, Unavailable
from core.ports import Chores, Clock

AT_ONCE = 100
"""So many windows are worked on together; their changes share commits."""

LONGEST_SLEEP = 1.0
"""Seconds; other replicas change windows too, and nobody wakes us for those."""

MOST_ROUNDS = 5
"""Of suppressed alerts in one turn, so that a flood of them does not hold up what is due."""

RingAt: TypeAlias = Callable[[datetime, Callable[[], None]], None]
"""Calls somebody at a moment, and forgets whom it was to call before."""

Execute: TypeAlias = Callable[[MaintenanceCommand], Awaitable[Maintenance]]

Due: TypeAlias = tuple[OrganizationId, MaintenanceId]

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clockwork:
    """What makes it tick: the time of day, time that only goes forward, and an alarm."""

    clock: Clock
    monotonic: Callable[[], float]
    ring_at: RingAt


class MaintenanceClock:
    def __init__(self, execute: Execute, chores: Chores, works: Clockwork) -> None:
        self._execute = execute
        self._chores = chores
        self._works = works
        self._resting: Resting[MaintenanceCommand] = Resting(works.monotonic)
        self._armed: datetime | None = None
        self._woken = asyncio.Event()
        self._caught_up = asyncio.Event()
        self._stopping = False

    def wake(self) -> None:
        """Windows may have changed."""
        self._woken.set()

    def stop(self) -> None:
        """What is being done is finished; what is left is done at the next start."""
        self._stopping = True
        self._woken.set()
        self._caught_up.set()

    async def caught_up(self) -> None:
        """Returns once everything that came due during a downtime has been done."""
        await self._caught_up.wait()

    async def run(self) -> None:
        while not self._stopping:
            self._woken.clear()
            await self._turn()
            await self._sleep()

    async def catch_up(self) -> datetime:
        """Do all that is due; answers the moment up to which that is so."""
        tried: set[MaintenanceCommand] = set()
        while True:
            now = self._works.clock()
            limit = AT_ONCE + len(tried) + len(self._resting.present())
            due = await self._chores.due_maintenances(now, limit)
            wanted = self._new_ones(map(_advance, due), tried)
            if not wanted:
                return now
            tried.update(wanted)
            await self._carry_out(wanted)

    async def raise_alerts(self) -> None:
        """Those that outlived the window which kept them quiet, however it ended."""
        for _ in range(MOST_ROUNDS):
            limit = AT_ONCE + len(self._resting.present())
            stranded = await self._chores.stranded_alerts(limit)
            wanted = self._new_ones(map(_raise_alerts, stranded), set())
            if not wanted:
                return
            await self._carry_out(wanted)

    async def _turn(self) -> None:
        """The outermost edge of one look at the table."""
        try:
            done_until = await self.catch_up()
            await self.raise_alerts()
            self._arm(await self._chores.next_maintenance_at(after=done_until))
        except CoreError as refusal:
            log.warning("clock_waits_for_the_database", reason=str(refusal))
        except Exception:
            log.exception("clock_stumbled")
            self._caught_up.set()  # nobody waits for what never goes well
        else:
            self._caught_up.set()

    async def _sleep(self) -> None:
        try:
            async with asyncio.timeout(LONGEST_SLEEP):
                await self._woken.wait()
        except TimeoutError:
            return

    def _arm(self, moment: datetime | None) -> None:
        if moment is not None and moment != self._armed:
            self._armed = moment
            self._works.ring_at(moment, self._rung)

    def _rung(self) -> None:
        self._armed = None
        self.wake()

    def _new_ones(
        self, commands: Iterable[MaintenanceCommand], tried: set[MaintenanceCommand]
    ) -> list[MaintenanceCommand]:
        """What can be tried now; none at all once it is time to stop."""
        if self._stopping:
            return []
        left_alone = self._resting.present() | tried
        return [one for one in commands if one not in left_alone][:AT_ONCE]

    async def _carry_out(self, commands: list[MaintenanceCommand]) -> None:
        async with asyncio.TaskGroup() as tasks:
            begun = [tasks.create_task(self._attempt(command)) for command in commands]
        away = next((refusal for one in begun if (refusal := one.result())), None)
        if away:
            raise away

    async def _attempt(self, command: MaintenanceCommand) -> Unavailable | None:
        """The outermost edge of one window: a failure of its own holds up no other one."""
        try:
            await self._execute(command)
        except Unavailable as refusal:
            return refusal
        except Conflict:
            return None  # somebody else was quicker, and the next turn sees what is left
        except Exception:
            delay = self._resting.failed(command)
            log.exception(
                "maintenance_left_alone",
                maintenance=command.maintenance_id,
                command=type(command).__name__,
                seconds=delay.total_seconds(),
            )
        else:
            self._resting.recovered(command)
        return None


def _advance(due: Due) -> MaintenanceCommand:
    organization_id, id = due
    return AdvanceMaintenance(caller=clockwork(organization_id), maintenance_id=id)


def _raise_alerts(stranded: Due) -> MaintenanceCommand:
    organization_id, id = stranded
    return RaiseSuppressedAlerts(caller=clockwork(organization_id), maintenance_id=id)
