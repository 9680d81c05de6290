"""What was sent to outgoing webhooks, and how it went."""

from sqlalchemy import Column, Index, Integer, Table, UniqueConstraint

from core.domain.webhook_delivery import DeliveryState
from storage.tables.base import metadata, moment, organization, text
from storage.types import Word

webhook_deliveries = Table(
    "webhook_deliveries",
    metadata,
    text("id", primary_key=True),
    organization(),
    text("endpoint_id"),
    text("entry_id"),
    text("event_type"),
    Column("state", Word(DeliveryState), nullable=False),
    text("reason"),
    Column("attempts", Integer, nullable=False),
    Column("status", Integer, nullable=True),
    moment("created_at", nullable=False),
    moment("settled_at"),
    UniqueConstraint("endpoint_id", "entry_id"),
    Index("ix_webhook_deliveries_newest", "organization_id", "endpoint_id", "created_at", "id"),
)
