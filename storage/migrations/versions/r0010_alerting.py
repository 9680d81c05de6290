"""Every alerting tool: settings of sources, fates of alerts, what is due, notes of alerts."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import moment, organization, refers, text, texts

revision = "0010"
down_revision = "0009"

KEPT = "kept_by IS NOT NULL"
WAITING = f"{KEPT} AND ends_at IS NULL AND incident_id IS NULL"
HOLDING = "due_at IS NOT NULL"
INDEXES = {
    "ix_alerts_waiting": (["kept_by", "fate", "starts_at", "id"], WAITING),
    "ix_alerts_kept": (["kept_by", "organization_id"], KEPT),
    "ix_alerts_holding": (["integration_id", "due_at", "id"], HOLDING),
}
FATES = {
    "grouped": "incident_id IS NOT NULL",
    "suppressed": "incident_id IS NULL AND suppressed_by IS NOT NULL",
}


def upgrade() -> None:
    _sources()
    _alerts()
    _inbox()
    op.add_column("services", text("depends_on", server_default="[]"))
    op.add_column("incidents", moment("rung_at"))


def _sources() -> None:
    op.add_column("integrations", text("settings", server_default="{}"))
    for name in ("sealed_token", "sealed_secret"):
        op.add_column("integrations", text(name, server_default=""))
    op.add_column("integrations", moment("deleted_at"))


def _alerts() -> None:
    op.add_column("alert_groups", moment("opened_at"))
    op.create_index("ix_alert_groups_opened", "alert_groups", ["integration_id", "opened_at"])
    op.add_column("alerts", text("fate", server_default="recorded"))
    for name in ("fate_note", "acknowledged_by", "owner"):
        op.add_column("alerts", text(name, server_default=""))
    for name in ("kept_by", "service_id"):
        op.add_column("alerts", text(name, nullable=True))
    for name in ("due_at", "acknowledged_at", "snoozed_until", "last_at"):
        op.add_column("alerts", moment(name))
    for name in ("flapping", "orphan"):
        switch = sa.Column(name, sa.Boolean, nullable=False, server_default=sa.false())
        op.add_column("alerts", switch)
    op.add_column("alerts", text("tags", server_default="[]"))
    op.add_column("alerts", sa.Column("count", sa.Integer, nullable=False, server_default="1"))
    for fate, condition in FATES.items():
        op.execute(f"UPDATE alerts SET fate = '{fate}' WHERE {condition}")  # noqa: S608
    for name, (columns, condition) in INDEXES.items():
        _partial(name, "alerts", columns, condition)
    _notes()
    _timers()


def _notes() -> None:
    op.create_table(
        "alert_notes",
        text("id", primary_key=True),
        organization(),
        refers("alert_id", "alerts"),
        moment("at", nullable=False),
        *texts("by", "text"),
    )
    op.create_index("ix_alert_notes_of_alert", "alert_notes", ["alert_id", "at", "id"])


def _timers() -> None:
    op.create_table(
        "alert_timers",
        organization(primary_key=True),
        text("kind", primary_key=True),
        text("subject_id", primary_key=True),
        moment("due_at", nullable=False),
        sa.Column("count", sa.Integer, nullable=False, server_default="0"),
        text("names", server_default="[]"),
    )
    op.create_index("ix_alert_timers_due", "alert_timers", ["due_at"])


def _inbox() -> None:
    op.add_column("inbox", text("request_id", nullable=True))
    op.add_column("inbox", moment("replayed_at"))
    op.create_index("ix_inbox_newest", "inbox", ["integration_id", "id"])
    columns = ["integration_id", "request_id"]
    _partial("uq_inbox_request", "inbox", columns, "request_id IS NOT NULL", unique=True)


def _partial(
    name: str, table: str, columns: Sequence[str], condition: str, *, unique: bool = False
) -> None:
    where = sa.text(condition)
    op.create_index(
        name, table, list(columns), unique=unique, sqlite_where=where, postgresql_where=where
    )
