"""The schema: one table per noun, each row with its organisation."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

from core.domain.account import Dialect, Role
from core.domain.actor import Surface
from core.domain.severity import Severity
from core.domain.state import Phase, State
from storage.types import Structure, UtcDateTime, Word

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _text(name: str, *arguments: Any, nullable: bool = False, **options: Any) -> Column[str]:
    return Column(name, Text, *arguments, nullable=nullable, **options)


def _moment(name: str, *, nullable: bool = True) -> Column[Any]:
    return Column(name, UtcDateTime, nullable=nullable)


def _organization(**options: Any) -> Column[str]:
    return _text("organization_id", ForeignKey("organizations.id"), **options)


def _sequence(name: str) -> Column[int]:
    """Counts up in the order of writing; a number is never used again."""
    counter = BigInteger().with_variant(Integer(), "sqlite")
    return Column(name, counter, primary_key=True, autoincrement=True)


def _version() -> Column[int]:
    return Column("version", Integer, nullable=False)


organizations = Table(
    "organizations",
    metadata,
    _text("id", primary_key=True),
    _text("slug", unique=True),
    _text("name"),
    _moment("created_at", nullable=False),
)

incident_numbers = Table(
    "incident_numbers",
    metadata,
    _organization(primary_key=True),
    Column("last", Integer, nullable=False),
)

users = Table(
    "users",
    metadata,
    _text("id", primary_key=True),
    _organization(),
    _text("email"),
    _text("name"),
    Column("role", Word(Role), nullable=False),
    _moment("created_at", nullable=False),
    _text("password_hash", nullable=True),
    _text("slack_team_id", nullable=True),
    _text("slack_user_id", nullable=True),
    _version(),
    UniqueConstraint("organization_id", "email"),
    UniqueConstraint("organization_id", "slack_team_id", "slack_user_id"),
)

services = Table(
    "services",
    metadata,
    _text("id", primary_key=True),
    _organization(),
    _text("name"),
    _text("folded_name"),
    _text("description"),
    _moment("created_at", nullable=False),
    _version(),
    UniqueConstraint("organization_id", "folded_name"),
)

service_owners = Table(
    "service_owners",
    metadata,
    _text("service_id", ForeignKey("services.id"), primary_key=True),
    _text("user_id", ForeignKey("users.id"), primary_key=True),
    _organization(),
    Column("position", Integer, nullable=False),
)

incidents = Table(
    "incidents",
    metadata,
    _text("id", primary_key=True),
    _organization(),
    Column("number", Integer, nullable=False),
    _text("title"),
    Column("severity", Word(Severity), nullable=False),
    _moment("created_at", nullable=False),
    _moment("updated_at", nullable=False),
    Column("source", Word(Surface), nullable=False),
    Column("state", Word(State), nullable=False),
    Column("phase", Word(Phase), nullable=False),
    _text("description"),
    _text("severity_word"),
    _text("created_by", ForeignKey("users.id"), nullable=True),
    _text("created_by_name"),
    _text("assignee_id", ForeignKey("users.id"), nullable=True),
    _moment("published_at"),
    _moment("acknowledged_at"),
    _text("acknowledged_by", ForeignKey("users.id"), nullable=True),
    _moment("snoozed_until"),
    _moment("resolved_at"),
    Column("resolved_by", Word(Surface)),
    _moment("closed_at"),
    _moment("canceled_at"),
    _moment("deleted_at"),
    _text("channel_id", nullable=True),
    _text("channel_name"),
    _version(),
    _text("search_text", server_default=""),
    UniqueConstraint("organization_id", "number"),
)

# SQLite counts from an index alone only if it holds every column asked for, `deleted_at` too.
for _name, _columns in {
    "ix_incidents_newest": ("created_at", "id"),
    "ix_incidents_by_state": ("state", "created_at", "id", "severity"),
    "ix_incidents_by_severity": ("severity", "created_at", "id"),
    "ix_incidents_by_assignee": ("assignee_id", "created_at", "id"),
    "ix_incidents_by_channel": ("channel_id",),
}.items():
    Index(_name, *(incidents.c[one] for one in ("organization_id", "deleted_at", *_columns)))

incident_services = Table(
    "incident_services",
    metadata,
    _text("incident_id", ForeignKey("incidents.id"), primary_key=True),
    _text("service_id", ForeignKey("services.id"), primary_key=True),
    _organization(),
    Column("position", Integer, nullable=False),
    Index("ix_incident_services_by_service", "service_id", "incident_id"),
)

updates = Table(
    "updates",
    metadata,
    _sequence("sequence"),
    _text("id", unique=True),
    _organization(),
    _text("incident_id", ForeignKey("incidents.id")),
    Column("phase", Word(Phase), nullable=False),
    _text("text"),
    Column("surface", Word(Surface), nullable=False),
    _text("author"),
    _text("author_id", nullable=True),
    _moment("at", nullable=False),
    Index("ix_updates_of_incident", "incident_id", "sequence"),
)

timeline = Table(
    "timeline",
    metadata,
    _sequence("sequence"),
    _text("id", unique=True),
    _organization(),
    _text("incident_id", ForeignKey("incidents.id"), nullable=True),
    _moment("at", nullable=False),
    _text("kind"),
    _text("body"),
    Index("ix_timeline_of_incident", "incident_id", "sequence"),
)

api_keys = Table(
    "api_keys",
    metadata,
    _text("id", primary_key=True),
    _organization(index=True),
    _text("name"),
    _text("prefix"),
    _text("hash", unique=True),
    Column("scopes", Structure(tuple), nullable=False),
    Column("dialect", Word(Dialect), nullable=False),
    _moment("created_at", nullable=False),
    _text("created_by", ForeignKey("users.id"), nullable=True),
    _moment("expires_at"),
    _moment("revoked_at"),
    _moment("last_used_at"),
    _version(),
)

integrations = Table(
    "integrations",
    metadata,
    _text("id", primary_key=True),
    _organization(index=True),
    _text("source"),
    _text("name"),
    _text("token_hash", unique=True),
    _moment("created_at", nullable=False),
    _text("service_id", ForeignKey("services.id"), nullable=True),
    Column("auto_resolve", Boolean, nullable=False),
    _version(),
)

alerts = Table(
    "alerts",
    metadata,
    _text("id", primary_key=True),
    _organization(),
    _text("integration_id", ForeignKey("integrations.id")),
    _text("fingerprint"),
    _moment("starts_at", nullable=False),
    _text("name"),
    Column("severity", Word(Severity), nullable=False),
    _text("summary"),
    Column("labels", Structure(), nullable=False),
    Column("links", Structure(), nullable=False),
    _moment("ends_at"),
    _text("incident_id", ForeignKey("incidents.id"), nullable=True),
    UniqueConstraint("integration_id", "fingerprint", "starts_at"),
    Index("ix_alerts_of_incident", "incident_id", "ends_at"),
)

alert_groups = Table(
    "alert_groups",
    metadata,
    _text("integration_id", ForeignKey("integrations.id"), primary_key=True),
    _text("key", primary_key=True),
    _organization(),
    _text("incident_id", ForeignKey("incidents.id"), nullable=True),
    _version(),
)

outbox = Table(
    "outbox",
    metadata,
    _sequence("id"),
    _organization(),
    _text("lane"),
    _text("kind"),
    _text("body"),
    _moment("due_at", nullable=False),
    Column("attempts", Integer, nullable=False),
    _moment("leased_until"),
    Column("doubtful", Boolean, nullable=False),
    _moment("settled_at"),
    _moment("buried_at"),
    _text("reason"),
    sqlite_autoincrement=True,
)
outbox_waiting = outbox.c.settled_at.is_(None) & outbox.c.buried_at.is_(None)
# Where nothing waits these are empty, however much was delivered.
for _name, _columns in {
    "ix_outbox_waiting": ("lane", "id", "leased_until", "settled_at", "buried_at"),
    "ix_outbox_due": ("due_at", "id", "settled_at", "buried_at"),
}.items():
    Index(
        _name,
        *(outbox.c[one] for one in _columns),
        sqlite_where=outbox_waiting,
        postgresql_where=outbox_waiting,
    )
Index(
    "ix_outbox_leased",
    outbox.c.leased_until,
    sqlite_where=outbox.c.leased_until.is_not(None),
    postgresql_where=outbox.c.leased_until.is_not(None),
)
Index(
    "ix_outbox_buried",
    outbox.c.organization_id,
    outbox.c.buried_at,
    sqlite_where=outbox.c.buried_at.is_not(None),
    postgresql_where=outbox.c.buried_at.is_not(None),
)

postings = Table(
    "postings",
    metadata,
    _text("incident_id", ForeignKey("incidents.id"), primary_key=True),
    _text("role", primary_key=True),
    _organization(),
    _text("channel_id"),
    _text("ts"),
)

inbox = Table(
    "inbox",
    metadata,
    _sequence("id"),
    _organization(),
    _text("integration_id", ForeignKey("integrations.id")),
    Column("body", LargeBinary, nullable=False),
    _moment("received_at", nullable=False),
    _moment("dealt_at"),
    _text("reason"),
    sqlite_autoincrement=True,
)
Index(
    "ix_inbox_pending",
    inbox.c.id,
    inbox.c.dealt_at,
    sqlite_where=inbox.c.dealt_at.is_(None),
    postgresql_where=inbox.c.dealt_at.is_(None),
)

processed = Table(
    "processed",
    metadata,
    _organization(primary_key=True),
    _text("key", primary_key=True),
    _text("fingerprint"),
    _text("subject_id"),
    Column("at", UtcDateTime, nullable=False, index=True),
)

installations = Table(
    "installations",
    metadata,
    _text("team_id", primary_key=True),
    _organization(index=True),
    _text("team_name"),
    _text("bot_user_id"),
    _text("bot_id"),
    Column("token_ciphertext", LargeBinary, nullable=False),
    Column("scopes", Structure(tuple), nullable=False),
    _moment("installed_at", nullable=False),
)
