"""The tables of incidents, people, alerts, and of what is on its way in and out."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import (
    counter,
    moment,
    moments,
    number,
    organization,
    refers,
    text,
    texts,
    unique,
)
from storage.types import UtcDateTime

revision = "0001"
down_revision = None


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
        text("id", primary_key=True),
        text("slug"),
        text("name"),
        moment("created_at", nullable=False),
        unique("organizations", "slug"),
    )
    op.create_table("incident_numbers", organization(primary_key=True), number("last"))
    op.create_table(
        "users",
        text("id", primary_key=True),
        organization(),
        *texts("email", "name", "role"),
        moment("created_at", nullable=False),
        *texts("password_hash", "slack_team_id", "slack_user_id", nullable=True),
        number("version"),
        unique("users", "organization_id", "email"),
        unique("users", "organization_id", "slack_team_id", "slack_user_id"),
    )


def _services() -> None:
    op.create_table(
        "services",
        text("id", primary_key=True),
        organization(),
        *texts("name", "folded_name", "description"),
        moment("created_at", nullable=False),
        number("version"),
        unique("services", "organization_id", "folded_name"),
    )
    op.create_table(
        "service_owners",
        refers("service_id", "services", primary_key=True),
        refers("user_id", "users", primary_key=True),
        organization(),
        number("position"),
    )


def _credentials() -> None:
    op.create_table(
        "api_keys",
        text("id", primary_key=True),
        organization(index=True),
        *texts("name", "prefix", "hash", "scopes", "dialect"),
        moment("created_at", nullable=False),
        refers("created_by", "users", nullable=True),
        *moments("expires_at", "revoked_at", "last_used_at"),
        number("version"),
        unique("api_keys", "hash"),
    )
    op.create_table(
        "integrations",
        text("id", primary_key=True),
        organization(index=True),
        *texts("source", "name", "token_hash"),
        moment("created_at", nullable=False),
        refers("service_id", "services", nullable=True),
        sa.Column("auto_resolve", sa.Boolean, nullable=False),
        number("version"),
        unique("integrations", "token_hash"),
    )


def _incidents() -> None:
    op.create_table(
        "incidents",
        text("id", primary_key=True),
        organization(),
        number("number"),
        *texts("title", "severity"),
        moment("created_at", nullable=False),
        moment("updated_at", nullable=False),
        *texts("source", "state", "phase", "description", "severity_word"),
        refers("created_by", "users", nullable=True),
        text("created_by_name"),
        refers("assignee_id", "users", nullable=True),
        *moments("published_at", "acknowledged_at"),
        refers("acknowledged_by", "users", nullable=True),
        *moments("snoozed_until", "resolved_at"),
        text("resolved_by", nullable=True),
        *moments("closed_at", "canceled_at", "deleted_at"),
        text("channel_id", nullable=True),
        text("channel_name"),
        number("version"),
        unique("incidents", "organization_id", "number"),
    )


def _concerned() -> None:
    op.create_table(
        "incident_services",
        refers("incident_id", "incidents", primary_key=True),
        refers("service_id", "services", primary_key=True),
        organization(),
        number("position"),
    )
    op.create_index(
        "ix_incident_services_by_service",
        "incident_services",
        ["service_id", "incident_id"],
    )


def _updates() -> None:
    op.create_table(
        "updates",
        counter("sequence"),
        text("id"),
        organization(),
        refers("incident_id", "incidents"),
        *texts("phase", "text", "surface", "author"),
        text("author_id", nullable=True),
        moment("at", nullable=False),
        unique("updates", "id"),
    )
    op.create_index("ix_updates_of_incident", "updates", ["incident_id", "sequence"])


def _timeline() -> None:
    op.create_table(
        "timeline",
        counter("sequence"),
        text("id"),
        organization(),
        refers("incident_id", "incidents", nullable=True),
        moment("at", nullable=False),
        *texts("kind", "body"),
        unique("timeline", "id"),
    )
    op.create_index("ix_timeline_of_incident", "timeline", ["incident_id", "sequence"])


def _alerts() -> None:
    op.create_table(
        "alerts",
        text("id", primary_key=True),
        organization(),
        refers("integration_id", "integrations"),
        text("fingerprint"),
        moment("starts_at", nullable=False),
        *texts("name", "severity", "summary", "labels", "links"),
        moment("ends_at"),
        refers("incident_id", "incidents", nullable=True),
        unique("alerts", "integration_id", "fingerprint", "starts_at"),
    )
    op.create_index("ix_alerts_of_incident", "alerts", ["incident_id", "ends_at"])


def _groups() -> None:
    op.create_table(
        "alert_groups",
        refers("integration_id", "integrations", primary_key=True),
        text("key", primary_key=True),
        organization(),
        refers("incident_id", "incidents", nullable=True),
        number("version"),
    )


def _queues() -> None:
    op.create_table(
        "inbox",
        counter("id"),
        organization(),
        refers("integration_id", "integrations"),
        sa.Column("body", sa.LargeBinary, nullable=False),
        moment("received_at", nullable=False),
        moment("dealt_at"),
        text("reason"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "outbox",
        counter("id"),
        organization(),
        *texts("lane", "kind", "body"),
        moment("due_at", nullable=False),
        number("attempts"),
        moment("leased_until"),
        sa.Column("doubtful", sa.Boolean, nullable=False),
        *moments("settled_at", "buried_at"),
        text("reason"),
        sqlite_autoincrement=True,
    )


def _memories() -> None:
    op.create_table(
        "postings",
        refers("incident_id", "incidents", primary_key=True),
        text("role", primary_key=True),
        organization(),
        *texts("channel_id", "ts"),
    )
    op.create_table(
        "processed",
        organization(primary_key=True),
        text("key", primary_key=True),
        *texts("fingerprint", "subject_id"),
        sa.Column("at", UtcDateTime, nullable=False, index=True),
    )
