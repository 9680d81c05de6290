"""The inbox in a dict, and what a transaction may say of its rows."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import accumulate

from core.domain.ids import DeliveryId, IntegrationId, OrganizationId
from core.domain.source_settings import SourceSettings
from core.domain.timer import Timer, TimerKind
from core.domain.viewer import EVERYTHING, Viewer
from core.errors import NotFound
from core.ports import (
    MOST_PENDING_BYTES,
    SHOWN_BYTES,
    InboxRow,
    PendingDelivery,
    RawDelivery,
)
from tests.fakes.privacy import hidden_from
from tests.fakes.rows import OrganizationRows, Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDelivery:
    id: DeliveryId
    raw: RawDelivery
    done_at: datetime | None = None
    refused_because: str | None = None
    replayed_at: datetime | None = None


class FakeInbox:
    def __init__(self, rows: Rows) -> None:
        self.rows: dict[DeliveryId, StoredDelivery] = {}
        self._known = rows

    async def store(self, delivery: RawDelivery) -> None:
        if self._is_known(delivery):
            return
        id = DeliveryId(len(self.rows) + 1)
        self.rows[id] = StoredDelivery(id=id, raw=delivery)

    async def pending(self, limit: int) -> list[PendingDelivery]:
        waiting = self._pending()[:limit]
        ends = accumulate(len(row.raw.body) for row in waiting)
        return [
            PendingDelivery(
                id=row.id,
                raw=replace(row.raw, received_at=row.replayed_at or row.raw.received_at),
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

    def _is_known(self, raw: RawDelivery) -> bool:
        """Whether its source sent it before, by what the source itself calls it."""
        return raw.request_id is not None and any(
            row.raw.integration_id == raw.integration_id and row.raw.request_id == raw.request_id
            for row in self.rows.values()
        )

    def _pending(self) -> list[StoredDelivery]:
        return [row for row in self.rows.values() if row.done_at is None]


@dataclass(frozen=True, slots=True)
class FakeDeliveries:
    """Works on the inbox as it was when the transaction began; `dealt_with` waits for its end."""

    organization_id: OrganizationId
    inbox: FakeInbox
    dealt_with: dict[DeliveryId, StoredDelivery] = field(default_factory=dict)

    async def settle(self, ids: Sequence[DeliveryId], at: datetime) -> frozenset[DeliveryId]:
        return frozenset(id for id in ids if self._deal_with(id, at, None))

    async def refuse(self, id: DeliveryId, reason: str, at: datetime) -> bool:
        return self._deal_with(id, at, reason)

    async def replay(self, id: DeliveryId, at: datetime) -> bool:
        row = self._row(id)
        if row is None or not row.done_at:
            return False
        self.dealt_with[id] = replace(row, done_at=None, refused_because=None, replayed_at=at)
        return True

    async def source_of(self, id: DeliveryId) -> IntegrationId | None:
        row = self._row(id)
        return row.raw.integration_id if row else None

    async def last_heard(self, id: IntegrationId) -> datetime | None:
        return last_heard(self.inbox, self.organization_id, id)

    async def oldest_waiting(self) -> datetime | None:
        rows = (self._row(id) for id in sorted(self.inbox.rows))
        waiting = (
            row.replayed_at or row.raw.received_at for row in rows if row and not row.done_at
        )
        return next(waiting, None)

    def _row(self, id: DeliveryId) -> StoredDelivery | None:
        row = self.dealt_with.get(id) or self.inbox.rows.get(id)
        return row if row and row.raw.organization_id == self.organization_id else None

    def _deal_with(self, id: DeliveryId, at: datetime, reason: str | None) -> bool:
        row = self._row(id)
        if row is None or row.done_at:
            return False
        self.dealt_with[id] = replace(row, done_at=at, refused_because=reason)
        return True


@dataclass(frozen=True)
class FakeInboxReads:
    rows: Rows
    inbox: FakeInbox
    viewer: Viewer = field(default=EVERYTHING, kw_only=True)

    async def recent_deliveries(
        self, organization_id: OrganizationId, integration_id: IntegrationId, limit: int
    ) -> list[InboxRow]:
        found = _sent_by(self.inbox, organization_id, integration_id)
        return [_shown(row, SHOWN_BYTES) for row in reversed(found)][:limit]

    async def delivery(self, organization_id: OrganizationId, id: DeliveryId) -> InboxRow:
        row = self.inbox.rows.get(id)
        if row is None or row.raw.organization_id != organization_id:
            raise NotFound(f"There is no payload {id}.")
        return _shown(row)

    async def delivery_of_request(
        self, organization_id: OrganizationId, integration_id: IntegrationId, request_id: str
    ) -> InboxRow | None:
        sent = _sent_by(self.inbox, organization_id, integration_id)
        return next((_shown(row) for row in sent if row.raw.request_id == request_id), None)

    async def last_heard(self, organization_id: OrganizationId) -> dict[IntegrationId, datetime]:
        known = self.rows.of(organization_id).integrations
        heard = {id: last_heard(self.inbox, organization_id, id) for id in known}
        return {id: at for id, at in heard.items() if at}

    async def timers(self, organization_id: OrganizationId, kind: TimerKind) -> dict[str, Timer]:
        known = self.rows.of(organization_id).timers.values()
        return {timer.subject_id: timer for timer in known if timer.kind is kind}

    async def timers_of(
        self, organization_id: OrganizationId, subject_ids: Collection[str]
    ) -> list[Timer]:
        rows = self.rows.of(organization_id)
        hidden = hidden_from(self.viewer, rows)
        found = [
            timer
            for timer in rows.timers.values()
            if timer.subject_id in subject_ids and hidden.isdisjoint(_about(timer, rows))
        ]
        return sorted(found, key=lambda one: (one.due_at, one.kind, one.subject_id))


def _about(timer: Timer, rows: OrganizationRows) -> list[str | None]:
    """Its subject, and what that belongs to."""
    record = rows.records.get(timer.subject_id)
    return [timer.subject_id, record.parent_id if record else None]


def last_heard(
    inbox: FakeInbox, organization_id: OrganizationId, id: IntegrationId
) -> datetime | None:
    return next(
        (row.raw.received_at for row in reversed(_sent_by(inbox, organization_id, id))), None
    )


def _sent_by(
    inbox: FakeInbox, organization_id: OrganizationId, id: IntegrationId
) -> list[StoredDelivery]:
    wanted = (organization_id, id)
    return [
        row
        for row in inbox.rows.values()
        if (row.raw.organization_id, row.raw.integration_id) == wanted
    ]


def _shown(row: StoredDelivery, limit: int | None = None) -> InboxRow:
    return InboxRow(
        id=row.id,
        integration_id=row.raw.integration_id,
        body=row.raw.body[:limit],
        size=len(row.raw.body),
        received_at=row.raw.received_at,
        replayed_at=row.replayed_at,
        dealt_at=row.done_at,
        reason=row.refused_because or "",
        request_id=row.raw.request_id,
    )
