"""The doors that alerting tools ring: checked, stored durably, and only then answered."""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from aiohttp import web

from bot.web.authorization import TOKEN_IN_QUERY
from bot.web.bodies import ALERT_LIMIT, BIG, Reading, json_of, read_body
from bot.web.problems import refusal
from bot.webhooks.handshake import grant
from bot.webhooks.knocking import Doorkeeper, Keys, Knocking, require_token_signature
from bot.webhooks.reading import key_of
from bot.webhooks.source import Heard, Knock, Lock, NotUnderstood, Source
from bot.webhooks.sources import SOURCES
from core.domain.integration import ALIASES, source_called
from core.ports import Directory, Inbox, RawDelivery

ACCEPTED = b'{"status":"accepted"}'
ALERT_BODIES = Reading(limit=ALERT_LIMIT)
SIGNED = 200
"""What is answered where a signature is shown in place of the token."""

SERVED: Mapping[str, Source] = {
    source.name: source for source in SOURCES.values() if source.require
}
"""The sources whose door is here."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bell:
    """What a rung bell needs: where to keep it, whose it is, and who is told whenever there is
    work for triage."""

    inbox: Inbox
    directory: Directory
    on_stored: Callable[[], None]
    keys: Keys
    reading: Reading = ALERT_BODIES


def add_webhooks(app: web.Application, bell: Bell) -> None:
    """Every form of every source's URL."""
    Webhooks(bell).register(app)


class Webhooks:
    def __init__(self, bell: Bell) -> None:
        self._bell = bell
        self._doorkeeper = Doorkeeper(bell.directory)

    def register(self, app: web.Application) -> None:
        for source in SERVED.values():
            ring = partial(self.ring, source)
            for path in _paths(source):
                app.router.add_post(path, ring)
        for path in _paths(SERVED["cloudevents"]):
            app.router.add_options(path, self.shake_hands)
        app.router.add_post("/api/v1/webhooks/{platform}/{integration_id}", self.ring_signed)
        app.router.add_post("/webhooks/{source}", unknown_source)
        app.router.add_post("/webhooks/{source}/{rest:.+}", unknown_source)

    async def ring(self, source: Source, request: web.Request) -> web.Response:
        knocking = await self._doorkeeper.by_token(request, source.name)
        # Tools send JSON under many a content type, so none is insisted on.
        body = await read_body(request, self._bell.reading)
        await self._take_in(source, knocking, request, body)
        return _accepted(source.status)

    async def ring_signed(self, request: web.Request) -> web.Response:
        """The body is signed with the token, which does not travel."""
        platform = request.match_info["platform"]
        source = SERVED.get(source_called(platform) or "")
        if source is None:
            return await unknown_source(request)
        knocking = await self._doorkeeper.by_id(request.match_info["integration_id"], source.name)
        body = await read_body(request, self._bell.reading)
        lock = self._bell.keys.lock(knocking.integration, signed=True)
        require_token_signature(request, platform, lock, body)
        await self._take_in(source, knocking, request, body)
        return _accepted(SIGNED)

    async def shake_hands(self, request: web.Request) -> web.Response:
        """Whoever shows a token has to show the right one; none at all is no offence here."""
        if "token" in request.match_info:
            await self._doorkeeper.by_token(request, "cloudevents")
        return grant(request)

    async def _take_in(
        self, source: Source, knocking: Knocking, request: web.Request, body: bytes
    ) -> None:
        bell, integration = self._bell, knocking.integration
        lock = bell.keys.lock(integration, signed=source.signs)
        taken = body if source.plain else await _unwrapped(source, request, body, lock)
        payload = await _apart(len(taken), lambda: json_of(taken))
        if source.signs and await source.greet(payload, lock):
            return
        heard = Heard(received_at=lock.now, settings=integration.settings)
        await _apart(len(taken), lambda: _require(source, payload, heard))
        await bell.inbox.store(
            RawDelivery(
                organization_id=knocking.organization_id,
                integration_id=integration.id,
                body=taken,
                received_at=lock.now,
                request_id=_named(source.name_of(payload)),
            )
        )
        bell.on_stored()


def _paths(source: Source) -> Iterator[str]:
    """With a slash at the end too: some tools put one there."""
    for name in _spellings(source.name):
        for begin in (f"/webhooks/{name}", f"/webhooks/{name}/{{token}}"):
            yield from (begin, f"{begin}/")
            yield from (f"{begin}/{path}" for path in source.also_at)


def _spellings(name: str) -> set[str]:
    names = {name, *(alias for alias, meant in ALIASES.items() if meant == name)}
    return names | {one.replace("_", "-") for one in names}


async def _unwrapped(source: Source, request: web.Request, body: bytes, lock: Lock) -> bytes:
    """The payload, from somebody who signed as the tool signs."""
    knock = _knock(request, body)
    await source.verify(knock, lock)
    return source.take(knock)


def _knock(request: web.Request, body: bytes) -> Knock:
    headers = {name.lower(): value for name, value in request.headers.items()}
    query = {name: text for name, text in request.query.items() if name not in TOKEN_IN_QUERY}
    return Knock(headers=headers, body=body, query=query)


def _require(source: Source, payload: Any, heard: Heard) -> None:
    if source.require is None:
        return
    try:
        source.require(payload, heard)
    except NotUnderstood as error:
        raise refusal(422, "invalid_value", str(error)) from error


def _named(name: str | None) -> str | None:
    """What a source calls its payload; no index takes a name of any length."""
    return key_of(name) if name else None


async def _apart(size: int, work: Callable[[], T]) -> T:
    """In a thread when it is big, so that other requests go on."""
    return await asyncio.to_thread(work) if size > BIG else work()


def _accepted(status: int) -> web.Response:
    return web.Response(status=status, body=ACCEPTED, content_type="application/json")


async def unknown_source(_: web.Request) -> web.Response:
    raise refusal(
        404, "unknown_source", f"There is no such alert source; there is {', '.join(SERVED)}."
    )
