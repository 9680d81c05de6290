"""Alert sources and what they sent."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    false,
    literal_column,
    type_coerce,
)

from core.domain.alert import Fate
from core.domain.severity import Severity
from core.domain.source_settings import SourceSettings
from core.domain.timer import PATIENT, TimerKind
from core.domain.urgency import Urgency
from storage.tables.base import metadata, moment, organization, sequence, text, version
from storage.types import Structure, Word


def _settings(body: Mapping[str, Any]) -> SourceSettings:
    """Of an older or a newer version there may be fewer or more."""
    known: dict[str, Any] = {n: body[n] for n in SourceSettings.__slots__ if n in body}
    for name in ("group_by", "topics"):
        known[name] = tuple(known.get(name, ()))
    return SourceSettings(**known)


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
    Column("settings", Structure(_settings), nullable=False, server_default="{}"),
    text("sealed_token", server_default=""),
    text("sealed_secret", server_default=""),
    moment("deleted_at"),
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
    Column("fate", Word(Fate), nullable=False, server_default=Fate.RECORDED),
    text("fate_note", server_default=""),
    text("kept_by", nullable=True),
    moment("due_at"),
    text("service_id", nullable=True),
    Column("flapping", Boolean, nullable=False, server_default=false()),
    Column("orphan", Boolean, nullable=False, server_default=false()),
    moment("acknowledged_at"),
    text("acknowledged_by", server_default=""),
    moment("snoozed_until"),
    text("owner", server_default=""),
    Column("tags", Structure(tuple), nullable=False, server_default="[]"),
    Column("count", Integer, nullable=False, server_default="1"),
    moment("last_at"),
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

kept = alerts.c.kept_by.is_not(None)
waiting = kept & alerts.c.ends_at.is_(None) & alerts.c.incident_id.is_(None)
"""They fire, and something other than maintenance keeps them quiet."""
holding = alerts.c.due_at.is_not(None)

Index(
    "ix_alerts_waiting",
    *(alerts.c[one] for one in ("kept_by", "fate", "starts_at", "id")),
    sqlite_where=waiting,
    postgresql_where=waiting,
)
Index(
    "ix_alerts_kept",
    *(alerts.c[one] for one in ("kept_by", "organization_id")),
    sqlite_where=kept,
    postgresql_where=kept,
)
Index(
    "ix_alerts_holding",
    *(alerts.c[one] for one in ("integration_id", "due_at", "id")),
    sqlite_where=holding,
    postgresql_where=holding,
)

alert_notes = Table(
    "alert_notes",
    metadata,
    text("id", primary_key=True),
    organization(),
    text("alert_id", ForeignKey("alerts.id")),
    moment("at", nullable=False),
    text("by"),
    text("text"),
    Index("ix_alert_notes_of_alert", "alert_id", "at", "id"),
)

alert_timers = Table(
    "alert_timers",
    metadata,
    organization(primary_key=True),
    Column("kind", Word(TimerKind), primary_key=True),
    text("subject_id", primary_key=True),
    moment("due_at", nullable=False),
    Column("count", Integer, nullable=False, server_default="0"),
    Column("names", Structure(tuple), nullable=False, server_default="[]"),
)

_patient: list[ColumnElement[str]] = [literal_column(f"'{kind.value}'") for kind in sorted(PATIENT)]
patient = type_coerce(alert_timers.c.kind, Text).in_(_patient)
impatient = type_coerce(alert_timers.c.kind, Text).not_in(_patient)
"""Whoever asks for those says this, word by word; another kind among them takes a migration."""

# Reminders wait among themselves, so that what is due about alerts is found without reading them.
for _name, _which in (("ix_alert_timers_due", impatient), ("ix_alert_timers_patient", patient)):
    Index(
        _name,
        alert_timers.c.due_at,
        alert_timers.c.subject_id,
        sqlite_where=_which,
        postgresql_where=_which,
    )

alert_groups = Table(
    "alert_groups",
    metadata,
    text("integration_id", ForeignKey("integrations.id"), primary_key=True),
    text("key", primary_key=True),
    organization(),
    text("incident_id", ForeignKey("incidents.id"), nullable=True),
    moment("opened_at"),
    version(),
    Index("ix_alert_groups_opened", "integration_id", "opened_at"),
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
    text("request_id", nullable=True),
    moment("replayed_at"),
    Index("ix_inbox_newest", "integration_id", "id"),
    sqlite_autoincrement=True,
)

requested = inbox.c.request_id.is_not(None)

Index(
    "uq_inbox_request",
    *(inbox.c[one] for one in ("integration_id", "request_id")),
    unique=True,
    sqlite_where=requested,
    postgresql_where=requested,
)

Index(
    "ix_inbox_pending",
    inbox.c.id,
    inbox.c.dealt_at,
    sqlite_where=inbox.c.dealt_at.is_(None),
    postgresql_where=inbox.c.dealt_at.is_(None),
)
