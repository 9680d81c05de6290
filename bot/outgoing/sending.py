"""One HTTP request to somebody's server: no redirect, no forbidden address, no long wait."""

import os
import socket
from collections.abc import Coroutine
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import Any, TypeVar
from urllib.parse import urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

from bot.outgoing.addresses import ForbiddenAddress, literal, require_private, require_reachable

T = TypeVar("T")

PATIENCE = 10.0
"""Seconds for a whole request."""

AGENT = "Tocsin"


class Unanswered(Exception):
    """No answer came; the message says why, in a sentence for a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """`retry_after` in seconds, when the other side said so."""

    status: int
    retry_after: float | None = None


class Sender:
    """Its connections are made when they are first needed, and none is kept."""

    def __init__(self, *, private: bool, patience: float = PATIENCE) -> None:
        self._private = private
        self._patience = patience
        self._sessions: dict[bool, aiohttp.ClientSession] = {}

    async def post(self, url: str, headers: dict[str, str], body: bytes) -> Answered:
        """`Unanswered` where nothing came back, `ForbiddenAddress` where it may not go."""
        return await self._guarded(url, self._post(url, headers, body))

    async def get(
        self, url: str, headers: dict[str, str], limit: int, *, public: bool = True
    ) -> bytes:
        """What is there, `limit` bytes at most; otherwise as `post`. Anything but 200 is
        `Unanswered` too. Without `public` nothing is asked that anybody can reach."""
        return await self._guarded(url, self._get(url, headers, limit, public=public))

    async def close(self) -> None:
        for session in self._sessions.values():
            await session.close()

    async def _guarded(self, url: str, request: Coroutine[None, None, T]) -> T:
        host = urlsplit(url).hostname or ""
        address = literal(host)
        try:
            if address is not None:
                require_reachable(host, address, private=self._private)
            return await request
        except TimeoutError as error:
            raise Unanswered(f"{host} did not answer within {self._patience:g} seconds.") from error
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise Unanswered(f"{host} {_trouble(error)}") from error
        finally:
            request.close()  # it was never begun where it may not go

    async def _get(self, url: str, headers: dict[str, str], limit: int, *, public: bool) -> bytes:
        host = urlsplit(url).hostname
        session = self._opened(public=public)
        async with session.get(url, headers=headers, allow_redirects=False) as response:
            if response.status != HTTPStatus.OK:
                raise Unanswered(f"{host} answered {response.status}.")
            body = await response.content.read(limit + 1)
            while len(body) <= limit and (more := await response.content.read(limit)):
                body += more
            if len(body) > limit:
                raise Unanswered(f"{host} answered with more than {limit:,} bytes.")
            return body

    async def _post(self, url: str, headers: dict[str, str], body: bytes) -> Answered:
        async with self._opened().post(
            url, data=body, headers=headers, allow_redirects=False
        ) as response:
            return Answered(
                status=response.status, retry_after=_seconds(response.headers.get("Retry-After"))
            )

    def _opened(self, *, public: bool = True) -> aiohttp.ClientSession:
        if public not in self._sessions:
            self._sessions[public] = aiohttp.ClientSession(
                connector=guarded_connector(private=self._private, public=public),
                timeout=aiohttp.ClientTimeout(total=self._patience),
                headers={"User-Agent": AGENT, "Content-Type": "application/json"},
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
            )
        return self._sessions[public]


def guarded_connector(
    *, private: bool, public: bool = True, names: AbstractResolver | None = None
) -> aiohttp.TCPConnector:
    """Connections to allowed addresses only, none of which is kept. `names` finds addresses, where
    the usual way of finding them is not meant."""
    return aiohttp.TCPConnector(
        resolver=GuardedResolver(private=private, names=names),
        socket_factory=partial(_socket, private=private, public=public),
        force_close=True,
        limit=0,
    )


def _socket(place: aiohttp.AddrInfoType, *, private: bool, public: bool) -> socket.socket:
    """The last look, at the very address that is about to be called, however it was spelled."""
    family, type, proto, _, (host, *_) = place
    address = literal(str(host))
    if address is None:
        raise ForbiddenAddress(f"{host!r} is no address that webhooks may go to.")
    require_reachable(str(host), address, private=private)
    if not public:
        require_private(str(host), address)
    return socket.socket(family, type, proto)


class GuardedResolver(AbstractResolver):
    """Finds addresses, and refuses a name that has a forbidden one among them. It is asked for
    each connection, so a name cannot lead elsewhere after it was looked at."""

    def __init__(self, *, private: bool, names: AbstractResolver | None = None) -> None:
        self._private = private
        self._names = names or ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = await self._names.resolve(host, port, family)
        for one in found:
            address = literal(one["host"])
            if address is None:
                raise OSError(f"{one['host']} is no address")
            require_reachable(host, address, private=self._private)
        return found

    async def close(self) -> None:
        await self._names.close()


def _trouble(error: Any) -> str:
    match error:
        case aiohttp.ClientConnectorDNSError():
            return "cannot be found: no address is known for it."
        case aiohttp.ClientSSLError():
            return "has no certificate that is trusted here."
        case aiohttp.ClientConnectorError():
            number = error.os_error.errno
            return f"cannot be reached: {os.strerror(number) if number else 'no connection'}."
        case aiohttp.ServerDisconnectedError() | ConnectionError():
            return "hung up without an answer."
        case aiohttp.InvalidURL():
            return "cannot be called by that URL."
        case _:
            return f"did not answer as a web server does ({type(error).__name__})."


def _seconds(text: str | None) -> float | None:
    return float(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None
