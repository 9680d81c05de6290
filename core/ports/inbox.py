"""What alert sources sent, kept to the byte until it has been triaged."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.domain.ids import (
    DeliveryId,
    IntegrationId,
    OrganizationId,
)

MOST_PENDING_BYTES = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class RawDelivery:
    """What an alert source sent, to the byte."""

    organization_id: OrganizationId
    integration_id: IntegrationId
    body: bytes
    received_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingDelivery:
    """A stored delivery nobody has dealt with yet; `source` is the kind of its integration."""

    id: DeliveryId
    raw: RawDelivery
    source: str


class Inbox(Protocol):
    async def store(self, delivery: RawDelivery) -> None:
        """Returns once it is durable; `Unavailable` when that is not possible in time."""

    async def pending(self, limit: int) -> list[PendingDelivery]:
        """Not yet triaged or refused, oldest first: `limit` of them, and so many that their
        bodies begin within the first `MOST_PENDING_BYTES`."""

    async def waiting(self) -> int:
        """How many are pending."""
