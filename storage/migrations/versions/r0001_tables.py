"""The tables of incidents, people, alerts, and of what is on its way in and out."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0001"
down_revision = None

COUNTER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    for create in (
        *(_people, _services, _credentials),
        *(_incidents, _concerned, _updates, _timeline),
        *(_alerts, _groups, _queues, _memories),
    ):
        create()


def _people() -> None:
    op.create_table(
        "organizations",
        _text("id", primary_key=True),
        _text("slug"),
        _text("name"),
        _moment("created_at", nullable=False),
        _unique("organizations", "slug"),
    )
    op.create_table("incident_numbers", _organization(primary_key=True), _number("last"))
    op.create_table(
        "users",
        _text("id", primary_key=True),
        _organization(),
        *_texts("email", "name", "role"),
        _moment("created_at", nullable=False),
        *_texts("password_hash", "slack_team_id", "slack_user_id", nullable=True),
        _number("version"),
        _unique("users", "organization_id", "email"),
        _unique("users", "organization_id", "slack_team_id", "slack_user_id"),
    )


def _services() -> None:
    op.create_table(
        "services",
        _text("id", primary_key=True),
        _organization(),
        *_texts("name", "folded_name", "description"),
        _moment("created_at", nullable=False),
        _number("version"),
        _unique("services", "organization_id", "folded_name"),
    )
    op.create_table(
        "service_owners",
        _refers("service_id", "services", primary_key=True),
        _refers("user_id", "users", primary_key=True),
        _organization(),
        _number("position"),
    )


def _credentials() -> None:
    op.create_table(
        "api_keys",
        _text("id", primary_key=True),
        _organization(index=True),
        *_texts("name", "prefix", "hash", "scopes", "dialect"),
        _moment("created_at", nullable=False),
        _refers("created_by", "users", nullable=True),
        *_moments("expires_at", "revoked_at", "last_used_at"),
        _number("version"),
        _unique("api_keys", "hash"),
    )
    op.create_table(
        "integrations",
        _text("id", primary_key=True),
        _organization(index=True),
        *_texts("source", "name", "token_hash"),
        _moment("created_at", nullable=False),
        _refers("service_id", "services", nullable=True),
        sa.Column("auto_resolve", sa.Boolean, nullable=False),
        _number("version"),
        _unique("integrations", "token_hash"),
    )


def _incidents() -> None:
    op.create_table(
        "incidents",
        _text("id", primary_key=True),
        _organization(),
        _number("number"),
        *_texts("title", "severity"),
        _moment("created_at", nullable=False),
        _moment("updated_at", nullable=False),
        *_texts("source", "state", "phase", "description", "severity_word"),
        _refers("created_by", "users", nullable=True),
        _text("created_by_name"),
        _refers("assignee_id", "users", nullable=True),
        *_moments("published_at", "acknowledged_at"),
        _refers("acknowledged_by", "users", nullable=True),
        *_moments("snoozed_until", "resolved_at"),
        _text("resolved_by", nullable=True),
        *_moments("closed_at", "canceled_at", "deleted_at"),
        _text("channel_id", nullable=True),
        _text("channel_name"),
        _number("version"),
        _unique("incidents", "organization_id", "number"),
    )


def _concerned() -> None:
    op.create_table(
        "incident_services",
        _refers("incident_id", "incidents", primary_key=True),
        _refers("service_id", "services", primary_key=True),
        _organization(),
        _number("position"),
    )
    op.create_index(
        "ix_incident_services_by_service",
        "incident_services",
        ["service_id", "incident_id"],
    )


def _updates() -> None:
    op.create_table(
        "updates",
        _counter("sequence"),
        _text("id"),
        _organization(),
        _refers("incident_id", "incidents"),
        *_texts("phase", "text", "surface", "author"),
        _text("author_id", nullable=True),
        _moment("at", nullable=False),
        _unique("updates", "id"),
    )
    op.create_index("ix_updates_of_incident", "updates", ["incident_id", "sequence"])


def _timeline() -> None:
    op.create_table(
        "timeline",
        _counter("sequence"),
        _text("id"),
        _organization(),
        _refers("incident_id", "incidents", nullable=True),
        _moment("at", nullable=False),
        *_texts("kind", "body"),
        _unique("timeline", "id"),
    )
    op.create_index("ix_timeline_of_incident", "timeline", ["incident_id", "sequence"])


def _alerts() -> None:
    op.create_table(
        "alerts",
        _text("id", primary_key=True),
        _organization(),
        _refers("integration_id", "integrations"),
        _text("fingerprint"),
        _moment("starts_at", nullable=False),
        *_texts("name", "severity", "summary", "labels", "links"),
        _moment("ends_at"),
        _refers("incident_id", "incidents", nullable=True),
        _unique("alerts", "integration_id", "fingerprint", "starts_at"),
    )
    op.create_index("ix_alerts_of_incident", "alerts", ["incident_id", "ends_at"])


def _groups() -> None:
    op.create_table(
        "alert_groups",
        _refers("integration_id", "integrations", primary_key=True),
        _text("key", primary_key=True),
        _organization(),
        _refers("incident_id", "incidents", nullable=True),
        _number("version"),
    )


def _queues() -> None:
    op.create_table(
        "inbox",
        _counter("id"),
        _organization(),
        _refers("integration_id", "integrations"),
        sa.Column("body", sa.LargeBinary, nullable=False),
        _moment("received_at", nullable=False),
        _moment("dealt_at"),
        _text("reason"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "outbox",
        _counter("id"),
        _organization(),
        *_texts("lane", "kind", "body"),
        _moment("due_at", nullable=False),
        _number("attempts"),
        _moment("leased_until"),
        sa.Column("doubtful", sa.Boolean, nullable=False),
        *_moments("settled_at", "buried_at"),
        _text("reason"),
        sqlite_autoincrement=True,
    )


def _memories() -> None:
    op.create_table(
        "postings",
        _refers("incident_id", "incidents", primary_key=True),
        _text("role", primary_key=True),
        _organization(),
        *_texts("channel_id", "ts"),
    )
    op.create_table(
        "processed",
        _organization(primary_key=True),
        _text("key", primary_key=True),
        *_texts("fingerprint", "subject_id"),
        sa.Column("at", UtcDateTime, nullable=False, index=True),
    )


def _unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=f"uq_{table}_{'_'.join(columns)}")


def _text(name: str, *, nullable: bool = False, **options: Any) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=nullable, **options)


def _texts(*names: str, nullable: bool = False) -> list[sa.Column[str]]:
    return [_text(name, nullable=nullable) for name in names]


def _moment(name: str, *, nullable: bool = True) -> sa.Column[Any]:
    return sa.Column(name, UtcDateTime, nullable=nullable)


def _moments(*names: str) -> list[sa.Column[Any]]:
    return [_moment(name) for name in names]


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)


def _counter(name: str) -> sa.Column[int]:
    return sa.Column(name, COUNTER, primary_key=True, autoincrement=True)


def _organization(**options: Any) -> sa.Column[str]:
    return _refers("organization_id", "organizations", **options)


def _refers(name: str, table: str, *, nullable: bool = False, **options: Any) -> sa.Column[str]:
    return sa.Column(name, sa.Text, sa.ForeignKey(f"{table}.id"), nullable=nullable, **options)
