"""An alert source in front of the fake store: deliveries go in, incidents come out."""

from collections.abc import Mapping
from typing import Any

from core.bus import CommandBus
from core.commands import CreateIntegration, ResolveIncident, TriageAlerts
from core.domain.alert import Alert, AlertDelivery, Episode
from core.domain.events import ReminderDue
from core.domain.ids import IncidentId, IntegrationId, OrganizationId, ServiceId
from core.domain.incident import Incident
from core.ports import RawDelivery
from tests.fakes.moment import FakeClock
from tests.fakes.people import a_caller, the_operator, the_source
from tests.fakes.rows import OrganizationRows
from tests.fakes.store import FakeStore


class Source:
    """One integration of one organisation."""

    def __init__(self, store: FakeStore, bus: CommandBus, clock: FakeClock) -> None:
        self._store, self._bus, self._clock = store, bus, clock
        self._organization_id = OrganizationId("org_alerts")
        self._integration_id = IntegrationId("")

    async def configured(
        self,
        *,
        auto_resolve: bool = True,
        service_id: ServiceId | None = None,
        settings: Mapping[str, Any] | None = None,
    ) -> "Source":
        integration = await self._bus.execute(
            CreateIntegration(
                caller=the_operator(self._organization_id),
                source="alertmanager",
                name="Alertmanager",
                token_hash="hash",
                auto_resolve=auto_resolve,
                service_id=service_id,
                settings=settings or {},
            )
        )
        self._integration_id = integration.id
        return self

    async def ring(self, *alerts: Alert) -> tuple[IncidentId, ...]:
        """One delivery, triaged now."""
        raw = RawDelivery(
            organization_id=self._organization_id,
            integration_id=self._integration_id,
            body=b"{}",
            received_at=self._clock(),
        )
        await self._store.inbox.store(raw)
        [*_, delivery] = await self._store.inbox.pending(1_000_000)
        return await self._bus.execute(
            TriageAlerts(
                caller=the_source(self._organization_id),
                integration_id=self._integration_id,
                deliveries=(AlertDelivery(id=delivery.id, alerts=alerts),),
            )
        )

    async def resolve_by_hand(self) -> None:
        """The only incident, by somebody in the chat."""
        await self._bus.execute(
            ResolveIncident(caller=a_caller(self._organization_id), incident_id=self.incident().id)
        )

    @property
    def rows(self) -> OrganizationRows:
        return self._store.rows.of(self._organization_id)

    @property
    def organization_id(self) -> OrganizationId:
        return self._organization_id

    def incidents(self) -> list[Incident]:
        return list(self.rows.incidents.values())

    def incident(self) -> Incident:
        [only] = self.incidents()
        return only

    def open_episodes(self) -> set[tuple[str, str]]:
        """Fingerprint and start of what fires."""
        return {_named(e) for e in self.rows.episodes.values() if e.firing}

    def told(self) -> list[str]:
        """The kinds of events of incidents, oldest first; but for what people are reminded of."""
        events = self._store.events(self._organization_id)
        kinds = [type(e) for e in events if getattr(e, "incident_id", None)]
        return [kind.__name__ for kind in kinds if kind is not ReminderDue]


def _named(episode: Episode) -> tuple[str, str]:
    return episode.fingerprint, episode.starts_at.isoformat()


async def a_source(*, auto_resolve: bool = True) -> Source:
    """A source in a world of its own."""
    clock = FakeClock()
    clock.advance(hours=2)  # the stories are past: no source speaks of the future
    store = FakeStore(clock=clock)
    bus = CommandBus(store.transactions, clock)
    return await Source(store, bus, clock).configured(auto_resolve=auto_resolve)
