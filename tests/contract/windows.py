"""Windows to store, each in the house's own organisation, and ways to change what is stored."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from core.domain.events import Event, MaintenanceEdited
from core.domain.ids import MaintenanceId
from core.domain.maintenance import Maintenance
from core.ports import UnitOfWork, Work
from tests.contract.house import ALICE, House
from tests.fakes.moment import NOON


def at(hours: float) -> datetime:
    """So many hours after noon."""
    return NOON + timedelta(hours=hours)


def scheduling(house: House, **changes: Any) -> Work[Maintenance]:
    """The work that stores one under the next number, from one to three o'clock."""
    maintenance = Maintenance(
        id=MaintenanceId(house.new_id("mnt")),
        number=0,
        title="Database upgrade ☃",
        scheduled_start_at=at(1),
        scheduled_end_at=at(3),
        created_at=house.clock(),
        updated_at=house.clock(),
    )

    async def work(uow: UnitOfWork) -> Maintenance:
        number = await uow.maintenances.next_number()
        numbered = replace(maintenance, number=number, **changes)
        return await uow.maintenances.save(
            numbered, because=numbered.scheduled(by=ALICE, at=house.clock())
        )

    return work


async def schedule(house: House, **changes: Any) -> Maintenance:
    return await house.run(scheduling(house, **changes))


def changing(house: House, window: Maintenance, **changes: Any) -> Work[Maintenance]:
    """The work that stores it with these fields, as it was seen."""
    event: Event = MaintenanceEdited(
        maintenance_id=window.id,
        reference=window.reference,
        title=window.title,
        by=ALICE,
        at=house.clock(),
        fields=tuple(changes),
    )

    async def work(uow: UnitOfWork) -> Maintenance:
        return await uow.maintenances.save(replace(window, **changes), because=event)

    return work


async def change(house: House, window: Maintenance, **changes: Any) -> Maintenance:
    return await house.run(changing(house, window, **changes))
