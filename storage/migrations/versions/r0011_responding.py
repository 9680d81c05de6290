"""The whole incident in Slack: who may know of it, what it was merged into, what was promised."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import moment, text

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
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
    # What was snoozed before waits for its end from now on.
    op.execute(
        "INSERT INTO alert_timers (organization_id, kind, subject_id, due_at)"
        " SELECT organization_id, 'snooze', id, snoozed_until FROM incidents"
        " WHERE state = 'snoozed' AND snoozed_until IS NOT NULL AND deleted_at IS NULL"
    )
    channels = sa.text("settled_at IS NULL AND buried_at IS NULL AND kind = 'OpenChannel'")
    op.create_index(
        "ix_outbox_channels",
        "outbox",
        ["due_at"],
        sqlite_where=channels,
        postgresql_where=channels,
    )
