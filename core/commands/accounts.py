"""Commands on people and their keys."""

from dataclasses import dataclass
from datetime import datetime

from core.commands.base import Command
from core.domain.account import ApiKey, Dialect, Role, User
from core.domain.ids import (
    ApiKeyId,
    SlackUserId,
    TeamId,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AddUser(Command[User]):
    email: str
    name: str
    role: Role
    password_hash: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkSlackUser(Command[User]):
    """A Slack member is the user with that e-mail, or becomes one with `role`."""

    team_id: TeamId
    slack_user_id: SlackUserId
    email: str
    name: str
    role: Role = Role.ENGINEER


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePassword(Command[User]):
    email: str
    password_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateApiKey(Command[ApiKey]):
    """The caller made the secret; the core sees its hash and first characters only."""

    name: str
    prefix: str
    hash: str
    scopes: tuple[str, ...]
    dialect: Dialect = Dialect.NEUTRAL
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeApiKey(Command[ApiKey]):
    api_key_id: ApiKeyId
