"""Who is at the door, in SQL: look-ups before an organisation is known."""

import asyncio
from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select
from sqlalchemy import update as sql_update

from core.domain.account import ApiKey, Organization, User, UserState
from core.domain.heartbeat import Heartbeat
from core.domain.ids import ApiKeyId, IntegrationId, OrganizationId, SessionId, SlackUserId, TeamId
from core.domain.integration import Integration
from core.domain.invitation import Invitation
from core.domain.session import PasswordReset, Session
from core.errors import Conflict, CoreError
from core.ports import Clock, NewId
from storage.accounts import (
    API_KEY,
    INTEGRATION,
    USER,
    USER_IN_SLACK,
    USER_WITH_EMAIL,
    USERS_WITH_EMAIL,
)
from storage.connection import Connection
from storage.organizations import ADD_ORGANIZATION, INVITATION, ORGANIZATION
from storage.readers import Readers
from storage.records import RECORD_COLUMNS, record_of
from storage.session import Draft
from storage.sessions import RESET, SESSION
from storage.statements import Row, Statement, Values, changing
from storage.tables import (
    api_keys,
    calendar_feeds,
    integrations,
    invitations,
    organizations,
    password_resets,
    records,
    sessions,
    users,
)
from storage.types import UtcDateTime
from storage.writer import Writer

TOUCHES_EVERY = timedelta(minutes=1)

_FIND = Statement(
    select(*ORGANIZATION.columns(organizations)).where(organizations.c.slug == bindparam("slug"))
)
_KEY = Statement(
    select(*API_KEY.columns(api_keys), users.c.state, api_keys.c.organization_id)
    .join_from(api_keys, users, users.c.id == api_keys.c.created_by, isouter=True)
    .where(api_keys.c.hash == bindparam("hash"))
)
_integration = select(*INTEGRATION.columns(integrations), integrations.c.organization_id).where(
    integrations.c.deleted_at.is_(None)
)
_INTEGRATION = Statement(_integration.where(integrations.c.token_hash == bindparam("hash")))
_INTEGRATION_BY_ID = Statement(_integration.where(integrations.c.id == bindparam("id")))
_HEARTBEAT = Statement(
    select(records.c.organization_id, *RECORD_COLUMNS).where(
        records.c.id == bindparam("id"),
        records.c.noun == Heartbeat.NOUN,
        records.c.deleted_at.is_(None),
    )
)
_SESSION = Statement(
    select(*SESSION.columns(sessions), *USER.columns(users), users.c.organization_id)
    .join_from(sessions, users, users.c.id == sessions.c.user_id)
    .where(sessions.c.id == bindparam("id"))
)
_INVITATION = Statement(
    select(*INVITATION.columns(invitations), invitations.c.organization_id).where(
        invitations.c.hash == bindparam("hash")
    )
)
_RESET = Statement(
    select(*RESET.columns(password_resets), password_resets.c.organization_id).where(
        password_resets.c.hash == bindparam("hash")
    )
)
_CALENDAR_FEED = Statement(
    select(calendar_feeds.c.organization_id).where(calendar_feeds.c.token_hash == bindparam("hash"))
)
_TOUCH = changing(
    sql_update(api_keys)
    .where(api_keys.c.id == bindparam("this_id"))
    .values(last_used_at=bindparam("at", type_=UtcDateTime)),
    api_keys,
)


