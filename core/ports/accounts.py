"""People, what lets them and their programs in, and their organisation, inside a transaction."""

from typing import Protocol

from core.domain.account import ApiKey, Organization, User
from core.domain.events import Event
from core.domain.ids import (
    ApiKeyId,
    InvitationId,
    PasswordResetId,
    SessionId,
    SlackUserId,
    TeamId,
    UserId,
)
from core.domain.invitation import Invitation
from core.domain.plan import Plan
from core.domain.session import PasswordReset, Session


class Organizations(Protocol):
    """The one organisation of the transaction."""

    async def get(self) -> Organization:
        """`NotFound` before it was added."""

    async def add(self, organization: Organization, *, because: Event) -> None: ...

    async def save(self, organization: Organization, *, because: Event) -> None: ...

    async def plan(self) -> Plan | None:
        """None while it has the usual one."""

    async def save_plan(self, plan: Plan, *, because: Event) -> None: ...


class Users(Protocol):
    async def get(self, id: UserId) -> User:
        """The user, or `NotFound`; a deleted one is found."""

    async def with_email(self, email: str) -> User | None: ...

    async def in_slack(self, team: TeamId, user: SlackUserId) -> User | None: ...

    async def in_charge(self) -> list[User]:
        """The owners and admins of the organisation, whatever their state."""

    async def known_anywhere(self, email: str) -> bool:
        """Whether any organisation has somebody with that address who was not deleted."""

    async def save(self, user: User, *, because: Event | None) -> User: ...

    async def note(self, user: User) -> User:
        """Store it without a reason: that somebody signs in is no news."""


class ApiKeys(Protocol):
    async def get(self, id: ApiKeyId) -> ApiKey:
        """The key, or `NotFound`."""

    async def save(self, key: ApiKey, *, because: Event | None) -> ApiKey: ...


class Invitations(Protocol):
    async def get(self, id: InvitationId) -> Invitation:
        """The invitation, or `NotFound`."""

    async def to(self, email: str) -> list[Invitation]:
        """Those that were neither accepted nor revoked."""

    async def of_inviter(self, user_id: UserId) -> list[Invitation]:
        """Those of theirs that were neither accepted nor revoked."""

    async def save(self, invitation: Invitation, *, because: Event) -> Invitation: ...


class Sessions(Protocol):
    async def get(self, id: SessionId) -> Session:
        """The session, or `NotFound`."""

    async def of_user(self, user_id: UserId) -> list[Session]:
        """Those that were not revoked."""

    async def add(self, session: Session) -> None: ...

    async def save(self, session: Session) -> None: ...


class PasswordResets(Protocol):
    async def get(self, id: PasswordResetId) -> PasswordReset:
        """The reset, or `NotFound`."""

    async def of_user(self, user_id: UserId) -> list[PasswordReset]:
        """Those that were not used."""

    async def add(self, reset: PasswordReset) -> None: ...

    async def save(self, reset: PasswordReset) -> None: ...
