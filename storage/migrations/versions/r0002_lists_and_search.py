"""Indexes for lists, lanes and look-ups; texts made searchable; installed workspaces."""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import moment, organization, text, texts

revision = "0002"
down_revision = "0001"

LISTS = {
    "ix_incidents_newest": "created_at, id",
    "ix_incidents_by_state": "state, created_at, id, severity",
    "ix_incidents_by_severity": "severity, created_at, id",
    "ix_incidents_by_assignee": "assignee_id, created_at, id",
    "ix_incidents_by_channel": "channel_id",
}
QUEUES = (
    (
        "ix_outbox_waiting",
        "outbox",
        "lane, id, leased_until, settled_at, buried_at",
        "settled_at IS NULL AND buried_at IS NULL",
    ),
    (
        "ix_outbox_due",
        "outbox",
        "due_at, id, settled_at, buried_at",
        "settled_at IS NULL AND buried_at IS NULL",
    ),
    ("ix_outbox_leased", "outbox", "leased_until", "leased_until IS NOT NULL"),
    ("ix_outbox_buried", "outbox", "organization_id, buried_at", "buried_at IS NOT NULL"),
    ("ix_inbox_pending", "inbox", "id, dealt_at", "dealt_at IS NULL"),
)
AT_ONCE = 1_000


def upgrade() -> None:
    op.add_column("incidents", sa.Column("search_text", sa.Text, nullable=False, server_default=""))
    _make_searchable(op.get_bind())
    for name, columns in LISTS.items():
        listed = f"organization_id, deleted_at, {columns}"
        op.create_index(name, "incidents", listed.split(", "))
    for name, table, columns, condition in QUEUES:
        where = sa.text(condition)
        op.create_index(
            name, table, columns.split(", "), sqlite_where=where, postgresql_where=where
        )
    op.create_table(
        "installations",
        text("team_id", primary_key=True),
        organization(index=True),
        *texts("team_name", "bot_user_id", "bot_id"),
        sa.Column("token_ciphertext", sa.LargeBinary, nullable=False),
        text("scopes"),
        moment("installed_at", nullable=False),
    )


def _make_searchable(connection: sa.Connection) -> None:
    """The database cannot fold the case of every language; Python can."""
    fill = sa.text("UPDATE incidents SET search_text = :text WHERE id = :id")
    for batch in _folded(connection):
        connection.execute(fill, batch)


def _folded(connection: sa.Connection) -> Iterator[list[dict[str, str]]]:
    following = sa.text(
        "SELECT id, title, description FROM incidents WHERE id > :last ORDER BY id LIMIT :most"
    )
    last = ""
    while rows := connection.execute(following, {"last": last, "most": AT_ONCE}).all():
        yield [{"id": id, "text": f"{title}\n{text}".casefold()} for id, title, text in rows]
        last = rows[-1].id
