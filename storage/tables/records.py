"""The plain nouns: one table for all of them, what is special to each in one column."""

from sqlalchemy import ForeignKey, Index, Table

from storage.tables.base import metadata, moment, organization, text, version

records = Table(
    "records",
    metadata,
    text("id", primary_key=True),
    organization(),
    text("noun"),
    text("parent_id", nullable=True),
    text("unique_key", nullable=True),
    text("search_text"),
    text("body"),
    moment("created_at", nullable=False),
    moment("updated_at", nullable=False),
    text("created_by", ForeignKey("users.id"), nullable=True),
    moment("deleted_at"),
    version(),
)

_kept = records.c.deleted_at.is_(None)

Index(
    "uq_records_by_key",
    *(records.c[one] for one in ("organization_id", "noun", "unique_key")),
    unique=True,
    sqlite_where=_kept,
    postgresql_where=_kept,
)

for _name, _columns in {
    "ix_records_newest": ("created_at", "id"),
    "ix_records_by_parent": ("parent_id", "created_at", "id"),
}.items():
    # Last, so that PostgreSQL reads them in order too; there, for SQLite to ask only the index.
    Index(_name, *(records.c[one] for one in ("organization_id", "noun", *_columns, "deleted_at")))
