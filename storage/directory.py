"""Who is at the door, in SQL: look-ups before an organisation is known."""

import asyncio
from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select
from sqlalchemy import update as sql_update

from core.domain.account import ApiKey, Organization, User
from core.domain.ids import ApiKeyId, OrganizationId, SlackUserId, TeamId
from core.domain.integration import Integration
from core.errors import Conflict, CoreError
from core.ports import Clock, NewId
from storage.accounts import API_KEY, INTEGRATION, USER, USER_IN_SLACK, USER_WITH_EMAIL
from storage.connection import Connection
from storage.mapping import Mapping
from storage.readers import Readers
from storage.session import Draft
from storage.statements import Row, Statement, Values, changing, insertion
from storage.tables import api_keys, integrations, organizations
from storage.types import UtcDateTime
from storage.writer import Writer

TOUCHES_EVERY = timedelta(minutes=1)

_ORGANIZATION = Mapping(Organization)
_FIND = Statement(
    select(*_ORGANIZATION.columns(organizations)).where(organizations.c.slug == bindparam("slug"))
)
_FOUND = insertion(organizations)
_KEY = Statement(
    select(*API_KEY.columns(api_keys), api_keys.c.organization_id).where(
        api_keys.c.hash == bindparam("hash")
    )
)
_INTEGRATION = Statement(
    select(*INTEGRATION.columns(integrations), integrations.c.organization_id).where(
        integrations.c.token_hash == bindparam("hash")
    )
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
        return _ORGANIZATION.value(row) if row else None

    async def ensure_organization(self, slug: str, name: str) -> Organization:
        async def work(draft: Draft) -> Organization:
            row = await draft.one(_FIND, {"slug": slug}, ("organizations", slug))
            if row:
                return _ORGANIZATION.value(row)
            made = Organization(
                id=OrganizationId(self._new_id("org")),
                slug=slug,
                name=name,
                created_at=self._clock(),
            )
            draft.stage(_FOUND, _ORGANIZATION.row(made), ("organizations", slug))
            return made

        try:
            return await self._writer.submit(work)
        except Conflict:  # another process made it at the same moment
            return await self._writer.submit(work)

    async def api_key(self, hash: str) -> tuple[OrganizationId, ApiKey] | None:
        row = await self._one(_KEY, {"hash": hash})
        return (OrganizationId(row[-1]), API_KEY.value(row)) if row else None

    async def integration(self, token_hash: str) -> tuple[OrganizationId, Integration] | None:
        row = await self._one(_INTEGRATION, {"hash": token_hash})
        return (OrganizationId(row[-1]), INTEGRATION.value(row)) if row else None

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
