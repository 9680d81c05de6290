"""Who calls: one resolver for every credential, whichever header it comes in."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypeAlias

from aiohttp import web

from bot.web.addresses import ClientAddresses
from bot.web.answer_headers import promise_headers
from bot.web.authorization import nothing_offered, offered_secret, unauthorized
from bot.web.lookups import Lookup
from bot.web.problems import Refusal, refusal
from bot.web.rate_limits import RateLimits, Standing, exceeded, headers_of
from core.domain.account import ADMITTED, ApiKey, Dialect, UserState
from core.domain.actor import Actor, Caller, Permission, Surface
from core.domain.ids import ApiKeyId, OrganizationId
from core.domain.plan import Plan
from core.errors import Unavailable
from core.permissions import granted, refused
from core.ports import Clock, Directory
from core.scopes import SCOPES

TOUCHED_EVERY = timedelta(minutes=1)
"""A key's last use is noted so often at most."""

JWT_DOTS = 2
SCOPE_OF = {
    Permission.ASSIGN_INCIDENTS: "incidents:write",
    Permission.DELETE_INCIDENTS: "incidents:write",
}
"""Permissions that are no scope of their own."""

PlanOf: TypeAlias = Callable[[OrganizationId], Awaitable[Plan]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """Somebody at the door, with the words they speak.

    `member` is the user or key whose requests are counted together; `session_id` is there when
    they signed in with a password, `key_id` when they hold a key.
    """

    caller: Caller
    dialect: Dialect
    member: str
    address: str = ""
    key_id: ApiKeyId | None = None
    session_id: str | None = None

    @property
    def organization_id(self) -> OrganizationId:
        return self.caller.organization_id


class Tokens(Protocol):
    async def client_of(self, token: str) -> Client:
        """Whoever signed in and was given this token; a `Refusal` when it is no good any more."""


def scope_of(needed: Permission) -> str | None:
    """The scope that grants it to a key; None for what no key may do."""
    scope = SCOPE_OF.get(needed, needed.value)
    return scope if scope in SCOPES else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standards:
    """By what the gate measures: addresses, limits and plans."""

    addresses: ClientAddresses
    limits: RateLimits
    plan_of: PlanOf


@dataclass(frozen=True, slots=True)
class _Known:
    key: ApiKey
    client: Client
    maker: UserState | None


class Gate:
    def __init__(
        self, directory: Directory, clock: Clock, tokens: Tokens, standards: Standards
    ) -> None:
        self._directory = directory
        self._clock = clock
        self._tokens = tokens
        self._standards = standards
        self._lookup = Lookup(self._ask)
        self._touched: dict[ApiKeyId, datetime] = {}
        self._touching: set[asyncio.Task[None]] = set()

    async def admit(self, request: web.Request, needed: Permission | None = None) -> Client:
        """The caller, who may do what is `needed` and has not asked too often; a `Refusal`
        otherwise."""
        client = await self.count(await self._known(request), request)
        if needed is not None:
            _require(client, needed)
        return client

    async def count(self, client: Client, request: web.Request) -> Client:
        """Somebody who is known, and has not asked too often; a `Refusal` otherwise."""
        plan = await self._standards.plan_of(client.organization_id)
        standing = await self._standards.limits.spend(
            organization_id=client.organization_id, member=client.member, plan=plan
        )
        _hold_to(standing, request)
        return client

    async def let_in(self, request: web.Request) -> Client:
        """Anybody at all, if their address has not asked too often."""
        address = self._standards.addresses.of(request)
        _hold_to(await self._standards.limits.spend_address(address), request)
        return _stranger(address)

    async def turn_away(self, request: web.Request) -> None:
        """Count what nobody can be found for; a `Refusal` when there was too much of it."""
        address = self._standards.addresses.of(request)
        _hold_to(await self._standards.limits.spend_refused(address), request)

    def stranger(self, request: web.Request) -> Client:
        """Whoever it is that has not shown a credential yet."""
        return _stranger(self._standards.addresses.of(request))

    async def close(self) -> None:
        """Let the notes of last uses be written that are on their way."""
        await asyncio.gather(*self._touching)

    async def _known(self, request: web.Request) -> Client:
        try:
            return await self._client(request)
        except Refusal:
            await self.turn_away(request)
            raise

    async def _client(self, request: web.Request) -> Client:
        secret = offered_secret(request)
        if secret is None:
            raise nothing_offered()
        if secret.count(".") == JWT_DOTS:
            return await self._tokens.client_of(secret)
        known = await self._lookup.find(secret)
        if known is None:
            raise unauthorized("invalid_api_key", "This API key is not known.")
        _require_maker(known.maker)
        self._require_usable(known.key, request)
        return known.client

    def _require_usable(self, key: ApiKey, request: web.Request) -> None:
        now = self._clock()
        if key.revoked_at is not None:
            raise unauthorized("invalid_api_key", "This API key was revoked; use another one.")
        if not key.usable(now):
            raise unauthorized("invalid_api_key", "This API key has expired; use another one.")
        if key.networks:
            _require_network(key, self._standards.addresses.of(request))
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
        if found is None:
            return None
        organization_id, key, maker = found
        return _Known(key, _holder(organization_id, key), maker)


def _holder(organization_id: OrganizationId, key: ApiKey) -> Client:
    caller = Caller(
        organization_id=organization_id,
        actor=Actor(surface=Surface.REST, name=key.name, user_id=key.created_by),
        permissions=granted(key.scopes),
        program=True,
    )
    return Client(caller=caller, dialect=key.dialect, member=key.id, key_id=key.id)


def _stranger(address: str) -> Client:
    """Nobody yet: may do nothing, and belongs nowhere."""
    caller = Caller(
        organization_id=OrganizationId(""),
        actor=Actor(surface=Surface.REST, name=address),
        permissions=frozenset(),
    )
    return Client(caller=caller, dialect=Dialect.NEUTRAL, member=address, address=address)


def _hold_to(standing: Standing, request: web.Request) -> None:
    if not standing.allowed:
        raise exceeded(standing)
    promise_headers(request, headers_of(standing))


def _require_maker(state: UserState | None) -> None:
    """A key goes no further than whoever made it; one that the command line made is nobody's."""
    if state not in (None, *ADMITTED):
        raise unauthorized(
            "invalid_api_key",
            f"The person who made this API key is {state}; use a key of somebody else.",
        )


def _require_network(key: ApiKey, address: str) -> None:
    if not key.usable_from(address):
        raise refusal(
            403, "address_not_allowed", f"This API key may not be used from {address or 'here'}."
        )


def _require(client: Client, needed: Permission) -> None:
    if needed in client.caller.permissions:
        return
    if client.key_id is None:
        raise refusal(403, "insufficient_role", refused(needed))
    scope = scope_of(needed)
    mend = f"it takes one with the scope {scope}" if scope else "sign in with a password"
    raise refusal(403, "insufficient_scope", f"This API key may not do that; {mend}.")
