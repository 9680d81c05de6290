"""Questions on an organisation, its people and their keys, answered from SQL."""

from sqlalchemy import bindparam, select

from core.domain.account import ApiKey, Organization, User
from core.domain.ids import OrganizationId
from core.domain.integration import Integration
from core.domain.invitation import Invitation
from core.domain.plan import Plan
from core.errors import NotFound
from storage.accounts import API_KEY, INTEGRATION, USER
from storage.connection import Connection
from storage.organizations import (
    GET_ORGANIZATION,
    GET_PLAN,
    INVITATION,
    INVITATIONS,
    ORGANIZATION,
    PLAN,
)
from storage.readers import Readers
from storage.statements import Row, Statement
from storage.tables import api_keys, integrations, users

_USERS = Statement(
    select(*USER.columns(users)).where(users.c.organization_id == bindparam("organization"))
)
_INTEGRATIONS = Statement(
    select(*INTEGRATION.columns(integrations))
    .where(
        integrations.c.organization_id == bindparam("organization"),
        integrations.c.deleted_at.is_(None),
    )
    .order_by(integrations.c.created_at.desc(), integrations.c.id.desc())
)
_API_KEYS = Statement(
    select(*API_KEY.columns(api_keys))
    .where(api_keys.c.organization_id == bindparam("organization"))
    .order_by(api_keys.c.created_at.desc(), api_keys.c.id.desc())
)


class SqlAccountReads:
    def __init__(self, readers: Readers) -> None:
        self._readers = readers

    async def users(
        self, organization_id: OrganizationId, *, deleted_too: bool = False
    ) -> list[User]:
        people = [USER.value(row) for row in await self._ask(_USERS, organization_id)]
        there = (user for user in people if deleted_too or not user.gone)
        return sorted(there, key=lambda user: (user.name.casefold(), user.id))

    async def api_keys(self, organization_id: OrganizationId) -> list[ApiKey]:
        return [API_KEY.value(row) for row in await self._ask(_API_KEYS, organization_id)]

    async def integrations(self, organization_id: OrganizationId) -> list[Integration]:
        return [INTEGRATION.value(row) for row in await self._ask(_INTEGRATIONS, organization_id)]

    async def organization(self, organization_id: OrganizationId) -> Organization:
        rows = await self._glance(GET_ORGANIZATION, organization_id)
        if not rows:
            raise NotFound(f"There is no organisation {organization_id}.")
        return ORGANIZATION.value(rows[0])

    async def plan(self, organization_id: OrganizationId) -> Plan | None:
        rows = await self._glance(GET_PLAN, organization_id)
        return PLAN.value(rows[0]) if rows else None

    async def invitations(self, organization_id: OrganizationId) -> list[Invitation]:
        return [INVITATION.value(row) for row in await self._ask(INVITATIONS, organization_id)]

    async def _ask(
        self, statement: Statement, organization_id: OrganizationId, **values: object
    ) -> list[Row]:
        async def question(connection: Connection) -> list[Row]:
            return await connection.fetch(statement, {"organization": organization_id, **values})

        return await self._readers.ask(question)

    async def _glance(
        self, statement: Statement, organization_id: OrganizationId, **values: object
    ) -> list[Row]:
        async def question(connection: Connection) -> list[Row]:
            return await connection.fetch(statement, {"organization": organization_id, **values})

        return await self._readers.glance(question)
