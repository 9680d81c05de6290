"""A client of Observer's that fails when an answer is not the expected one."""

from dataclasses import dataclass
from typing import Any

from core.domain.service import Service
from tests.integration.api.doors import Client, bearer, json_of

INCIDENTS, MAINTENANCES = "/api/v1/incidents", "/api/v1/maintenances"
CHECKOUT = {
    "title": "Checkout API errors",
    "severity": "major",
    "publish": True,
    "initial_message": {
        "type": "Investigating",
        "description": "Investigating elevated error rate on checkout.",
    },
}
IDENTIFIED = {"type": "Identified", "description": "Identified bad deploy. Rolling back."}
ROLLED_BACK = {"description": "Rollback complete. Error rate back to baseline."}
UPGRADE = {
    "title": "Database upgrade",
    "scheduled_start_at": "2026-06-01T02:00:00Z",
    "scheduled_end_at": "2026-06-01T04:00:00Z",
}


@dataclass(frozen=True, slots=True)
class Observer:
    client: Client
    key: str

    async def ask(
        self,
        method: str,
        path: str,
        wish: Any = None,
        *,
        status: int = 200,
        headers: dict[str, str] | None = None,
    ) -> Any:
        """The body of the answer, which has this status; None of an empty one."""
        response = await self.client.request(
            method, path, json=wish, headers={**bearer(self.key), **(headers or {})}
        )
        body = None if response.status == 204 else await json_of(response)
        assert response.status == status, body
        return body

    async def get(self, path: str, *, status: int = 200) -> Any:
        return await self.ask("GET", path, status=status)

    async def post(self, path: str, wish: Any = None, *, status: int = 200) -> Any:
        return await self.ask("POST", path, wish, status=status)

    async def patch(self, path: str, wish: Any, *, status: int = 200) -> Any:
        return await self.ask("PATCH", path, wish, status=status)

    async def incident(self, **changes: Any) -> Any:
        """The documented one, but for `changes`."""
        return await self.post(INCIDENTS, CHECKOUT | changes)

    async def draft(self, **changes: Any) -> Any:
        return await self.incident(**{"publish": False, **changes})

    async def maintenance(self, **changes: Any) -> Any:
        """The documented one, but for `changes`."""
        return await self.post(MAINTENANCES, UPGRADE | changes)


def of(thing: Any, verb: str = "") -> str:
    """Where an incident or a maintenance is found, and what is done to it."""
    place = INCIDENTS if thing["type"] == "Incident" else MAINTENANCES
    return f"{place}/{thing['id']}{f'/{verb}' if verb else ''}"


def rollup(service: Service) -> list[dict[str, str]]:
    return [{"id": service.id, "name": service.name}]
