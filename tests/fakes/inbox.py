"""The inbox in a dict, and what a transaction may say of its rows."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import accumulate

from core.domain.ids import DeliveryId, OrganizationId
from core.domain.source_settings import SourceSettings
from core.ports import MOST_PENDING_BYTES, PendingDelivery, RawDelivery
from tests.fakes.rows import Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDelivery:
    id: DeliveryId
    raw: RawDelivery
    done_at: datetime | None = None
    refused_because: str | None = None


class FakeInbox:
    def __init__(self, rows: Rows) -> None:
        self.rows: dict[DeliveryId, StoredDelivery] = {}
        self._known = rows

    async def store(self, delivery: RawDelivery) -> None:
        id = DeliveryId(len(self.rows) + 1)
        self.rows[id] = StoredDelivery(id=id, raw=delivery)

    async def pending(self, limit: int) -> list[PendingDelivery]:
        waiting = self._pending()[:limit]
        ends = accumulate(len(row.raw.body) for row in waiting)
        return [
            PendingDelivery(
                id=row.id,
                raw=row.raw,
                source=self._source(row.raw),
                settings=self._settings(row.raw),
            )
            for row, end in zip(waiting, ends, strict=True)
            if end - len(row.raw.body) < MOST_PENDING_BYTES
        ]

    async def waiting(self) -> int:
        return len(self._pending())

    def _source(self, raw: RawDelivery) -> str:
        """Empty where there is none, which no database allows."""
        integration = self._known.of(raw.organization_id).integrations.get(raw.integration_id)
        return integration.source if integration else ""

    def _settings(self, raw: RawDelivery) -> SourceSettings:
        integration = self._known.of(raw.organization_id).integrations.get(raw.integration_id)
        return integration.settings if integration else SourceSettings()

    def _pending(self) -> list[StoredDelivery]:
        return [row for row in self.rows.values() if row.done_at is None]


@dataclass(frozen=True, slots=True)
class FakeDeliveries:
    """Works on the inbox as it was when the transaction began; `dealt_with` waits for its end."""

    organization_id: OrganizationId
    inbox: FakeInbox
    dealt_with: dict[DeliveryId, StoredDelivery] = field(default_factory=dict)

    async def settle(self, id: DeliveryId, at: datetime) -> bool:
        return self._deal_with(id, at, None)

    async def refuse(self, id: DeliveryId, reason: str, at: datetime) -> bool:
        return self._deal_with(id, at, reason)

    def _deal_with(self, id: DeliveryId, at: datetime, reason: str | None) -> bool:
        row = self.dealt_with.get(id) or self.inbox.rows.get(id)
        if row is None or row.done_at or row.raw.organization_id != self.organization_id:
            return False
        self.dealt_with[id] = replace(row, done_at=at, refused_because=reason)
        return True
