"""Use cases on people, keys and alert sources."""

from datetime import datetime

from core import commands as c
from core.domain.account import MAX_NAME, ApiKey, User, email_address
from core.domain.events import (
    ApiKeyCreated,
    ApiKeyRevoked,
    IntegrationCreated,
    PasswordChanged,
    UserAdded,
    UserLinked,
)
from core.domain.ids import ApiKeyId, IntegrationId, UserId
from core.domain.integration import Integration, source_named
from core.domain.text import one_line
from core.errors import InvalidInput, NotFound
from core.permissions import normal_scope
from core.ports import UnitOfWork


async def add_user(command: c.AddUser, uow: UnitOfWork, now: datetime) -> User:
    email = email_address(command.email)
    if await uow.users.with_email(email):
        raise InvalidInput(f"There is a user {email} already.", field="email")
    user = User(
        id=UserId(uow.new_id("usr")),
        email=email,
        name=one_line(command.name, field="name", limit=MAX_NAME),
        role=command.role,
        password_hash=command.password_hash,
        created_at=now,
    )
    return await uow.users.save(user, because=_added(user, command, now))


async def link_slack_user(command: c.LinkSlackUser, uow: UnitOfWork, now: datetime) -> User:
    linked = await uow.users.in_slack(command.team_id, command.slack_user_id)
    if linked:
        return linked
    email = email_address(command.email)
    user = await uow.users.with_email(email)
    if user is None:
        user = User(
            id=UserId(uow.new_id("usr")),
            email=email,
            name=one_line(command.name, field="name", limit=MAX_NAME),
            role=command.role,
            created_at=now,
        )
        user = await uow.users.save(user, because=_added(user, command, now))
    event = UserLinked(by=command.caller.actor, at=now, user_id=user.id, name=user.name)
    return await uow.users.save(user.linked(command.team_id, command.slack_user_id), because=event)


async def change_password(command: c.ChangePassword, uow: UnitOfWork, now: datetime) -> User:
    email = email_address(command.email)
    user = await uow.users.with_email(email)
    if user is None:
        raise NotFound(f"There is no user {email}.")
    event = PasswordChanged(by=command.caller.actor, at=now, user_id=user.id, name=user.name)
    return await uow.users.save(user.with_password(command.password_hash), because=event)


async def create_api_key(command: c.CreateApiKey, uow: UnitOfWork, now: datetime) -> ApiKey:
    if not command.scopes:
        raise InvalidInput("A key needs at least one scope.", field="scopes")
    if command.expires_at is not None and command.expires_at <= now:
        raise InvalidInput("That time has passed; choose a later one.", field="expires_at")
    key = ApiKey(
        id=ApiKeyId(uow.new_id("key")),
        name=one_line(command.name, field="name", limit=MAX_NAME),
        prefix=command.prefix,
        hash=command.hash,
        scopes=tuple(sorted({normal_scope(scope) for scope in command.scopes})),
        dialect=command.dialect,
        created_at=now,
        created_by=command.caller.actor.user_id,
        expires_at=command.expires_at,
    )
    event = ApiKeyCreated(by=command.caller.actor, at=now, api_key_id=key.id, name=key.name)
    return await uow.api_keys.save(key, because=event)


async def revoke_api_key(command: c.RevokeApiKey, uow: UnitOfWork, now: datetime) -> ApiKey:
    key = await uow.api_keys.get(command.api_key_id)
    if key.revoked_at:
        return key
    event = ApiKeyRevoked(by=command.caller.actor, at=now, api_key_id=key.id, name=key.name)
    return await uow.api_keys.save(key.revoked(now), because=event)


async def create_integration(
    command: c.CreateIntegration, uow: UnitOfWork, now: datetime
) -> Integration:
    if command.service_id:
        await uow.services.get(command.service_id)
    integration = Integration(
        id=IntegrationId(uow.new_id("int")),
        source=source_named(command.source),
        name=one_line(command.name, field="name", limit=MAX_NAME),
        token_hash=command.token_hash,
        service_id=command.service_id,
        auto_resolve=command.auto_resolve,
        created_at=now,
    )
    event = IntegrationCreated(
        by=command.caller.actor, at=now, integration_id=integration.id, name=integration.name
    )
    return await uow.integrations.save(integration, because=event)


def _added(user: User, command: c.AddUser | c.LinkSlackUser, now: datetime) -> UserAdded:
    return UserAdded(
        by=command.caller.actor, at=now, user_id=user.id, name=user.name, role=user.role
    )
