"""Organisations, people and their credentials."""

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    UniqueConstraint,
)

from core.domain.account import Dialect, Role, UserState
from storage.tables.base import metadata, moment, organization, text, version
from storage.types import Structure, Word

organizations = Table(
    "organizations",
    metadata,
    text("id", primary_key=True),
    text("slug", unique=True),
    text("name"),
    moment("created_at", nullable=False),
)

plans = Table(
    "plans",
    metadata,
    organization(primary_key=True),
    text("name"),
    Column("requests_per_minute_user", Integer, nullable=False),
    Column("requests_per_minute_organization", Integer, nullable=False),
)

users = Table(
    "users",
    metadata,
    text("id", primary_key=True),
    organization(),
    text("email"),
    text("name"),
    Column("role", Word(Role), nullable=False),
    moment("created_at", nullable=False),
    text("password_hash", nullable=True),
    text("slack_team_id", nullable=True),
    text("slack_user_id", nullable=True),
    Column("state", Word(UserState), nullable=False),
    Column("failed_logins", Integer, nullable=False),
    moment("locked_until"),
    moment("last_login_at"),
    version(),
    UniqueConstraint("organization_id", "email"),
    UniqueConstraint("organization_id", "slack_team_id", "slack_user_id"),
    Index("ix_users_email", "email"),
)

invitations = Table(
    "invitations",
    metadata,
    text("id", primary_key=True),
    organization(),
    text("email"),
    Column("role", Word(Role), nullable=False),
    text("hash", unique=True),
    moment("created_at", nullable=False),
    moment("expires_at", nullable=False),
    text("invited_by", ForeignKey("users.id"), nullable=True),
    moment("accepted_at"),
    moment("revoked_at"),
    version(),
    Index("ix_invitations_newest", "organization_id", "created_at"),
)

api_keys = Table(
    "api_keys",
    metadata,
    text("id", primary_key=True),
    organization(index=True),
    text("name"),
    text("prefix"),
    text("hash", unique=True),
    Column("scopes", Structure(tuple), nullable=False),
    Column("dialect", Word(Dialect), nullable=False),
    moment("created_at", nullable=False),
    text("created_by", ForeignKey("users.id"), nullable=True),
    moment("expires_at"),
    moment("revoked_at"),
    Column("networks", Structure(tuple), nullable=False),
    moment("last_used_at"),
    version(),
)

installations = Table(
    "installations",
    metadata,
    text("team_id", primary_key=True),
    organization(index=True),
    text("team_name"),
    text("bot_user_id"),
    text("bot_id"),
    Column("token_ciphertext", LargeBinary, nullable=False),
    Column("scopes", Structure(tuple), nullable=False),
    moment("installed_at", nullable=False),
)
