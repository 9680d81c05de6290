"""Commands on people and their keys."""

from dataclasses import dataclass, field
from datetime import datetime

from core.commands.base import TOLD_APART, Command
from core.domain.account import ApiKey, Dialect, Role, User, UserState
from core.domain.ids import ApiKeyId, InvitationId, SlackUserId, TeamId, UserId
from core.domain.invitation import Invitation


@dataclass(frozen=True, slots=True, kw_only=True)
class AddUser(Command[User]):
    email: str
    name: str
    role: Role
    password_hash: str | None = field(default=None, repr=False)
    seal: str = field(default="", repr=False, metadata=TOLD_APART)


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
    password_hash: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeUser(Command[User]):
    """None stays as it is."""

    user_id: UserId
    name: str | None = None
    role: Role | None = None
    state: UserState | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RenameSelf(Command[User]):
    """The caller, by another name."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteUser(Command[User]):
    """They may not come in any more; what they did stays theirs."""

    user_id: UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class InviteUser(Command[Invitation]):
    """The caller made the secret; the core sees its hash only."""

    email: str
    role: Role
    hash: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeInvitation(Command[Invitation]):
    invitation_id: InvitationId


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptInvitation(Command[User]):
    invitation_id: InvitationId
    name: str
    password_hash: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateApiKey(Command[ApiKey]):
    """The caller made the secret; the core sees its hash and first characters only."""

    name: str
    prefix: str = field(repr=False)
    hash: str = field(repr=False)
    scopes: tuple[str, ...]
    dialect: Dialect = Dialect.NEUTRAL
    expires_at: datetime | None = None
    networks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeApiKey(Command[ApiKey]):
    api_key_id: ApiKeyId
