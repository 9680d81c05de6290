"""Commands on sessions and passwords; the door has checked the secret, and keeps it to itself."""

from dataclasses import dataclass, field

from core.commands.base import Command
from core.domain.account import User
from core.domain.ids import PasswordResetId, SessionId, UserId
from core.domain.session import PasswordReset, Session


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn(Command[Session | None]):
    """Somebody gave a password, which `fits` or does not. None when they may not come in."""

    user_id: UserId
    fits: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RefreshSession(Command[Session]):
    """Somebody showed a refresh token. An old one ends the session, for it may be stolen."""

    session_id: SessionId
    token_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EndSession(Command[Session]):
    session_id: SessionId


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeOwnPassword(Command[User]):
    """Every other session of the caller ends."""

    session_id: SessionId | None
    password_hash: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestPasswordReset(Command[PasswordReset]):
    user_id: UserId
    hash: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResetPassword(Command[User]):
    """Every session of theirs ends."""

    reset_id: PasswordResetId
    password_hash: str = field(repr=False)
