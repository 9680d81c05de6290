"""Who is at the door, found in the rows of every organisation; and a database always well."""

from dataclasses import dataclass, replace
from datetime import datetime

from core.domain.account import ApiKey, Organization, User, UserState
from core.domain.heartbeat import Heartbeat
from core.domain.ids import ApiKeyId, IntegrationId, OrganizationId, SessionId, SlackUserId, TeamId
from core.domain.integration import Integration
from core.domain.invitation import Invitation
from core.domain.session import PasswordReset, Session
from core.ports import Clock, NewId
from tests.fakes.repositories import slack_user
from tests.fakes.rows import Rows


@dataclass(frozen=True, slots=True)
class FakeDirectory:
    rows: Rows
    clock: Clock
    new_id: NewId

    async def organization(self, slug: str) -> Organization | None:
        return next((o for o in self.rows.organizations.values() if o.slug == slug), None)

    async def ensure_organization(self, slug: str, name: str) -> Organization:
        known = await self.organization(slug)
        if known:
            return known
        id = self.new_organization_id()
        made = Organization(id=id, slug=slug, name=name, created_at=self.clock())
        self.rows.organizations[id] = made
        self.rows.commits += 1
        return made

    async def api_key(self, hash: str) -> tuple[OrganizationId, ApiKey, UserState | None] | None:
        for organization_id, rows in self.rows.of_organization.items():
            for key in rows.api_keys.values():
                if key.hash == hash:
                    maker = rows.users.get(key.created_by) if key.created_by else None
                    return organization_id, key, maker.state if maker else None
        return None

    async def integration(self, token_hash: str) -> tuple[OrganizationId, Integration] | None:
        for organization_id, rows in self.rows.of_organization.items():
            for integration in rows.integrations.values():
                if integration.token_hash == token_hash and not integration.deleted_at:
                    return organization_id, integration
        return None

    async def integration_by_id(
        self, id: IntegrationId
    ) -> tuple[OrganizationId, Integration] | None:
        for organization_id, rows in self.rows.of_organization.items():
            integration = rows.integrations.get(id)
            if integration and not integration.deleted_at:
                return organization_id, integration
        return None

    async def heartbeat(self, id: str) -> tuple[OrganizationId, Heartbeat] | None:
        for organization_id, rows in self.rows.of_organization.items():
            record = rows.records.get(id)
            if isinstance(record, Heartbeat) and not record.deleted_at:
                return organization_id, record
        return None

    async def slack_user(
        self, organization_id: OrganizationId, team: TeamId, user: SlackUserId
    ) -> User | None:
        return slack_user(self.rows.of(organization_id), team, user)

    async def user_with_email(self, organization_id: OrganizationId, email: str) -> User | None:
        users = self.rows.of(organization_id).users.values()
        return next((user for user in users if user.email == email.lower()), None)

    async def users_with_email(self, email: str) -> list[tuple[OrganizationId, User]]:
        found = [
            (organization_id, user)
            for organization_id, rows in self.rows.of_organization.items()
            for user in rows.users.values()
            if user.email == email.lower() and not user.gone
        ]
        return sorted(found, key=lambda one: (one[1].created_at, one[1].id))

    async def session(self, id: SessionId) -> tuple[OrganizationId, Session, User] | None:
        for organization_id, rows in self.rows.of_organization.items():
            if id in rows.sessions:
                session = rows.sessions[id]
                return organization_id, session, rows.users[session.user_id]
        return None

    async def invitation(self, hash: str) -> tuple[OrganizationId, Invitation] | None:
        for organization_id, rows in self.rows.of_organization.items():
            for invitation in rows.invitations.values():
                if invitation.hash == hash:
                    return organization_id, invitation
        return None

    async def password_reset(self, hash: str) -> tuple[OrganizationId, PasswordReset] | None:
        for organization_id, rows in self.rows.of_organization.items():
            for reset in rows.password_resets.values():
                if reset.hash == hash:
                    return organization_id, reset
        return None

    async def calendar_feed(self, token_hash: str) -> OrganizationId | None:
        for organization_id, rows in self.rows.of_organization.items():
            if rows.calendar_feed and rows.calendar_feed.token_hash == token_hash:
                return organization_id
        return None

    def new_organization_id(self) -> OrganizationId:
        return OrganizationId(self.new_id("org"))

    async def touch_api_key(self, id: ApiKeyId, at: datetime) -> None:
        for rows in self.rows.of_organization.values():
            if id in rows.api_keys:
                rows.api_keys[id] = replace(rows.api_keys[id], last_used_at=at)


class FakeHealth:
    async def check(self) -> None:
        """A dict always answers."""
