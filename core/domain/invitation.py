"""Invitations to join an organisation."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Self

from core.domain.account import Role
from core.domain.ids import InvitationId, UserId

INVITATION_LASTS = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """Whoever holds its secret, of which only the hash is kept, joins with `role`, once."""

    id: InvitationId
    email: str
    role: Role
    hash: str = field(repr=False)
    created_at: datetime
    expires_at: datetime
    invited_by: UserId | None = None
    accepted_at: datetime | None = None
    revoked_at: datetime | None = None
    version: int = 0

    def open(self, now: datetime) -> bool:
        return not (self.accepted_at or self.revoked_at) and now < self.expires_at

    def accepted(self, now: datetime) -> Self:
        return replace(self, accepted_at=now)

    def revoked(self, now: datetime) -> Self:
        return replace(self, revoked_at=now)
