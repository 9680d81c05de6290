"""What is still to be done, and what was done already."""

from sqlalchemy import (
    Boolean,
    Column,
    Index,
    Integer,
    Table,
    literal_column,
)

from storage.tables.base import metadata, moment, organization, sequence, text
from storage.types import UtcDateTime

outbox = Table(
    "outbox",
    metadata,
    sequence("id"),
    organization(),
    text("lane"),
    text("kind"),
    text("body"),
    moment("due_at", nullable=False),
    Column("attempts", Integer, nullable=False),
    moment("leased_until"),
    Column("doubtful", Boolean, nullable=False),
    moment("settled_at"),
    moment("buried_at"),
    text("reason"),
    sqlite_autoincrement=True,
)

outbox_waiting = outbox.c.settled_at.is_(None) & outbox.c.buried_at.is_(None)

outbox_channels = outbox.c.kind == literal_column("'OpenChannel'")
"""Whoever asks for those says this, word by word."""

outbox_reminders = outbox.c.kind == literal_column("'PostReminder'")
outbox_others = outbox.c.kind != literal_column("'PostReminder'")
"""Reminders wait among themselves, so that the others are found without reading them."""

_due = ("due_at", "id", "settled_at", "buried_at")
# Where nothing waits these are empty, however much was delivered.
for _name, _columns, _which in (
    (
        "ix_outbox_waiting",
        ("lane", "id", "leased_until", "settled_at", "buried_at"),
        outbox_waiting,
    ),
    ("ix_outbox_due", _due, outbox_waiting & outbox_others),
    ("ix_outbox_reminders", _due, outbox_waiting & outbox_reminders),
):
    Index(
        _name,
        *(outbox.c[one] for one in _columns),
        sqlite_where=_which,
        postgresql_where=_which,
    )

Index(
    "ix_outbox_channels",
    outbox.c.due_at,
    sqlite_where=outbox_waiting & outbox_channels,
    postgresql_where=outbox_waiting & outbox_channels,
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

processed = Table(
    "processed",
    metadata,
    organization(primary_key=True),
    text("key", primary_key=True),
    text("fingerprint"),
    text("subject_id"),
    Column("at", UtcDateTime, nullable=False, index=True),
)
