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
SHOWN_BYTES = 64 * 1024
KEPT_DELIVERIES = 20
"""Of each source, so many are kept for good; see `InboxReads.recent_deliveries`."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxRow:
    """A stored delivery and what became of it: `reason` says why it was refused, if it was.

    `body` may be the beginning only, `size` is the length of all of it.
    """

    id: DeliveryId
    integration_id: IntegrationId
    body: bytes = field(repr=False)
    size: int
    received_at: datetime
    replayed_at: datetime | None = None
    dealt_at: datetime | None = None
    reason: str = ""
    request_id: str | None = None


class InboxReads(Protocol):
    """What sources sent lately; a part of `ReadModels`."""

    async def recent_deliveries(
        self, organization_id: OrganizationId, integration_id: IntegrationId, limit: int
    ) -> list[InboxRow]:
        """Newest first, each with so much of its body as `SHOWN_BYTES`."""

    async def delivery(self, organization_id: OrganizationId, id: DeliveryId) -> InboxRow:
        """With all of its body, or `NotFound`."""

    async def delivery_of_request(
        self, organization_id: OrganizationId, integration_id: IntegrationId, request_id: str
    ) -> InboxRow | None:
        """What the source itself calls so, with all of its body."""

    async def last_heard(self, organization_id: OrganizationId) -> dict[IntegrationId, datetime]:
        """When each source was heard last; absent where it never was."""


class Inbox(Protocol):
    async def store(self, delivery: RawDelivery) -> None:
        """Returns once it is durable; `Unavailable` when that is not possible in time."""

    async def pending(self, limit: int) -> list[PendingDelivery]:
        """Not yet triaged or refused, oldest first: `limit` of them, and so many that their
        bodies begin within the first `MOST_PENDING_BYTES`."""

    async def waiting(self) -> int:
        """How many are pending."""
