"""Outgoing webhooks, set up and told of something."""

from typing import Any

from core.bus import CommandBus
from core.commands import AddWebhookEndpoint, QueueWebhooks, RecordWebhookAttempt
from core.domain.actor import Caller
from core.domain.ids import EntryId, OrganizationId
from core.domain.webhook_delivery import WebhookDelivery
from core.domain.webhook_endpoint import Told, WebhookEndpoint
from core.effects import SendWebhook
from tests.fakes.people import the_relay
from tests.fakes.store import FakeStore

URL = "https://status.example.com/hooks/4711"


async def an_endpoint(bus: CommandBus, caller: Caller, **wish: Any) -> WebhookEndpoint:
    return await bus.execute(
        AddWebhookEndpoint(caller=caller, **{"url": URL, "secret": "sealed", **wish})
    )


async def told(bus: CommandBus, caller: Caller, number: int = 1) -> int:
    """A window started."""
    wish = QueueWebhooks(
        caller=the_relay(caller.organization_id),
        entry_id=EntryId(f"ent_{number}"),
        told=Told(type="maintenance.started"),
    )
    return await bus.execute(wish)


async def attempted(bus: CommandBus, caller: Caller, id: str, **how: Any) -> WebhookDelivery:
    relay = the_relay(caller.organization_id)
    return await bus.execute(RecordWebhookAttempt(caller=relay, delivery_id=id, **how))


def sent(store: FakeStore) -> list[tuple[str, str]]:
    effects = [one for one in store.effects if isinstance(one, SendWebhook)]
    return [(one.endpoint_id, one.delivery_id) for one in effects]


def deliveries(store: FakeStore, organization_id: OrganizationId) -> list[WebhookDelivery]:
    return list(store.rows.of(organization_id).webhook_deliveries.values())
