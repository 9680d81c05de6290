"""Alerts in lists: what they said, and the order in which they are shown."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

LISTED = ["organization_id", "starts_at", "id"]


def upgrade() -> None:
    op.add_column("alerts", sa.Column("description", sa.Text, nullable=False, server_default=""))
    op.create_index("ix_alerts_newest", "alerts", LISTED)
    firing = sa.text("ends_at IS NULL")
    op.create_index(
        "ix_alerts_firing", "alerts", LISTED, sqlite_where=firing, postgresql_where=firing
    )
