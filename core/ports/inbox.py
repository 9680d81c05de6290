"""What alert sources sent, kept to the byte until it has been triaged."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from core.domain.ids import (
    DeliveryId,
    IntegrationId,
    OrganizationId,
)
from core.domain.source_settings import SourceSettings

MOST_PENDING_BYTES = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class RawDelivery:
    """What an alert source sent, as its parser reads it: JSON, whatever it came in.

    `request_id` is what the source itself calls it. A second one of the same source with the same
    id is the first one come again, and is not stored.
    """

    organization_id: OrganizationId
    integration_id: IntegrationId
    body: bytes
    received_at: datetime
    request_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingDelivery:
    """A stored delivery nobody has dealt with yet; `source` is the kind of its integration, and
    `settings` how that is set up."""

    id: DeliveryId
    raw: RawDelivery
    source: str
    settings: SourceSettings = field(default_factory=SourceSettings)


class Inbox(Protocol):
    async def store(self, delivery: RawDelivery) -> None:
        """Returns once it is durable; `Unavailable` when that is not possible in time."""

    async def pending(self, limit: int) -> list[PendingDelivery]:
        """Not yet triaged or refused, oldest first: `limit` of them, and so many that their
        bodies begin within the first `MOST_PENDING_BYTES`."""

    async def waiting(self) -> int:
        """How many are pending."""
