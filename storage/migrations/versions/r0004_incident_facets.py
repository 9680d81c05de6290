"""What incidents have besides: facets, counters, notes, words of other products."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import (
    counter,
    moment,
    number,
    organization,
    refers,
    text,
    texts,
    unique,
)

revision = "0004"
down_revision = "0003"

WORDS = ("priority", "postmortem_url", "call_url")
STRUCTURES = ("audience", "tags", "links", "roles", "fields")
IDS = ("urgency", "severity_id", "status_id", "type_id", "metric_id")
LISTS = {
    "ix_incidents_newest": "created_at, id",
    "ix_incidents_by_state": "state, created_at, id, severity",
    "ix_incidents_by_severity": "severity, created_at, id",
    "ix_incidents_by_assignee": "assignee_id, created_at, id",
    "ix_incidents_by_channel": "channel_id",
}
NEW_LISTS = {
    "ix_incidents_by_mode": "mode, created_at, id",
    "ix_incidents_by_update": "updated_at, created_at, id",
}
FILL = (
    "INSERT INTO incident_counts (organization_id, state, severity, mode, count)"
    " SELECT organization_id, state, severity, mode, count(*) FROM incidents"
    " WHERE deleted_at IS NULL GROUP BY organization_id, state, severity, mode"
)


def upgrade() -> None:
    _columns()
    _indexes()
    _facets()
    _counts()
    _notes()


def _columns() -> None:
    defaults = {"mode": "standard", **dict.fromkeys(WORDS, ""), **dict.fromkeys(STRUCTURES, "[]")}
    for name, default in defaults.items():
        op.add_column("incidents", text(name, server_default=default))
    for name in IDS:
        op.add_column("incidents", text(name, nullable=True))
    for name in ("status", "severity"):
        op.add_column("updates", text(name, nullable=True))


def _indexes() -> None:
    """PostgreSQL goes through an index in its order only if no `IS NULL` stands before it."""
    for name in LISTS:
        op.drop_index(name, "incidents")
    for name, columns in {**LISTS, **NEW_LISTS}.items():
        listed = f"organization_id, {columns}, deleted_at"
        op.create_index(name, "incidents", listed.split(", "))
    op.create_index("ix_updates_newest", "updates", ["organization_id", "sequence"])


def _facets() -> None:
    op.create_table(
        "incident_facets",
        refers("incident_id", "incidents", primary_key=True),
        text("kind", primary_key=True),
        text("key", primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        organization(),
        text("value"),
    )
    op.create_index(
        "ix_incident_facets_by_value",
        "incident_facets",
        ["organization_id", "kind", "key", "value", "incident_id"],
    )


def _counts() -> None:
    op.create_table(
        "incident_counts",
        organization(primary_key=True),
        text("state", primary_key=True),
        text("severity", primary_key=True),
        text("mode", primary_key=True),
        number("count"),
    )
    op.execute(FILL)


def _notes() -> None:
    op.create_table(
        "notes",
        counter("sequence"),
        text("id"),
        organization(),
        refers("incident_id", "incidents"),
        *texts("text", "surface", "author"),
        text("author_id", nullable=True),
        moment("at", nullable=False),
        unique("notes", "id"),
    )
    op.create_index("ix_notes_of_incident", "notes", ["incident_id", "sequence"])
