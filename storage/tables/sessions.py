"""Who is signed in, and who may choose a new password."""

from sqlalchemy import ForeignKey, Index, Table

from storage.tables.base import metadata, moment, organization, text

sessions = Table(
    "sessions",
    metadata,
    text("id", primary_key=True),
    organization(),
    text("user_id", ForeignKey("users.id")),
    moment("created_at", nullable=False),
    moment("last_used_at", nullable=False),
    moment("expires_at", nullable=False),
    text("token_id"),
    moment("revoked_at"),
    Index("ix_sessions_of_user", "user_id"),
    Index("ix_sessions_expired", "expires_at"),
)

password_resets = Table(
    "password_resets",
    metadata,
    text("id", primary_key=True),
    organization(),
    text("user_id", ForeignKey("users.id")),
    text("hash", unique=True),
    moment("created_at", nullable=False),
    moment("expires_at", nullable=False),
    moment("used_at"),
    Index("ix_password_resets_of_user", "user_id"),
    Index("ix_password_resets_expired", "expires_at"),
)
