"""Somebody who plans maintenance through the API of a running Tocsin, and reads its alerts."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

from sandbox.conversation.control import wait_for
from tests.processes import Tocsin, ask

PATIENCE = 30.0
SCOPES = ("incidents:read", "incidents:write", "maintenances:write", "services:read")


@dataclass(frozen=True, slots=True)
class Planner:
    url: str
    key: str

    async def service(self) -> str:
        """The id of the only one."""
        [service] = (await self.get("/api/services"))["services"]
        return str(service["id"])

    async def plan(self, **wish: Any) -> dict[str, Any]:
        planned: dict[str, Any] = await self._ask("POST", "/api/v1/maintenances", wish)
        return planned

    async def comes_to(self, window: dict[str, Any], state: str) -> None:
        """Wait until the window is in this state, by whatever hand."""

        async def look() -> bool | None:
            now = await self.get(f"/api/v1/maintenances/{window['id']}")
            return True if now["state"] == state else None

        await wait_for(look, f"{window['reference']} {state}", PATIENCE)

    async def alerts(self, fits: Callable[[list[Any]], bool], what: str) -> list[Any]:
        """Wait until all alerts together fit."""

        async def look() -> list[Any] | None:
            alerts: list[Any] = (await self.get("/v2/alerts?page_size=50"))["alerts"]
            return alerts if fits(alerts) else None

        return await wait_for(look, what, PATIENCE)

    async def incidents(self) -> list[Any]:
        page: list[Any] = (await self.get("/api/v1/incidents"))["items"]
        return page

    async def get(self, path: str) -> Any:
        return await self._ask("GET", path)

    async def _ask(self, method: str, path: str, wish: Any = None) -> Any:
        headers = {"Authorization": f"Bearer {self.key}"}
        async with (
            aiohttp.ClientSession() as session,
            session.request(method, self.url + path, json=wish, headers=headers) as answer,
        ):
            body = await answer.json()
            assert answer.ok, body
            return body


async def planner(tocsin: Tocsin, folder: Path) -> Planner:
    scopes = [word for scope in SCOPES for word in ("--scope", scope)]
    made = await ask(tocsin.settings, folder, "keys", "create", "planner", *scopes)
    return Planner(tocsin.url, made["api_key"])
