"""A source with people and a clock: what it says, what they do, and what becomes due of it."""

from collections.abc import Mapping
from typing import Any

from core.bus import CommandBus
from core.commands import AcknowledgeIncident, Command, TriageAlerts
from core.commands import alerting as a
from core.domain.alert import Alert, AlertDelivery, Episode
from core.domain.events import Event
from core.domain.ids import IntegrationId
from core.domain.incident import Incident
from core.domain.timer import TimerKind
from core.ports import RawDelivery
from tests.fakes.moment import FakeClock
from tests.fakes.people import a_caller, the_relay, the_source
from tests.fakes.store import FakeStore
from tests.unit.core.source import Source

PATIENCE = 100


class Story:
    """Two hours past noon, so that no source speaks of the future."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.clock.advance(hours=2)
        self.store = FakeStore(clock=self.clock)
        self.bus = CommandBus(self.store.transactions, self.clock)
        self.source = Source(self.store, self.bus, self.clock)

    async def begin(
        self, *, auto_resolve: bool = True, settings: Mapping[str, Any] | None = None
    ) -> "Story":
        await self.source.configured(auto_resolve=auto_resolve, settings=settings)
        return self

    async def late(self, *alerts: Alert, minutes: float) -> None:
        """One delivery, which waited so long in the inbox."""
        [integration_id] = self.source.rows.integrations
        raw = RawDelivery(
            organization_id=self.source.organization_id,
            integration_id=integration_id,
            body=b"{}",
            received_at=self.clock(),
        )
        await self.store.inbox.store(raw)
        [*_, delivery] = await self.store.inbox.pending(PATIENCE)
        self.clock.advance(minutes=minutes)
        told = AlertDelivery(id=delivery.id, alerts=alerts, received_at=raw.received_at)
        await self.triage(integration_id, told)
        self.clock.advance(minutes=-minutes)

    async def triage(self, integration_id: IntegrationId, *deliveries: AlertDelivery) -> None:
        await self.do(
            TriageAlerts(
                caller=the_source(self.source.organization_id),
                integration_id=integration_id,
                deliveries=deliveries,
            )
        )

    async def do(self, command: Command[Any]) -> Any:
        return await self.bus.execute(command)

    async def acknowledge(self) -> None:
        """The only incident, by somebody in the chat."""
        caller = a_caller(self.source.organization_id)
        await self.do(AcknowledgeIncident(caller=caller, incident_id=self.incident().id))

    async def wait(self, **duration: float) -> None:
        """Time passes, and what has become due by then is done."""
        self.clock.advance(**duration)
        for _ in range(PATIENCE):
            due = await self.store.chores.due_timers(self.clock(), PATIENCE)
            if not due:
                return
            for organization_id, kind, subject_id in due:
                caller = the_relay(organization_id)
                await self.do(a.RingTimer(caller=caller, kind=kind, subject_id=subject_id))
        raise AssertionError("What is due stays due.")

    def incident(self) -> Incident:
        return self.source.incident()

    def episodes(self) -> list[Episode]:
        """In the order of their starts."""
        return sorted(self.source.rows.episodes.values(), key=lambda e: (e.starts_at, e.id))

    def told(self) -> list[str]:
        return self.source.told()

    def events(self, *kinds: type[Event]) -> list[Any]:
        """Those of these kinds, oldest first."""
        known = self.store.events(self.source.organization_id)
        return [event for event in known if isinstance(event, kinds)]

    def waits(self, kind: TimerKind) -> bool:
        return any(known is kind for known, _ in self.source.rows.timers)


async def a_story(*, auto_resolve: bool = True, **settings: Any) -> Story:
    """`settings` are those of its source."""
    return await Story().begin(auto_resolve=auto_resolve, settings=settings)
