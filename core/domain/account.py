"""Organisations, their people and their keys."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from core.domain.ids import ApiKeyId, OrganizationId, SlackUserId, TeamId, UserId
from core.domain.network import in_networks
from core.domain.text import one_line
from core.errors import InvalidInput
from core.language import say

MAX_NAME = 200
MAX_EMAIL = 254

FAILURES_ALLOWED = 5
LOCKED_FOR = timedelta(minutes=30)
"""So long nobody signs in to an account after the last of those failures."""


class Role(StrEnum):
    OWNER = "owner"
    ADMIN = "admin"
    MANAGER = "manager"
    ENGINEER = "engineer"
    VIEWER = "viewer"


IN_CHARGE = (Role.OWNER, Role.ADMIN)
"""Who may look after the organisation and its people."""


class UserState(StrEnum):
    """Whether a person may do anything; what they did stays theirs in any state."""

    PENDING = "pending"
    """Added without a password; the first one makes them active."""
    ACTIVE = "active"
    INACTIVE = "inactive"
    SUSPENDED = "suspended"
    DELETED = "deleted"


ADMITTED = (UserState.ACTIVE, UserState.PENDING)
"""In which states people may act at all, as in Slack."""


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
    password_hash: str | None = field(default=None, repr=False)
    slack_team_id: TeamId | None = None
    slack_user_id: SlackUserId | None = None
    state: UserState = UserState.ACTIVE
    failed_logins: int = 0
    locked_until: datetime | None = None
    last_login_at: datetime | None = None
    version: int = 0

    @property
    def admitted(self) -> bool:
        return self.state in ADMITTED

    @property
    def gone(self) -> bool:
        return self.state is UserState.DELETED

    def linked(self, team: TeamId, user: SlackUserId) -> Self:
        return replace(self, slack_team_id=team, slack_user_id=user)

    def with_password(self, hash: str) -> Self:
        """A new password ends a lock, and the waiting for the first one."""
        state = UserState.ACTIVE if self.state is UserState.PENDING else self.state
        return replace(self, password_hash=hash, state=state, failed_logins=0, locked_until=None)

    def may_sign_in(self, now: datetime) -> bool:
        return self.state is UserState.ACTIVE and not self.locked(now)

    def locked(self, now: datetime) -> bool:
        return self.locked_until is not None and now < self.locked_until

    def failed(self, now: datetime) -> Self:
        """After a wrong password. While the account is locked nothing is counted, so that the
        lock ends when it was said to."""
        if self.locked(now):
            return self
        failures = 1 if self.locked_until else self.failed_logins + 1
        until = now + LOCKED_FOR if failures >= FAILURES_ALLOWED else None
        return replace(self, failed_logins=failures, locked_until=until)

    def signed_in(self, now: datetime) -> Self:
        return replace(self, failed_logins=0, locked_until=None, last_login_at=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey:
    """A credential for programs. Only its hash is kept; `prefix` is what a list may show."""

    id: ApiKeyId
    name: str
    prefix: str
    hash: str = field(repr=False)
    scopes: tuple[str, ...]
    dialect: Dialect
    created_at: datetime
    created_by: UserId | None = None
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    networks: tuple[str, ...] = ()
    last_used_at: datetime | None = None
    version: int = 0

    def revoked(self, at: datetime) -> Self:
        return replace(self, revoked_at=at)

    def usable(self, now: datetime) -> bool:
        return self.revoked_at is None and (self.expires_at is None or now < self.expires_at)

    def usable_from(self, address: str) -> bool:
        """Whether a client with that address may use it; every one may where none is named."""
        return not self.networks or in_networks(address, self.networks)


def email_address(text: str) -> str:
    """An e-mail address in lower case; `InvalidInput` when it cannot be one."""
    address = one_line(text, field="email", limit=MAX_EMAIL).lower()
    local, at, domain = address.rpartition("@")
    if not (local and at and domain) or " " in address:
        raise InvalidInput(
            say(
                "“{address}” is not an e-mail address; write it as name@example.com.",
                address=address,
            ),
            field="email",
        )
    return address


def state_named(word: str) -> UserState:
    """A state by its name."""
    try:
        return UserState(word.strip().lower())
    except ValueError:
        raise InvalidInput(
            say(
                "“{word}” is not a state; use {userstate}.",
                word=word,
                userstate=", ".join(UserState),
            ),
            field="state",
        ) from None


def role_named(word: str) -> Role:
    """A role by its name or by what other products call it."""
    aliases = {"responder": Role.ENGINEER, "user": Role.VIEWER, "administrator": Role.ADMIN}
    plain = word.strip().lower()
    try:
        return aliases.get(plain) or Role(plain)
    except ValueError:
        raise InvalidInput(
            say("“{word}” is not a role; use {role}.", word=word, role=", ".join(Role)),
            field="role",
        ) from None
