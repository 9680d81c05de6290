"""The control API as a caller sees it: requests, refusals, waiting."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import aiohttp

from sandbox.json_types import Json

GLANCE_SECONDS = 0.02
PATIENCE_SECONDS = 10.0
T = TypeVar("T")


class SandboxRefused(AssertionError):
    """The sandbox would not do what was asked; `code` says why."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code


class NothingHappened(AssertionError):
    """What was waited for did not come in time."""


class ControlClient:
    """Speaks HTTP to one sandbox; `url` may be known late."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self._session: aiohttp.ClientSession | None = None

    async def open(self) -> None:
        timeout = aiohttp.ClientTimeout(total=60)
        self._session = aiohttp.ClientSession(timeout=timeout)

    async def close(self) -> None:
        if self._session:
            await self._session.close()
            self._session = None

    async def get(self, path: str, **query: str) -> Json:
        return await self._ask("GET", path, params=query)

    async def post(self, path: str, body: Any) -> Json:
        return await self._ask("POST", path, json=body)

    async def act(self, act: str, /, **body: Any) -> Json:
        """Do something as a person: /_sandbox/act/NAME."""
        return await self.post(f"act/{act}", body)

    async def delete(self, path: str) -> Json:
        return await self._ask("DELETE", path)

    async def _ask(self, verb: str, path: str, **parts: Any) -> Json:
        if self._session is None:
            raise SandboxRefused("not_open", "Use the sandbox client with `async with`.")
        address = f"{self.url}/_sandbox/{path}"
        async with self._session.request(verb, address, **parts) as response:
            answer: Json = await response.json()
        if response.status >= 400:
            raise SandboxRefused(answer["error"], answer["message"])
        return answer


async def wait_for(
    look: Callable[[], Awaitable[T | None]], what: str, patience: float | None = None
) -> T:
    """Look again and again until there is something to see."""
    limit = PATIENCE_SECONDS if patience is None else patience
    try:
        async with asyncio.timeout(limit):
            while True:
                found = await look()
                if found is not None:
                    return found
                await asyncio.sleep(GLANCE_SECONDS)
    except TimeoutError as problem:
        raise NothingHappened(f"{what} did not appear within {limit} s.") from problem
