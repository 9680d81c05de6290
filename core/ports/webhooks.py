"""What is sent to outgoing webhooks, inside a transaction and as readers see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.domain.ids import EndpointId
from core.domain.webhook_delivery import DeliveryState, WebhookDelivery


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryQuery:
    """Which deliveries of one webhook, newest first. No states means any; `after` is the
    (created_at, id) of the last one seen."""

    endpoint_id: EndpointId
    states: frozenset[DeliveryState] = frozenset()
    limit: int = 25
    after: tuple[datetime, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryPage:
    """`more` says whether others follow these."""

    deliveries: tuple[WebhookDelivery, ...]
    more: bool


class WebhookDeliveries(Protocol):
    async def get(self, id: str) -> WebhookDelivery:
        """The delivery, or `NotFound`."""

    async def queue(self, deliveries: Sequence[WebhookDelivery]) -> list[WebhookDelivery]:
        """Store and send those whose webhook has not been given that line of the history before;
        answers which these are."""

    async def save(self, delivery: WebhookDelivery) -> None:
        """How it goes with one that is stored."""

    async def given_up(self, endpoint_id: EndpointId, limit: int) -> list[WebhookDelivery]:
        """Of one webhook, what failed, oldest first."""

    async def since_arrival(self, endpoint_id: EndpointId) -> tuple[int, datetime | None]:
        """How many failed that were made after the last one that arrived, and when the first of
        them was made."""

    async def send(self, delivery: WebhookDelivery, at: datetime) -> None:
        """Send one that is stored once more."""
