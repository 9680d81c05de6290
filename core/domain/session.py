"""Sessions of people who signed in, and the ways back in for those who forgot their password."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Self

from core.domain.ids import PasswordResetId, SessionId, UserId

ACCESS_LASTS = timedelta(hours=1)
REFRESH_LASTS = timedelta(days=7)
RESET_LASTS = timedelta(hours=1)
RESET_EVERY = timedelta(minutes=5)
"""So long nobody is given another reset, lest their letters are many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A family of refresh tokens: each refresh makes the next one, and only the newest, which
    is named by `token_id` and was made at `last_used_at`, is good for another."""

    id: SessionId
    user_id: UserId
    created_at: datetime
    last_used_at: datetime
    expires_at: datetime
    token_id: str
    revoked_at: datetime | None = None

    def live(self, now: datetime) -> bool:
        return self.revoked_at is None and now < self.expires_at

    def refreshed(self, token_id: str, now: datetime) -> Self:
        return replace(self, token_id=token_id, last_used_at=now, expires_at=now + REFRESH_LASTS)

    def revoked(self, now: datetime) -> Self:
        return self if self.revoked_at else replace(self, revoked_at=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordReset:
    """A secret that was mailed to somebody, of which only the hash is kept. It serves once."""

    id: PasswordResetId
    user_id: UserId
    hash: str = field(repr=False)
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None

    def usable(self, now: datetime) -> bool:
        return self.used_at is None and now < self.expires_at

    def used(self, now: datetime) -> Self:
        return replace(self, used_at=now)
