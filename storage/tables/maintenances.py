"""Planned work on services."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, UniqueConstraint

from storage.tables.base import metadata, moment, organization, text, version
from storage.types import Structure, moments_of

maintenance_numbers = Table(
    "maintenance_numbers",
    metadata,
    organization(primary_key=True),
    Column("last", Integer, nullable=False),
)

maintenances = Table(
    "maintenances",
    metadata,
    text("id", primary_key=True),
    organization(),
    Column("number", Integer, nullable=False),
    text("title"),
    text("description"),
    moment("scheduled_start_at", nullable=False),
    moment("scheduled_end_at", nullable=False),
    moment("actual_start_at"),
    moment("actual_end_at"),
    moment("canceled_at"),
    Column("audience", Structure(tuple), nullable=False),
    moment("created_at", nullable=False),
    moment("updated_at", nullable=False),
    text("created_by", ForeignKey("users.id"), nullable=True),
    text("created_by_name"),
    text("timezone"),
    Column("notify_channels", Structure(tuple), nullable=False),
    Column("notify_user_ids", Structure(tuple), nullable=False),
    Column("customer_visible", Boolean, nullable=False),
    text("runbook_url"),
    text("owner_id", nullable=True),
    Column("auto_start", Boolean, nullable=False),
    Column("auto_complete", Boolean, nullable=False),
    Column("reminders", Structure(tuple), nullable=False),
    Column("matchers", Structure(tuple), nullable=False),
    text("cancel_reason"),
    text("recurrence"),
    text("series_id", nullable=True),
    moment("series_start_at"),
    moment("series_end_at"),
    moment("occurrence_at"),
    Column("exceptions", Structure(moments_of), nullable=False),
    Column("followed", Boolean, nullable=False),
    moment("armed_at"),
    Column("told", Structure(tuple), nullable=False),
    moment("next_at"),
    version(),
    UniqueConstraint("organization_id", "number"),
    Index("ix_maintenances_newest", "organization_id", "created_at", "id"),
)

# All that says whether a window belongs to a stretch of time, so that long history costs little.
Index(
    "ix_maintenances_agenda",
    *(
        maintenances.c[one]
        for one in (
            "organization_id",
            "scheduled_start_at",
            "id",
            "scheduled_end_at",
            "actual_start_at",
            "actual_end_at",
            "canceled_at",
        )
    ),
)

ahead = maintenances.c.next_at.is_not(None)
"""Whoever asks what is due says this, word by word."""

running = (
    maintenances.c.actual_start_at.is_not(None)
    & maintenances.c.actual_end_at.is_(None)
    & maintenances.c.canceled_at.is_(None)
)

Index(
    "ix_maintenances_due",
    *(maintenances.c[one] for one in ("next_at", "id", "organization_id")),
    sqlite_where=ahead,
    postgresql_where=ahead,
)
_OF_RUNNING = ("organization_id", "actual_end_at", "canceled_at", "id", "actual_start_at")
Index(
    "ix_maintenances_running",
    *(
        maintenances.c[one]
        for one in ("organization_id", "actual_end_at", "canceled_at", "id", "actual_start_at")
    ),
    sqlite_where=running,
    postgresql_where=running,
)

in_series = maintenances.c.series_id.is_not(None)

Index(
    "ix_maintenances_of_series",
    *(maintenances.c[one] for one in ("series_id", "number")),
    sqlite_where=in_series,
    postgresql_where=in_series,
)

maintenance_services = Table(
    "maintenance_services",
    metadata,
    text("maintenance_id", ForeignKey("maintenances.id"), primary_key=True),
    text("service_id", ForeignKey("services.id"), primary_key=True),
    organization(),
    Column("position", Integer, nullable=False),
    Index("ix_maintenance_services_by_service", "service_id", "maintenance_id"),
)

calendar_feeds = Table(
    "calendar_feeds",
    metadata,
    organization(primary_key=True),
    text("token_hash", unique=True),
    moment("created_at", nullable=False),
    text("created_by", ForeignKey("users.id"), nullable=True),
)
