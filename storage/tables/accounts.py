"""Organisations, people and their credentials."""

from sqlalchemy import (
    Column,
    ForeignKey,
    LargeBinary,
    Table,
    UniqueConstraint,
)

from core.domain.account import Dialect, Role
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
    version(),
    UniqueConstraint("organization_id", "email"),
    UniqueConstraint("organization_id", "slack_team_id", "slack_user_id"),
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
