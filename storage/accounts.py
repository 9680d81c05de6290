"""People, keys and alert sources in SQL."""

from dataclasses import replace
from typing import Any

from sqlalchemy import bindparam, or_, select

from core.domain.account import IN_CHARGE, ApiKey, User, UserState
from core.domain.events import Event
from core.domain.ids import (
    ApiKeyId,
    IntegrationId,
    OrganizationId,
    SlackUserId,
    TeamId,
    UserId,
)
from core.domain.integration import Integration
from core.errors import NotFound
from core.language import say
from storage.incidents import Record
from storage.mapping import Mapping, where_version
from storage.session import EVERY, Draft
from storage.statements import Statement, Values, insertion, versioned_update
from storage.tables import api_keys, integrations, users

USER = Mapping(User)
API_KEY = Mapping(ApiKey)
INTEGRATION = Mapping(Integration)

_users = select(*USER.columns(users)).where(users.c.organization_id == bindparam("organization"))
GET_USER = Statement(_users.where(users.c.id == bindparam("id")))
USER_WITH_EMAIL = Statement(_users.where(users.c.email == bindparam("email")))
USER_IN_SLACK = Statement(
    _users.where(
        users.c.slack_team_id == bindparam("team"), users.c.slack_user_id == bindparam("user")
    )
)
_IN_CHARGE = Statement(
    _users.where(or_(*(users.c.role == role for role in IN_CHARGE))).order_by(users.c.id)
)
USERS_WITH_EMAIL = Statement(
    select(*USER.columns(users), users.c.organization_id)
    .where(users.c.email == bindparam("email"), users.c.state != UserState.DELETED)
    .order_by(users.c.created_at, users.c.id)
)
_GET_KEY = Statement(
    select(*API_KEY.columns(api_keys)).where(
        api_keys.c.organization_id == bindparam("organization"), api_keys.c.id == bindparam("id")
    )
)
GET_INTEGRATION = Statement(
    select(*INTEGRATION.columns(integrations)).where(
        integrations.c.organization_id == bindparam("organization"),
        integrations.c.id == bindparam("id"),
    )
)
_INSERT_USER, _UPDATE_USER = insertion(users), versioned_update(users, "id")
_INSERT_KEY = insertion(api_keys)
_UPDATE_KEY = versioned_update(api_keys, "id", keep=frozenset({"last_used_at"}))
_INSERT_INTEGRATION = insertion(integrations)
_UPDATE_INTEGRATION = versioned_update(integrations, "id")


class _Accounts:
    """What the three repositories share: one organisation, one draft, reasons."""

    def __init__(self, draft: Draft, organization_id: OrganizationId, record: Record) -> None:
        self._draft = draft
        self._organization_id = organization_id
        self._record = record

    def _which(self, **values: str) -> Values:
        return {"organization": self._organization_id, **values}

    def _store(
        self,
        noun: str,
        row: dict[str, Any],
        insert: Statement,
        update: Statement,
        because: Event | None,
    ) -> None:
        row["organization_id"] = self._organization_id
        if row["version"] == 1:
            self._draft.stage(insert, row, (noun, row["id"]))
        else:
            values = where_version(row, self._organization_id, "id")
            self._draft.stage(update, values, (noun, row["id"]))
        if because:
            self._record(because)


class SqlUsers(_Accounts):
    async def get(self, id: UserId) -> User:
        row = await self._draft.one(GET_USER, self._which(id=id), ("users", EVERY))
        if row is None:
            raise NotFound(say("There is no user {id}.", id=id))
        return USER.value(row)

    async def with_email(self, email: str) -> User | None:
        values = self._which(email=email.lower())
        row = await self._draft.one(USER_WITH_EMAIL, values, ("users", EVERY))
        return USER.value(row) if row else None

    async def in_slack(self, team: TeamId, user: SlackUserId) -> User | None:
        values = self._which(team=team, user=user)
        row = await self._draft.one(USER_IN_SLACK, values, ("users", EVERY))
        return USER.value(row) if row else None

    async def in_charge(self) -> list[User]:
        rows = await self._draft.fetch(_IN_CHARGE, self._which(), ("users", EVERY))
        return [USER.value(row) for row in rows]

    async def known_anywhere(self, email: str) -> bool:
        values = {"email": email.lower()}
        return bool(await self._draft.fetch(USERS_WITH_EMAIL, values, ("users", EVERY)))

    async def save(self, user: User, *, because: Event | None) -> User:
        return user if because is None else self._kept(user, because)

    async def note(self, user: User) -> User:
        return self._kept(user, None)

    def _kept(self, user: User, because: Event | None) -> User:
        saved = replace(user, version=user.version + 1)
        self._store("users", USER.row(saved), _INSERT_USER, _UPDATE_USER, because)
        return saved


class SqlApiKeys(_Accounts):
    async def get(self, id: ApiKeyId) -> ApiKey:
        row = await self._draft.one(_GET_KEY, self._which(id=id), ("api_keys", id))
        if row is None:
            raise NotFound(say("There is no API key {id}.", id=id))
        return API_KEY.value(row)

    async def save(self, key: ApiKey, *, because: Event | None) -> ApiKey:
        if because is None:
            return key
        saved = replace(key, version=key.version + 1)
        row = API_KEY.row(saved)
        self._store("api_keys", row, _INSERT_KEY, _UPDATE_KEY, because)
        return saved


class SqlIntegrations(_Accounts):
    async def get(self, id: IntegrationId) -> Integration:
        row = await self._draft.one(GET_INTEGRATION, self._which(id=id), ("integrations", id))
        if row is None:
            raise NotFound(say("There is no alert source {id}.", id=id))
        return INTEGRATION.value(row)

    async def save(self, integration: Integration, *, because: Event) -> Integration:
        saved = replace(integration, version=integration.version + 1)
        row = INTEGRATION.row(saved)
        self._store("integrations", row, _INSERT_INTEGRATION, _UPDATE_INTEGRATION, because)
        return saved
