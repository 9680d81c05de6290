"""The repositories of organisations, people, what lets them in, and their keys, in dicts."""

from dataclasses import dataclass

from core.domain.account import IN_CHARGE, ApiKey, Organization, User
from core.domain.events import Event
from core.domain.ids import (
    ApiKeyId,
    InvitationId,
    OrganizationId,
    PasswordResetId,
    SessionId,
    SlackUserId,
    TeamId,
    UserId,
)
from core.domain.invitation import Invitation
from core.domain.plan import Plan
from core.domain.session import PasswordReset, Session
from core.errors import Conflict, NotFound
from tests.fakes.repositories import Record, found, slack_user, store
from tests.fakes.rows import OrganizationRows, Rows


@dataclass(frozen=True, slots=True)
class FakeOrganizations:
    id: OrganizationId
    rows: OrganizationRows
    all: Rows
    record: Record

    async def get(self) -> Organization:
        known = self.rows.organization or self.all.organizations.get(self.id)
        if known is None:
            raise NotFound(f"There is no organisation {self.id}.")
        return known

    async def add(self, organization: Organization, *, because: Event) -> None:
        await self.save(organization, because=because)

    async def save(self, organization: Organization, *, because: Event) -> None:
        self.rows.organization = organization
        self.record(because)

    async def plan(self) -> Plan | None:
        return self.rows.plan

    async def save_plan(self, plan: Plan, *, because: Event) -> None:
        self.rows.plan = plan
        self.record(because)


@dataclass(frozen=True, slots=True)
class FakeUsers:
    rows: OrganizationRows
    all: Rows
    record: Record

    async def get(self, id: UserId) -> User:
        return found(self.rows.users, id, "user")

    async def with_email(self, email: str) -> User | None:
        return next((u for u in self.rows.users.values() if u.email == email.lower()), None)

    async def in_slack(self, team: TeamId, user: SlackUserId) -> User | None:
        return slack_user(self.rows, team, user)

    async def in_charge(self) -> list[User]:
        return [user for user in self.rows.users.values() if user.role in IN_CHARGE]

    async def known_anywhere(self, email: str) -> bool:
        everywhere = [self.rows, *self.all.of_organization.values()]
        return any(
            user.email == email.lower() and not user.gone
            for rows in everywhere
            for user in rows.users.values()
        )

    async def save(self, user: User, *, because: Event | None) -> User:
        if because is None:
            return user
        saved = await self.note(user)
        self.record(because)
        return saved

    async def note(self, user: User) -> User:
        namesake = await self.with_email(user.email)
        if namesake and namesake.id != user.id:
            raise Conflict(f"There is a user {user.email} already.")
        return store(self.rows.users, user)


@dataclass(frozen=True, slots=True)
class FakeApiKeys:
    rows: OrganizationRows
    record: Record

    async def get(self, id: ApiKeyId) -> ApiKey:
        return found(self.rows.api_keys, id, "API key")

    async def save(self, key: ApiKey, *, because: Event | None) -> ApiKey:
        if because is None:
            return key
        saved = store(self.rows.api_keys, key)
        self.record(because)
        return saved


@dataclass(frozen=True, slots=True)
class FakeInvitations:
    rows: OrganizationRows
    record: Record

    async def get(self, id: InvitationId) -> Invitation:
        return found(self.rows.invitations, id, "invitation")

    async def to(self, email: str) -> list[Invitation]:
        invitations = self.rows.invitations.values()
        return [i for i in invitations if i.email == email and not (i.accepted_at or i.revoked_at)]

    async def of_inviter(self, user_id: UserId) -> list[Invitation]:
        theirs = (i for i in self.rows.invitations.values() if i.invited_by == user_id)
        return [i for i in theirs if not (i.accepted_at or i.revoked_at)]

    async def save(self, invitation: Invitation, *, because: Event) -> Invitation:
        saved = store(self.rows.invitations, invitation)
        self.record(because)
        return saved


@dataclass(frozen=True, slots=True)
class FakeSessions:
    rows: OrganizationRows

    async def get(self, id: SessionId) -> Session:
        if id not in self.rows.sessions:
            raise NotFound(f"There is no session {id}.")
        return self.rows.sessions[id]

    async def of_user(self, user_id: UserId) -> list[Session]:
        sessions = self.rows.sessions.values()
        return [s for s in sessions if s.user_id == user_id and s.revoked_at is None]

    async def add(self, session: Session) -> None:
        self.rows.sessions[session.id] = session

    async def save(self, session: Session) -> None:
        self.rows.sessions[session.id] = session


@dataclass(frozen=True, slots=True)
class FakePasswordResets:
    rows: OrganizationRows

    async def get(self, id: PasswordResetId) -> PasswordReset:
        if id not in self.rows.password_resets:
            raise NotFound(f"There is no password reset {id}.")
        return self.rows.password_resets[id]

    async def of_user(self, user_id: UserId) -> list[PasswordReset]:
        resets = self.rows.password_resets.values()
        return [r for r in resets if r.user_id == user_id and r.used_at is None]

    async def add(self, reset: PasswordReset) -> None:
        self.rows.password_resets[reset.id] = reset

    async def save(self, reset: PasswordReset) -> None:
        self.rows.password_resets[reset.id] = reset
