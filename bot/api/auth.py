"""Who calls: one resolver for every API key, whichever header it comes in."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta

from aiohttp import web

from bot.web.authorization import nothing_offered, offered_secret, unauthorized
from bot.web.lookups import Lookup
from bot.web.problems import refusal
from core.domain.account import ApiKey, Dialect
from core.domain.actor import Actor, Caller, Permission, Surface
from core.domain.ids import ApiKeyId, OrganizationId
from core.errors import Unavailable
from core.permissions import granted
from core.ports import Clock, Directory

TOUCHED_EVERY = timedelta(minutes=1)
"""A key's last use is noted so often at most."""

_SCOPES = {
    Permission.READ_INCIDENTS: "incidents:read",
    Permission.WRITE_INCIDENTS: "incidents:write",
    Permission.READ_SERVICES: "services:read",
    Permission.WRITE_SERVICES: "services:write",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """A program at the door, with the words it speaks."""

    caller: Caller
    dialect: Dialect
    key_id: ApiKeyId


@dataclass(frozen=True, slots=True)
class _Known:
    key: ApiKey
    client: Client


class Gate:
    def __init__(self, directory: Directory, clock: Clock) -> None:
        self._directory = directory
        self._clock = clock
        self._lookup = Lookup(self._ask)
        self._touched: dict[ApiKeyId, datetime] = {}
        self._touching: set[asyncio.Task[None]] = set()

    async def admit(self, request: web.Request, needed: Permission) -> Client:
        """The caller, who may do what is `needed`; a `Refusal` otherwise."""
        secret = offered_secret(request)
        if secret is None:
            raise nothing_offered()
        if secret.count(".") == 2:
            raise unauthorized(
                "sign_in_unavailable",
                "Sign-in tokens are not available yet; use an API key instead.",
            )
        known = await self._lookup.find(secret)
        if known is None:
            raise unauthorized("invalid_api_key", "This API key is not known.")
        self._require_usable(known.key)
        _require_scope(known.client, needed)
        return known.client

    async def close(self) -> None:
        """Let the notes of last uses be written that are on their way."""
        await asyncio.gather(*self._touching)

    def _require_usable(self, key: ApiKey) -> None:
        now = self._clock()
        if key.revoked_at is not None:
            raise unauthorized("invalid_api_key", "This API key was revoked; use another one.")
        if not key.usable(now):
            raise unauthorized("invalid_api_key", "This API key has expired; use another one.")
        if now - self._touched.get(key.id, key.created_at) >= TOUCHED_EVERY:
            self._touched[key.id] = now
            self._note_use(key.id, now)

    def _note_use(self, id: ApiKeyId, now: datetime) -> None:
        task = asyncio.create_task(self._touch(id, now))
        self._touching.add(task)
        task.add_done_callback(self._touching.discard)

    async def _touch(self, id: ApiKeyId, now: datetime) -> None:
        try:
            await self._directory.touch_api_key(id, now)
        except Unavailable:
            # It may be skipped; the next use notes it again.
            self._touched.pop(id, None)

    async def _ask(self, hash: str) -> _Known | None:
        found = await self._directory.api_key(hash)
        return _Known(found[1], _client(*found)) if found else None


def _client(organization_id: OrganizationId, key: ApiKey) -> Client:
    caller = Caller(
        organization_id=organization_id,
        actor=Actor(surface=Surface.REST, name=key.name, user_id=key.created_by),
        permissions=granted(key.scopes),
    )
    return Client(caller=caller, dialect=key.dialect, key_id=key.id)


def _require_scope(client: Client, needed: Permission) -> None:
    if needed not in client.caller.permissions:
        raise refusal(
            403,
            "insufficient_scope",
            f"This API key may not do that; it takes one with the scope {_SCOPES[needed]}.",
        )