class SqlDirectory:
    def __init__(self, writer: Writer, readers: Readers, clock: Clock, new_id: NewId) -> None:
        self._writer = writer
        self._readers = readers
        self._clock = clock
        self._new_id = new_id
        self._touched: dict[ApiKeyId, datetime] = {}
        self._touching: set[asyncio.Task[None]] = set()

    async def organization(self, slug: str) -> Organization | None:
        row = await self._one(_FIND, {"slug": slug})
        return ORGANIZATION.value(row) if row else None

    async def ensure_organization(self, slug: str, name: str) -> Organization:
        async def work(draft: Draft) -> Organization:
            row = await draft.one(_FIND, {"slug": slug}, ("organizations", slug))
            if row:
                return ORGANIZATION.value(row)
            made = Organization(
                id=self.new_organization_id(),
                slug=slug,
                name=name,
                created_at=self._clock(),
            )
            draft.stage(ADD_ORGANIZATION, ORGANIZATION.row(made), ("organizations", slug))
            return made

        try:
            return await self._writer.submit(work)
        except Conflict:  # another process made it at the same moment
            return await self._writer.submit(work)

    async def api_key(self, hash: str) -> tuple[OrganizationId, ApiKey, UserState | None] | None:
        row = await self._one(_KEY, {"hash": hash})
        return (OrganizationId(row[-1]), API_KEY.value(row), row[-2]) if row else None

    async def integration(self, token_hash: str) -> tuple[OrganizationId, Integration] | None:
        row = await self._one(_INTEGRATION, {"hash": token_hash})
        return (OrganizationId(row[-1]), INTEGRATION.value(row)) if row else None

    async def integration_by_id(
        self, id: IntegrationId
    ) -> tuple[OrganizationId, Integration] | None:
        row = await self._one(_INTEGRATION_BY_ID, {"id": id})
        return (OrganizationId(row[-1]), INTEGRATION.value(row)) if row else None

    async def heartbeat(self, id: str) -> tuple[OrganizationId, Heartbeat] | None:
        row = await self._one(_HEARTBEAT, {"id": id})
        return (OrganizationId(row[0]), record_of(Heartbeat, row[1:])) if row else None

    async def slack_user(
        self, organization_id: OrganizationId, team: TeamId, user: SlackUserId
    ) -> User | None:
        values = {"organization": organization_id, "team": team, "user": user}
        row = await self._one(USER_IN_SLACK, values)
        return USER.value(row) if row else None

    async def user_with_email(self, organization_id: OrganizationId, email: str) -> User | None:
        values = {"organization": organization_id, "email": email.lower()}
        row = await self._one(USER_WITH_EMAIL, values)
        return USER.value(row) if row else None

    async def users_with_email(self, email: str) -> list[tuple[OrganizationId, User]]:
        async def question(connection: Connection) -> list[Row]:
            return await connection.fetch(USERS_WITH_EMAIL, {"email": email.lower()})

        rows = await self._readers.glance(question)
        return [(OrganizationId(row[-1]), USER.value(row)) for row in rows]

    async def session(self, id: SessionId) -> tuple[OrganizationId, Session, User] | None:
        row = await self._one(_SESSION, {"id": id})
        if row is None:
            return None
        user = USER.value(row[len(SESSION.names) :])
        return OrganizationId(row[-1]), SESSION.value(row), user

    async def invitation(self, hash: str) -> tuple[OrganizationId, Invitation] | None:
        row = await self._one(_INVITATION, {"hash": hash})
        return (OrganizationId(row[-1]), INVITATION.value(row)) if row else None

    async def password_reset(self, hash: str) -> tuple[OrganizationId, PasswordReset] | None:
        row = await self._one(_RESET, {"hash": hash})
        return (OrganizationId(row[-1]), RESET.value(row)) if row else None

    async def calendar_feed(self, token_hash: str) -> OrganizationId | None:
        row = await self._one(_CALENDAR_FEED, {"hash": token_hash})
        return OrganizationId(row[0]) if row else None

    def new_organization_id(self) -> OrganizationId:
        return OrganizationId(self._new_id("org"))

    async def touch_api_key(self, id: ApiKeyId, at: datetime) -> None:
        """Once a minute is often enough to tell a key in use from a forgotten one."""
        last = self._touched.get(id)
        if last is not None and at - last < TOUCHES_EVERY:
            return
        self._touched[id] = at
        task = asyncio.get_running_loop().create_task(self._touch(id, at))
        self._touching.add(task)
        task.add_done_callback(self._touching.discard)

    async def close(self) -> None:
        await asyncio.gather(*self._touching)

    async def _touch(self, id: ApiKeyId, at: datetime) -> None:
        async def work(draft: Draft) -> None:
            draft.stage(_TOUCH, {"this_id": id, "at": at}, ("api_keys", id))

        with suppress(CoreError):
            await self._writer.submit(work)

    async def _one(self, statement: Statement, values: Values) -> Row | None:
        async def question(connection: Connection) -> Row | None:
            rows = await connection.fetch(statement, values)
            return rows[0] if rows else None

        return await self._readers.glance(question)
