"""The whole incident in Slack: who may know of it, what it was merged into, what was promised."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import moment, text

revision = "0011"
down_revision = "0010"


WAITING = "settled_at IS NULL AND buried_at IS NULL"
LANES = {
    "ix_outbox_due": (["due_at", "id", "settled_at", "buried_at"], "kind != 'PostReminder'"),
    "ix_outbox_reminders": (["due_at", "id", "settled_at", "buried_at"], "kind = 'PostReminder'"),
    "ix_outbox_channels": (["due_at"], "kind = 'OpenChannel'"),
}


def upgrade() -> None:
    _incidents()
    # What was snoozed before waits for its end from now on.
    op.execute(
        "INSERT INTO alert_timers (organization_id, kind, subject_id, due_at)"
        " SELECT organization_id, 'snooze', id, snoozed_until FROM incidents"
        " WHERE state = 'snoozed' AND snoozed_until IS NOT NULL AND deleted_at IS NULL"
    )
    op.drop_index("ix_outbox_due", "outbox")
    for name, (columns, condition) in LANES.items():
        where = sa.text(f"{WAITING} AND {condition}")
        op.create_index(name, "outbox", columns, sqlite_where=where, postgresql_where=where)


def _incidents() -> None:
    private = sa.Column("private", sa.Boolean, nullable=False, server_default=sa.false())
    op.add_column("incidents", private)
    for name in ("members", "related"):
        op.add_column("incidents", text(name, server_default="[]"))
    op.add_column("incidents", text("merged_into", nullable=True))
    for name in ("update_due_at", "archived_at"):
        op.add_column("incidents", moment(name))
    op.create_index(
        "ix_incidents_private",
        "incidents",
        ["organization_id", "private", "id"],
        sqlite_where=sa.text("private = 1"),
        postgresql_where=sa.column("private", sa.Boolean),
    )
