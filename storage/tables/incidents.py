"""Incidents and everything that belongs to one."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    UniqueConstraint,
    false,
    literal_column,
)
from sqlalchemy import text as text_of_sql

from core.domain.actor import Surface
from core.domain.particulars import FieldEntry, Mode, RoleAssignment
from core.domain.severity import Severity
from core.domain.state import ACTIVE, Phase, State
from core.domain.urgency import Urgency
from storage.tables.base import metadata, moment, organization, sequence, text, version
from storage.types import Convert, Structure, Word


def structure(name: str, make: Convert) -> Column[Any]:
    return Column(name, Structure(make), nullable=False, server_default="[]")


def _roles(items: Iterable[dict[str, Any]]) -> tuple[RoleAssignment, ...]:
    return tuple(RoleAssignment(**item) for item in items)


def _fields(items: Iterable[dict[str, Any]]) -> tuple[FieldEntry, ...]:
    return tuple(
        FieldEntry(field_id=item["field_id"], values=tuple(item["values"])) for item in items
    )


incident_numbers = Table(
    "incident_numbers",
    metadata,
    organization(primary_key=True),
    Column("last", Integer, nullable=False),
)

incidents = Table(
    "incidents",
    metadata,
    text("id", primary_key=True),
    organization(),
    Column("number", Integer, nullable=False),
    text("title"),
    Column("severity", Word(Severity), nullable=False),
    moment("created_at", nullable=False),
    moment("updated_at", nullable=False),
    Column("source", Word(Surface), nullable=False),
    Column("state", Word(State), nullable=False),
    Column("phase", Word(Phase), nullable=False),
    text("description"),
    text("resolution"),
    text("root_cause"),
    text("severity_word"),
    text("created_by", ForeignKey("users.id"), nullable=True),
    text("created_by_name"),
    text("assignee_id", ForeignKey("users.id"), nullable=True),
    moment("published_at"),
    moment("acknowledged_at"),
    text("acknowledged_by", ForeignKey("users.id"), nullable=True),
    moment("snoozed_until"),
    moment("rung_at"),
    moment("resolved_at"),
    Column("resolved_by", Word(Surface)),
    moment("closed_at"),
    moment("canceled_at"),
    moment("deleted_at"),
    text("channel_id", nullable=True),
    text("channel_name"),
    version(),
    text("search_text", server_default=""),
    Column("mode", Word(Mode), nullable=False, server_default=Mode.STANDARD),
    Column("urgency", Word(Urgency)),
    *(text(name, server_default="") for name in ("priority", "postmortem_url", "call_url")),
    *(structure(name, tuple) for name in ("audience", "tags", "links")),
    *(text(f"{name}_id", nullable=True) for name in ("severity", "status", "type", "metric")),
    structure("roles", _roles),
    structure("fields", _fields),
    Column("private", Boolean, nullable=False, server_default=false()),
    *(structure(name, tuple) for name in ("members", "related")),
    text("merged_into", nullable=True),
    moment("update_due_at"),
    moment("archived_at"),
    UniqueConstraint("organization_id", "number"),
)

# SQLite reads from an index alone only if it holds every column asked for, `deleted_at` too; and
# PostgreSQL goes through one in its order only if no `IS NULL` stands before what orders it.
for _name, _columns in {
    "ix_incidents_newest": ("created_at", "id"),
    "ix_incidents_by_state": ("state", "created_at", "id", "severity"),
    "ix_incidents_by_severity": ("severity", "created_at", "id"),
    "ix_incidents_by_assignee": ("assignee_id", "created_at", "id"),
    "ix_incidents_by_channel": ("channel_id",),
    "ix_incidents_by_mode": ("mode", "created_at", "id"),
    "ix_incidents_by_update": ("updated_at", "created_at", "id"),
}.items():
    Index(_name, *(incidents.c[one] for one in ("organization_id", *_columns, "deleted_at")))

going_on = incidents.c.state.in_([literal_column(f"'{state}'") for state in sorted(ACTIVE)])
"""Somebody may still have work to do."""

metric_drafts = (
    (incidents.c.state == literal_column(f"'{State.DRAFT}'"))
    & incidents.c.metric_id.is_not(None)
    & incidents.c.deleted_at.is_(None)
)
"""Few among all; whoever asks for them says this, word by word."""

Index(
    "ix_incidents_metric_drafts",
    incidents.c.updated_at,
    incidents.c.id,
    sqlite_where=metric_drafts,
    postgresql_where=metric_drafts,
)

Index(
    "ix_incidents_private",
    incidents.c.organization_id,
    incidents.c.private,  # or SQLite would rather look through all of an organisation
    incidents.c.id,
    sqlite_where=text_of_sql("private = 1"),  # word by word as it is asked for
    postgresql_where=incidents.c.private,
)

incident_services = Table(
    "incident_services",
    metadata,
    text("incident_id", ForeignKey("incidents.id"), primary_key=True),
    text("service_id", ForeignKey("services.id"), primary_key=True),
    organization(),
    Column("position", Integer, nullable=False),
    Index("ix_incident_services_by_service", "service_id", "incident_id"),
)

updates = Table(
    "updates",
    metadata,
    sequence("sequence"),
    text("id", unique=True),
    organization(),
    text("incident_id", ForeignKey("incidents.id")),
    Column("phase", Word(Phase), nullable=False),
    text("text"),
    Column("surface", Word(Surface), nullable=False),
    text("author"),
    text("author_id", nullable=True),
    moment("at", nullable=False),
    text("status", nullable=True),
    text("severity", nullable=True),
    Index("ix_updates_of_incident", "incident_id", "sequence"),
    Index("ix_updates_newest", "organization_id", "sequence"),
)

timeline = Table(
    "timeline",
    metadata,
    sequence("sequence"),
    text("id", unique=True),
    organization(),
    text("incident_id", ForeignKey("incidents.id"), nullable=True),
    text("maintenance_id", nullable=True),
    moment("at", nullable=False),
    text("kind"),
    text("body"),
    Index("ix_timeline_of_incident", "incident_id", "sequence"),
    Index("ix_timeline_of_maintenance", "maintenance_id", "sequence"),
)

postings = Table(
    "postings",
    metadata,
    text("subject_id", primary_key=True),
    text("role", primary_key=True),
    organization(),
    text("channel_id"),
    text("ts"),
)
