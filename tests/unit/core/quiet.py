"""A service with an alert source in front of the fake store, and windows in which it is quiet."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from core.bus import CommandBus
from core.commands import (
    AddService,
    CancelMaintenance,
    CompleteMaintenance,
    RaiseSuppressedAlerts,
    ScheduleMaintenance,
)
from core.domain.alert import Episode
from core.domain.events import (
    MaintenanceCanceled,
    MaintenanceCompleted,
    MaintenanceEvent,
    SuppressedAlertsRaised,
)
from core.domain.maintenance import Maintenance
from core.domain.service import Service
from tests.fakes.moment import FakeClock
from tests.fakes.people import a_caller, the_operator
from tests.fakes.store import FakeStore
from tests.unit.core.source import Source

PATIENCE = 100


class Quiet:
    """`source` rings for `service`."""

    def __init__(self, store: FakeStore, bus: CommandBus, clock: FakeClock) -> None:
        self.store, self.bus, self.clock = store, bus, clock
        self.source = Source(store, bus, clock)
        self.operator = the_operator(self.source.organization_id)
        self.carol = a_caller(self.source.organization_id, name="Carol Cook")

    async def begin(
        self, *, auto_resolve: bool = True, settings: Mapping[str, Any] | None = None
    ) -> "Quiet":
        self.clock.advance(hours=2)  # the stories are past: no source speaks of the future
        self.service = await self.serve("checkout")
        await self.source.configured(
            auto_resolve=auto_resolve, service_id=self.service.id, settings=settings
        )
        return self

    async def serve(self, name: str) -> Service:
        return await self.bus.execute(AddService(caller=self.operator, name=name))

    async def another_source(self, service: Service | None = None) -> Source:
        source = Source(self.store, self.bus, self.clock)
        return await source.configured(service_id=service.id if service else None)

    async def window(
        self,
        *services: Service,
        matchers: tuple[str, ...] = (),
        minutes: float = 60,
        title: str = "Database upgrade",
    ) -> Maintenance:
        """Running from now on; on the service, unless others or matchers are given."""
        mine = () if services or matchers else (self.service,)
        return await self.bus.execute(
            ScheduleMaintenance(
                caller=self.carol,
                title=title,
                start_now=True,
                scheduled_end_at=self.clock() + timedelta(minutes=minutes),
                service_ids=tuple(service.id for service in (*services, *mine)),
                matchers=matchers,
            )
        )

    async def complete(self, window: Maintenance) -> None:
        await self.bus.execute(CompleteMaintenance(caller=self.carol, maintenance_id=window.id))

    async def cancel(self, window: Maintenance) -> None:
        await self.bus.execute(CancelMaintenance(caller=self.carol, maintenance_id=window.id))

    async def sweep(self, *, limit: int = 200) -> int:
        """What the clock does when windows are over; how often it had to."""
        for times in range(PATIENCE):
            stranded = await self.store.chores.stranded_alerts(10)
            if not stranded:
                return times
            for _, id in stranded:
                command = RaiseSuppressedAlerts(
                    caller=self.operator, maintenance_id=id, limit=limit
                )
                await self.bus.execute(command)
        raise AssertionError("Alerts of windows that are over stay where they are.")

    async def end(self, window: Maintenance) -> None:
        """It is completed, and the clock does the rest."""
        await self.complete(window)
        await self.sweep()

    def episodes(self) -> list[Episode]:
        """In the order of their starts."""
        return sorted(self.source.rows.episodes.values(), key=lambda e: (e.starts_at, e.id))

    def suppressed(self) -> list[str]:
        """The fingerprints of what fires and calls nobody."""
        return sorted(e.fingerprint for e in self.episodes() if e.firing and e.suppressed)

    def told(self, window: Maintenance) -> list[MaintenanceEvent]:
        """What happened to the window, oldest first."""
        events = self.store.events(self.source.organization_id)
        mine = (event for event in events if isinstance(event, MaintenanceEvent))
        return [event for event in mine if event.maintenance_id == window.id]

    def raised(self, window: Maintenance) -> list[SuppressedAlertsRaised]:
        return [event for event in self.told(window) if isinstance(event, SuppressedAlertsRaised)]

    def ending(self, window: Maintenance) -> MaintenanceCompleted | MaintenanceCanceled:
        [event] = (
            event
            for event in self.told(window)
            if isinstance(event, MaintenanceCompleted | MaintenanceCanceled)
        )
        return event
