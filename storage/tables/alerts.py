"""Alert sources and what they sent."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    LargeBinary,
    Table,
    UniqueConstraint,
)

from core.domain.severity import Severity
from core.domain.urgency import Urgency
from storage.tables.base import metadata, moment, organization, sequence, text, version
from storage.types import Structure, Word

integrations = Table(
    "integrations",
    metadata,
    text("id", primary_key=True),
    organization(index=True),
    text("source"),
    text("name"),
    text("token_hash", unique=True),
    moment("created_at", nullable=False),
    text("service_id", ForeignKey("services.id"), nullable=True),
    Column("auto_resolve", Boolean, nullable=False),
    version(),
)

alerts = Table(
    "alerts",
    metadata,
    text("id", primary_key=True),
    organization(),
    text("integration_id", ForeignKey("integrations.id")),
    text("fingerprint"),
    moment("starts_at", nullable=False),
    text("name"),
    Column("severity", Word(Severity), nullable=False),
    text("summary"),
    Column("labels", Structure(), nullable=False),
    Column("links", Structure(), nullable=False),
    moment("ends_at"),
    text("incident_id", ForeignKey("incidents.id"), nullable=True),
    text("description"),
    text("suppressed_by", nullable=True),
    text("group"),
    text("group_title"),
    Column("urgency", Word(Urgency), nullable=True),
    UniqueConstraint("integration_id", "fingerprint", "starts_at"),
    Index("ix_alerts_of_incident", "incident_id", "ends_at"),
    Index("ix_alerts_newest", "organization_id", "starts_at", "id"),
)

Index(
    "ix_alerts_firing",
    alerts.c.organization_id,
    alerts.c.starts_at,
    alerts.c.id,
    sqlite_where=alerts.c.ends_at.is_(None),
    postgresql_where=alerts.c.ends_at.is_(None),
)

suppressed = alerts.c.suppressed_by.is_not(None)
raised = suppressed & alerts.c.incident_id.is_not(None)
held = suppressed & alerts.c.ends_at.is_(None) & alerts.c.incident_id.is_(None)
"""Few among all: they fire, and call nobody. Whoever asks for them says this, word by word."""

Index(
    "ix_alerts_suppressed",
    *(alerts.c[one] for one in ("suppressed_by", "organization_id")),
    sqlite_where=suppressed,
    postgresql_where=suppressed,
)
Index(
    "ix_alerts_raised",
    *(alerts.c[one] for one in ("incident_id", "suppressed_by")),
    sqlite_where=raised,
    postgresql_where=raised,
)
Index(
    "ix_alerts_held",
    *(alerts.c[one] for one in ("ends_at", "incident_id", "suppressed_by", "starts_at", "id")),
    sqlite_where=held,
    postgresql_where=held,
)

alert_groups = Table(
    "alert_groups",
    metadata,
    text("integration_id", ForeignKey("integrations.id"), primary_key=True),
    text("key", primary_key=True),
    organization(),
    text("incident_id", ForeignKey("incidents.id"), nullable=True),
    version(),
)

inbox = Table(
    "inbox",
    metadata,
    sequence("id"),
    organization(),
    text("integration_id", ForeignKey("integrations.id")),
    Column("body", LargeBinary, nullable=False),
    moment("received_at", nullable=False),
    moment("dealt_at"),
    text("reason"),
    sqlite_autoincrement=True,
)

Index(
    "ix_inbox_pending",
    inbox.c.id,
    inbox.c.dealt_at,
    sqlite_where=inbox.c.dealt_at.is_(None),
    postgresql_where=inbox.c.dealt_at.is_(None),
)
