"""Organisations, their people and their keys."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Self

from core.domain.ids import ApiKeyId, OrganizationId, SlackUserId, TeamId, UserId
from core.domain.text import one_line
from core.errors import InvalidInput

MAX_NAME = 200
MAX_EMAIL = 254


class Role(StrEnum):
    OWNER = "owner"
    ADMIN = "admin"
    MANAGER = "manager"
    ENGINEER = "engineer"
    VIEWER = "viewer"


class Dialect(StrEnum):
    """Whose words a key's holder speaks; chosen when the key is made."""

    NEUTRAL = "neutral"
    OVERWATCH = "overwatch"
    OBSERVER = "observer"
    OPSKNIGHT = "opsknight"
    INCIDENT_IO = "incident_io"


@dataclass(frozen=True, slots=True, kw_only=True)
class Organization:
    id: OrganizationId
    slug: str
    name: str
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    id: UserId
    email: str
    name: str
    role: Role
    created_at: datetime
    password_hash: str | None = None
    slack_team_id: TeamId | None = None
    slack_user_id: SlackUserId | None = None
    version: int = 0

    def linked(self, team: TeamId, user: SlackUserId) -> Self:
        return replace(self, slack_team_id=team, slack_user_id=user)

    def with_password(self, hash: str) -> Self:
        return replace(self, password_hash=hash)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey:
    """A credential for programs. Only its hash is kept; `prefix` is what a list may show."""

    id: ApiKeyId
    name: str
    prefix: str
    hash: str
    scopes: tuple[str, ...]
    dialect: Dialect
    created_at: datetime
    created_by: UserId | None = None
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    version: int = 0

    def revoked(self, at: datetime) -> Self:
        return replace(self, revoked_at=at)

    def usable(self, now: datetime) -> bool:
        return self.revoked_at is None and (self.expires_at is None or now < self.expires_at)


def email_address(text: str) -> str:
    """An e-mail address in lower case; `InvalidInput` when it cannot be one."""
    address = one_line(text, field="email", limit=MAX_EMAIL).lower()
    local, at, domain = address.rpartition("@")
    if not (local and at and domain) or " " in address:
        raise InvalidInput(
            f"“{address}” is not an e-mail address; write it as name@example.com.", field="email"
        )
    return address


def role_named(word: str) -> Role:
    """A role by its name or by what other products call it."""
    aliases = {"responder": Role.ENGINEER, "user": Role.VIEWER, "administrator": Role.ADMIN}
    plain = word.strip().lower()
    try:
        return aliases.get(plain) or Role(plain)
    except ValueError:
        raise InvalidInput(
            f"“{word}” is not a role; use {', '.join(Role)}.", field="role"
        ) from None
