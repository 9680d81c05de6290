"""Windows that start and complete by themselves, recur, are announced and suppress alerts."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import (
    moment,
    moments,
    number,
    organization,
    refers,
    text,
    texts,
    unique,
)

revision = "0008"
down_revision = "0007"

WORDS = {"timezone": "UTC", **dict.fromkeys(("runbook_url", "cancel_reason", "recurrence"), "")}
LISTS = ("notify_channels", "notify_user_ids", "reminders", "matchers", "exceptions", "told")
SWITCHES = {"customer_visible": True, "auto_start": True, "auto_complete": True, "followed": False}
RUNNING = "actual_start_at IS NOT NULL AND actual_end_at IS NULL AND canceled_at IS NULL"
TO_COME = "actual_start_at IS NULL AND canceled_at IS NULL AND scheduled_end_at > {now}"
"""What passed without ever being started nobody wants started now."""

AGENDA = ["organization_id", "scheduled_start_at", "id"]
AGENDA += ["scheduled_end_at", "actual_start_at", "actual_end_at", "canceled_at"]
SUPPRESSED = "suppressed_by IS NOT NULL"
RAISED = "suppressed_by IS NOT NULL AND incident_id IS NOT NULL"
HELD = "suppressed_by IS NOT NULL AND ends_at IS NULL AND incident_id IS NULL"
OF_ALERTS = {
    "ix_alerts_suppressed": (["suppressed_by", "organization_id"], SUPPRESSED),
    "ix_alerts_raised": (["incident_id", "suppressed_by"], RAISED),
    "ix_alerts_held": (["ends_at", "incident_id", "suppressed_by", "starts_at", "id"], HELD),
}
NOW = {"sqlite": "strftime('%Y-%m-%dT%H:%M:%f', 'now')", "postgresql": "CURRENT_TIMESTAMP"}
WINDOW = {
    "sqlite": "json_extract(body, '$.maintenance_id')",
    "postgresql": "CAST(body AS json) ->> 'maintenance_id'",
}


def upgrade() -> None:
    _windows()
    _clock()
    _suppression()
    _history()
    _doors()


def _windows() -> None:
    for name, default in WORDS.items():
        op.add_column("maintenances", text(name, server_default=default))
    for name in LISTS:
        op.add_column("maintenances", text(name, server_default="[]"))
    for name, value in SWITCHES.items():
        switch = sa.true() if value else sa.false()
        op.add_column(
            "maintenances", sa.Column(name, sa.Boolean, nullable=False, server_default=switch)
        )
    for name in ("owner_id", "series_id"):
        op.add_column("maintenances", text(name, nullable=True))
    for name in ("series_start_at", "series_end_at", "occurrence_at", "armed_at", "next_at"):
        op.add_column("maintenances", moment(name))
    series = sa.text("series_id IS NOT NULL")
    op.create_index(
        "ix_maintenances_of_series",
        "maintenances",
        ["series_id", "number"],
        sqlite_where=series,
        postgresql_where=series,
    )


def _clock() -> None:
    op.drop_index("ix_maintenances_to_start", "maintenances")
    op.drop_index("ix_maintenances_to_complete", "maintenances")
    running = sa.text(RUNNING)
    op.create_index(
        "ix_maintenances_running",
        "maintenances",
        ["organization_id", "actual_end_at", "canceled_at", "id", "actual_start_at"],
        sqlite_where=running,
        postgresql_where=running,
    )
    ahead = sa.text("next_at IS NOT NULL")
    op.create_index(
        "ix_maintenances_due",
        "maintenances",
        ["next_at", "id", "organization_id"],
        sqlite_where=ahead,
        postgresql_where=ahead,
    )
    op.create_index("ix_maintenances_agenda", "maintenances", AGENDA)
    _armed("scheduled_end_at", RUNNING)
    _armed("scheduled_start_at", TO_COME.format(now=NOW[op.get_bind().dialect.name]))


def _armed(next_at: str, where: str) -> None:
    """The clock looks after the windows there are as it does after new ones."""
    op.execute(
        f"UPDATE maintenances SET armed_at = created_at, next_at = {next_at} WHERE {where}"  # noqa: S608
    )


def _suppression() -> None:
    op.add_column("alerts", text("suppressed_by", nullable=True))
    op.add_column("alerts", text("urgency", nullable=True))
    for name in ("group", "group_title"):
        op.add_column("alerts", text(name, server_default=""))
    for name, (columns, condition) in OF_ALERTS.items():
        where = sa.text(condition)
        op.create_index(name, "alerts", columns, sqlite_where=where, postgresql_where=where)


def _history() -> None:
    op.add_column("timeline", text("maintenance_id", nullable=True))
    op.create_index("ix_timeline_of_maintenance", "timeline", ["maintenance_id", "sequence"])
    window = WINDOW[op.get_bind().dialect.name]
    op.execute(f"UPDATE timeline SET maintenance_id = {window} WHERE kind LIKE 'Maintenance%'")  # noqa: S608
    op.create_table(
        "postings_now",
        text("subject_id", primary_key=True),
        text("role", primary_key=True),
        organization(),
        *texts("channel_id", "ts"),
    )
    op.execute(
        "INSERT INTO postings_now (subject_id, role, organization_id, channel_id, ts)"
        " SELECT incident_id, role, organization_id, channel_id, ts FROM postings"
    )
    op.drop_table("postings")
    op.rename_table("postings_now", "postings")


def _doors() -> None:
    op.create_table(
        "calendar_feeds",
        organization(primary_key=True),
        text("token_hash"),
        moment("created_at", nullable=False),
        refers("created_by", "users", nullable=True),
        unique("calendar_feeds", "token_hash"),
    )
    op.create_table(
        "webhook_deliveries",
        text("id", primary_key=True),
        organization(),
        *texts("endpoint_id", "entry_id", "event_type", "state", "reason"),
        number("attempts"),
        sa.Column("status", sa.Integer, nullable=True),
        moment("created_at", nullable=False),
        *moments("settled_at"),
        unique("webhook_deliveries", "endpoint_id", "entry_id"),
    )
    op.create_index(
        "ix_webhook_deliveries_newest",
        "webhook_deliveries",
        ["organization_id", "endpoint_id", "created_at", "id"],
    )
