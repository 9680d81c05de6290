"""Planned work on services."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, UniqueConstraint

from storage.tables.base import metadata, moment, organization, text, version
from storage.types import Structure

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
    version(),
    UniqueConstraint("organization_id", "number"),
    Index("ix_maintenances_newest", "organization_id", "created_at", "id"),
)

to_start = maintenances.c.actual_start_at.is_(None) & maintenances.c.canceled_at.is_(None)
"""Whoever asks what is due to start says this, word by word."""

to_complete = (
    maintenances.c.actual_start_at.is_not(None)
    & maintenances.c.actual_end_at.is_(None)
    & maintenances.c.canceled_at.is_(None)
)

Index(
    "ix_maintenances_to_start",
    maintenances.c.scheduled_start_at,
    sqlite_where=to_start,
    postgresql_where=to_start,
)
Index(
    "ix_maintenances_to_complete",
    maintenances.c.scheduled_end_at,
    sqlite_where=to_complete,
    postgresql_where=to_complete,
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
