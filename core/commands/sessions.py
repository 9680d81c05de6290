"""Commands on sessions and passwords; the door has checked the secret, and keeps it to itself."""

from dataclasses import dataclass, field

from core.commands.base import TOLD_APART, Command
from core.domain.account import User
from core.domain.ids import PasswordResetId, SessionId, UserId
from core.domain.session import PasswordReset, Session


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn(Command[Session | None]):
    """Somebody gave a password, which `fits` the hash it was `compared` with or does not. None
    when they may not come in, as when they have another password by now."""

    user_id: UserId
    fits: bool
    compared: str | None = field(repr=False)


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
    """Every other session of the caller ends. The present password was `compared` with a hash,
    which must still be theirs; None when it did not fit."""

    session_id: SessionId | None
    compared: str | None = field(repr=False)
    password_hash: str = field(repr=False)
    seal: str = field(default="", repr=False, metadata=TOLD_APART)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestPasswordReset(Command[PasswordReset | None]):
    """None when they were given one a few minutes ago."""

    user_id: UserId
    hash: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResetPassword(Command[User]):
    """Every session of theirs ends."""

    reset_id: PasswordResetId
    password_hash: str = field(repr=False)
    seal: str = field(default="", repr=False, metadata=TOLD_APART)
