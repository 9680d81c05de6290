"""What is sent to outgoing webhooks, in a dict of each organisation."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.domain.ids import EndpointId, OrganizationId
from core.domain.webhook_delivery import DeliveryState, WebhookDelivery
from core.effects import Effect, SendWebhook
from core.errors import Conflict, NotFound
from core.ports.webhooks import DeliveryPage, DeliveryQuery
from tests.fakes.rows import OrganizationRows, Rows


@dataclass(frozen=True, slots=True)
class FakeWebhookDeliveries:
    rows: OrganizationRows
    follow: Callable[[Effect], None]

    async def get(self, id: str) -> WebhookDelivery:
        return _found(self.rows, id)

    async def queue(self, deliveries: Sequence[WebhookDelivery]) -> list[WebhookDelivery]:
        known = {_slot(one) for one in self.rows.webhook_deliveries.values()}
        new = [one for one in deliveries if _slot(one) not in known]
        for delivery in new:
            self.rows.webhook_deliveries[delivery.id] = delivery
            await self.send(delivery, delivery.created_at)
        return new

    async def save(self, delivery: WebhookDelivery) -> None:
        if delivery.id not in self.rows.webhook_deliveries:
            raise Conflict("The delivery is gone.")
        self.rows.webhook_deliveries[delivery.id] = delivery

    async def given_up(self, endpoint_id: EndpointId, limit: int) -> list[WebhookDelivery]:
        return self._failed(endpoint_id)[:limit]

    async def since_arrival(self, endpoint_id: EndpointId) -> tuple[int, datetime | None]:
        arrived = [
            one.created_at
            for one in self.rows.webhook_deliveries.values()
            if one.endpoint_id == endpoint_id and one.state is DeliveryState.DELIVERED
        ]
        last = max(arrived, default=None)
        since = [
            one.created_at
            for one in self._failed(endpoint_id)
            if last is None or one.created_at > last
        ]
        return len(since), min(since, default=None)

    def _failed(self, endpoint_id: EndpointId) -> list[WebhookDelivery]:
        """Oldest first."""
        every = self.rows.webhook_deliveries.values()
        failed = [one for one in every if one.state is DeliveryState.FAILED]
        return sorted((one for one in failed if one.endpoint_id == endpoint_id), key=_place)

    async def send(self, delivery: WebhookDelivery, at: datetime) -> None:
        self.follow(SendWebhook(endpoint_id=delivery.endpoint_id, delivery_id=delivery.id))


@dataclass(frozen=True)
class FakeWebhookReads:
    rows: Rows

    async def webhook_delivery(self, organization_id: OrganizationId, id: str) -> WebhookDelivery:
        return _found(self.rows.of(organization_id), id)

    async def webhook_deliveries(
        self, organization_id: OrganizationId, query: DeliveryQuery
    ) -> DeliveryPage:
        deliveries = self.rows.of(organization_id).webhook_deliveries.values()
        matching = [one for one in deliveries if _matches(one, query)]
        newest_first = sorted(matching, key=_place, reverse=True)
        shown = tuple(newest_first[: query.limit])
        return DeliveryPage(deliveries=shown, more=len(newest_first) > query.limit)


def _found(rows: OrganizationRows, id: str) -> WebhookDelivery:
    if id not in rows.webhook_deliveries:
        raise NotFound(f"There is no delivery {id}.")
    return rows.webhook_deliveries[id]


def _slot(delivery: WebhookDelivery) -> tuple[str, str]:
    return delivery.endpoint_id, delivery.entry_id


def _place(delivery: WebhookDelivery) -> tuple[datetime, str]:
    return delivery.created_at, delivery.id


def _matches(delivery: WebhookDelivery, query: DeliveryQuery) -> bool:
    return (
        delivery.endpoint_id == query.endpoint_id
        and (not query.states or delivery.state in query.states)
        and (query.after is None or _place(delivery) < query.after)
    )
