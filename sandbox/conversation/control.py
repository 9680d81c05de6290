"""The control API as a caller sees it: requests, refusals, waiting."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import aiohttp

from sandbox.json_types import Json

GLANCE_SECONDS = 0.02
# Only what never comes takes so long; a busy machine is slow.
PATIENCE_SECONDS = 30.0
# How much of the circumstances is told when nothing happened.
MOST_SEEN = 5
LINE = 120
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

    def __init__(self, url: str, secret: str = "") -> None:
        self.url = url.rstrip("/")
        self.secret = secret
        # Where each person was last, for what they do without saying where.
        self.places: dict[str, str] = {}
        self._session: aiohttp.ClientSession | None = None

    async def open(self) -> None:
        timeout = aiohttp.ClientTimeout(total=60)
        headers = {"X-Sandbox-Secret": self.secret} if self.secret else {}
        self._session = aiohttp.ClientSession(timeout=timeout, headers=headers)

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

    async def wait_for(
        self,
        look: Callable[[], Awaitable[T | None]],
        what: str,
        patience: float | None = None,
        seen: Callable[[], Awaitable[list[str]]] | None = None,
    ) -> T:
        """`wait_for`, and on failure what there was instead and what the app did last."""
        try:
            return await wait_for(look, what, patience)
        except NothingHappened as problem:
            there = await seen() if seen else []
            lines = [str(problem), *(f"  seen: {one[:LINE]!r}" for one in there[-MOST_SEEN:])]
            lines += [f"  {entry_line(entry)}" for entry in await self._latest()]
            raise NothingHappened("\n".join(lines)) from None

    async def _latest(self) -> list[Json]:
        """The newest findings, and the newest entries of any kind."""
        found = (await self.get("journal", kind="finding", limit=str(MOST_SEEN)))["entries"]
        tail = (await self.get("journal", limit=str(MOST_SEEN)))["entries"]
        known = {entry["n"]: entry for entry in [*found, *tail]}
        return [known[number] for number in sorted(known)]

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


def entry_line(entry: Json) -> str:
    """An entry of the journal on one line, for people who look for what went wrong."""
    match entry:
        case {"kind": "finding"}:
            said = f"{entry['code']}: {entry['message']}"
        case {"kind": "api_call"}:
            said = f"{entry['method']} → {entry['error'] or 'ok'}"
        case {"kind": "delivery"}:
            said = f"{entry['delivery_kind']} {entry['label']}"
        case {"kind": "ack"}:
            said = f"{entry['label']} → {entry['error'] or 'ok'}"
        case _:
            said = str(entry.get("message", ""))
    return f"{entry['n']} {entry['kind']}: {said}"[:LINE]
