"""Use cases on keys of the API."""

from datetime import datetime

from core import commands as c
from core.domain.account import MAX_NAME, ApiKey
from core.domain.events import ApiKeyCreated, ApiKeyRevoked
from core.domain.ids import ApiKeyId
from core.domain.network import networks_named
from core.domain.text import one_line
from core.errors import InvalidInput, NotPermitted
from core.permissions import granted, normal_scope
from core.ports import UnitOfWork


async def create_api_key(command: c.CreateApiKey, uow: UnitOfWork, now: datetime) -> ApiKey:
    if not command.scopes:
        raise InvalidInput("A key needs at least one scope.", field="scopes")
    if command.expires_at is not None and command.expires_at <= now:
        raise InvalidInput("That time has passed; choose a later one.", field="expires_at")
    scopes = tuple(sorted({normal_scope(scope) for scope in command.scopes}))
    if not granted(scopes) <= command.caller.permissions:
        raise NotPermitted("You may not make a key that may do more than you.")
    key = ApiKey(
        id=ApiKeyId(uow.new_id("key")),
        name=one_line(command.name, field="name", limit=MAX_NAME),
        prefix=command.prefix,
        hash=command.hash,
        scopes=scopes,
        dialect=command.dialect,
        created_at=now,
        created_by=command.caller.actor.user_id,
        expires_at=command.expires_at,
        networks=networks_named(command.networks, field="networks"),
    )
    event = ApiKeyCreated(by=command.caller.actor, at=now, api_key_id=key.id, name=key.name)
    return await uow.api_keys.save(key, because=event)


async def revoke_api_key(command: c.RevokeApiKey, uow: UnitOfWork, now: datetime) -> ApiKey:
    key = await uow.api_keys.get(command.api_key_id)
    if key.revoked_at:
        return key
    event = ApiKeyRevoked(by=command.caller.actor, at=now, api_key_id=key.id, name=key.name)
    return await uow.api_keys.save(key.revoked(now), because=event)
