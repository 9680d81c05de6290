"""One HTTP request to somebody's server: no redirect, no forbidden address, no long wait."""

import os
import socket
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

from bot.outgoing.addresses import ForbiddenAddress, literal, require_reachable

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
        self._session: aiohttp.ClientSession | None = None

    async def post(self, url: str, headers: dict[str, str], body: bytes) -> Answered:
        """`Unanswered` where nothing came back, `ForbiddenAddress` where it may not go."""
        host = urlsplit(url).hostname or ""
        address = literal(host)
        if address is not None:
            require_reachable(host, address, private=self._private)
        try:
            return await self._post(url, headers, body)
        except TimeoutError as error:
            raise Unanswered(f"{host} did not answer within {self._patience:g} seconds.") from error
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise Unanswered(f"{host} {_trouble(error)}") from error

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def _post(self, url: str, headers: dict[str, str], body: bytes) -> Answered:
        async with self._opened().post(
            url, data=body, headers=headers, allow_redirects=False
        ) as response:
            return Answered(
                status=response.status, retry_after=_seconds(response.headers.get("Retry-After"))
            )

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector = aiohttp.TCPConnector(
                resolver=GuardedResolver(private=self._private),
                socket_factory=self._socket,
                force_close=True,
                limit=0,
            )
            self._session = aiohttp.ClientSession(
                connector=connector,
                timeout=aiohttp.ClientTimeout(total=self._patience),
                headers={"User-Agent": AGENT, "Content-Type": "application/json"},
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
            )
        return self._session

    def _socket(self, place: aiohttp.AddrInfoType) -> socket.socket:
        """The last look, at the very address that is about to be called, however it was spelled."""
        family, type, proto, _, (host, *_) = place
        address = literal(str(host))
        if address is None:
            raise ForbiddenAddress(f"{host!r} is no address that webhooks may go to.")
        require_reachable(str(host), address, private=self._private)
        return socket.socket(family, type, proto)


class GuardedResolver(AbstractResolver):
    """Finds addresses, and refuses a name that has a forbidden one among them. It is asked for
    each connection, so a name cannot lead elsewhere after it was looked at."""

    def __init__(self, *, private: bool) -> None:
        self._private = private
        self._names = ThreadedResolver()

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
