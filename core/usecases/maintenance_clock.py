"""What the clock does for one window: the milestones that have come by now, in their order."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never

from core import commands as c
from core.domain import events as e
from core.domain import milestones
from core.domain.actor import Actor
from core.domain.maintenance import Maintenance
from core.domain.milestones import Deed, Step
from core.ports import UnitOfWork
from core.usecases.maintenance_checks import load
from core.usecases.maintenance_series import begin, counted, save_and_follow


async def advance(command: c.AdvanceMaintenance, uow: UnitOfWork, now: datetime) -> Maintenance:
    """Nothing that was done is done again, whoever asks: what is ahead is read off the window."""
    window = await load(command, uow)
    clock = _Clock(by=command.caller.actor, uow=uow, now=now)
    while step := milestones.due(window, now):
        window = await clock.take(step, window)
    return window


async def record_burial(
    command: c.RecordMaintenanceBurial, uow: UnitOfWork, now: datetime
) -> Maintenance:
    """Told once per reason: what fails again for the same reason adds nothing."""
    window = await load(command, uow)
    for entry in await uow.timeline.of_maintenance(window.id):
        event = entry.event
        if isinstance(event, e.MaintenanceEffectBuried) and event.reason == command.reason:
            return window
    buried = e.MaintenanceEffectBuried(
        **window.fact(command.caller.actor, now), effect=command.effect, reason=command.reason
    )
    return await uow.maintenances.save(window, because=buried)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Clock:
    """One turn of the clock."""

    by: Actor
    uow: UnitOfWork
    now: datetime

    async def take(self, step: Step, window: Maintenance) -> Maintenance:
        match step.deed:
            case Deed.START:
                missed = window.auto_complete and window.scheduled_end_at <= self.now
                return await begin(window, by=self.by, uow=self.uow, now=self.now, missed=missed)
            case Deed.COMPLETE:
                return await self._complete(window)
            case Deed.LAPSE:
                return await self._lapse(step, window)
            case Deed.SOON | Deed.DUE | Deed.ENDING | Deed.OVERRUN:
                told = replace(window, told=step.told)
                return await self.uow.maintenances.save(told, because=self._news(step, window))
            case _:
                assert_never(step.deed)

    async def _complete(self, window: Maintenance) -> Maintenance:
        begun = window.actual_start_at
        missed = begun is not None and begun >= window.scheduled_end_at
        completed, event = window.complete(by=self.by, at=self.now, missed=missed)
        told = await counted(event, completed, self.uow) if event else None
        return await self.uow.maintenances.save(completed, because=told)

    async def _lapse(self, step: Step, window: Maintenance) -> Maintenance:
        event = e.MaintenanceLapsed(
            **window.fact(self.by, self.now), scheduled_end_at=window.scheduled_end_at
        )
        lapsed = replace(window, told=step.told)
        return await save_and_follow(lapsed, because=event, uow=self.uow, now=self.now)

    def _news(self, step: Step, window: Maintenance) -> e.MaintenanceFact:
        fact = window.fact(self.by, self.now)
        start, end = window.scheduled_start_at, window.scheduled_end_at
        match step.deed:
            case Deed.SOON:
                return e.MaintenanceStartingSoon(**fact, scheduled_start_at=start)
            case Deed.DUE:
                return e.MaintenanceDue(**fact, scheduled_start_at=start)
            case Deed.ENDING:
                return e.MaintenanceEndingSoon(**fact, scheduled_end_at=end)
            case _:
                return e.MaintenanceOverran(**fact, scheduled_end_at=end)
