"""An organisation with one endpoint, a relay that carries, and the server that is told."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest

from bot.credentials import new_signing_secret
from bot.encryption import WEBHOOKS, Cipher
from bot.outgoing.door import Outgoing
from bot.outgoing.outbound import Outbound
from bot.relay import NOWHERE, Relay, Surroundings
from core.bus import CommandBus
from core.commands import AddWebhookEndpoint, ScheduleMaintenance
from core.domain.actor import Caller
from core.domain.ids import EndpointId
from core.domain.maintenance import Maintenance
from core.domain.webhook_delivery import WebhookDelivery
from core.domain.webhook_endpoint import WebhookEndpoint
from core.ports import DeliveryQuery
from tests.contract.conftest import house, url
from tests.contract.house import House
from tests.fakes.moment import FakeClock
from tests.fakes.people import hire
from tests.integration.outgoing.receiver import Receiver, receiving

__all__ = ["house", "url"]

SECRET = new_signing_secret()


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """Everything between what happens and the server that is told of it."""

    house: House
    bus: CommandBus
    clock: FakeClock
    alice: Caller
    relay: Relay
    outgoing: Outgoing
    outbound: Outbound
    receiver: Receiver

    async def endpoint(self, **wish: Any) -> WebhookEndpoint:
        sealed = self.outbound.seal(SECRET)
        of_windows = {"events": ("maintenance.*",)}
        given = {"url": self.receiver.url, "secret": sealed, **of_windows, **wish}
        return await self.bus.execute(AddWebhookEndpoint(caller=self.alice, **given))

    async def window(self, **wish: Any) -> Maintenance:
        """From one to three o'clock."""
        given = {
            "title": "Database upgrade",
            "scheduled_start_at": self.clock.now.replace(hour=13),
            "scheduled_end_at": self.clock.now.replace(hour=15),
            **wish,
        }
        return await self.bus.execute(ScheduleMaintenance(caller=self.alice, **given))

    async def deliveries(self, endpoint: WebhookEndpoint) -> list[WebhookDelivery]:
        """Oldest first."""
        query = DeliveryQuery(endpoint_id=EndpointId(endpoint.id), limit=100)
        page = await self.house.storage.reads.webhook_deliveries(self.alice.organization_id, query)
        return list(reversed(page.deliveries))

    async def later(self, **duration: float) -> None:
        """The relay looks again after a while."""
        self.clock.advance(**duration)
        await self.relay.drain()


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving() as receiver:
        yield receiver


@pytest.fixture
async def post(house: House, receiver: Receiver) -> AsyncIterator[Post]:
    bus = CommandBus(house.storage.transactions, house.clock)
    outbound = Outbound(cipher=Cipher("the secret key of tests", purpose=WEBHOOKS), private=True)
    outgoing = Outgoing(bus=bus, reads=house.storage.reads, clock=house.clock, outbound=outbound)
    around = Surroundings(
        clock=house.clock, record=bus.execute, jitter=lambda: 0.0, observe=lambda *_: None
    )
    relay = Relay(house.storage.outbox, {**NOWHERE, **outgoing.deliveries}, around)
    yield Post(
        house=house,
        bus=bus,
        clock=house.clock,
        alice=await hire(bus, house.organization_id, "Alice Archer"),
        relay=relay,
        outgoing=outgoing,
        outbound=outbound,
        receiver=receiver,
    )
    await outgoing.close()
