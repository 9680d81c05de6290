"""A paging API before a server, a source whose token opens it, and triage on demand."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

import orjson

from bot.webhooks.sources import SOURCES
from bot.webhooks.triage import TriageWorker
from core.bus import CommandBus
from core.domain.ids import OrganizationId
from core.domain.incident import Incident
from tests.fakes.moment import FakeClock
from tests.fakes.store import FakeStore
from tests.integration.api.doors import Client, json_of

ALERTS = "/opsgenie/v2/alerts"
BY_ALIAS = {"identifierType": "alias"}
MOST_TURNS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    client: Client
    store: FakeStore
    bus: CommandBus
    clock: FakeClock
    organization_id: OrganizationId
    token: str

    async def ask(
        self,
        method: str,
        path: str,
        wish: Any = None,
        *,
        status: int = 202,
        token: str | None = None,
        query: dict[str, str] | None = None,
    ) -> Any:
        """The body of the answer, which has this status."""
        key = self.token if token is None else token
        headers = {"Authorization": f"GenieKey {key}"} if key else {}
        sent = None if wish is None else BytesIO(orjson.dumps(wish))
        response = await self.client.request(
            method, path, data=sent, headers=headers, params=query or {}
        )
        body = await json_of(response)
        assert response.status == status, body
        return body

    async def enqueue(
        self, *, place: str = "/pagerduty/v2/enqueue", status: int = 202, **changes: Any
    ) -> Any:
        """An event that triggers, but for `changes`; None leaves something out."""
        event = {
            "routing_key": self.token,
            "event_action": "trigger",
            "dedup_key": "latency",
            "payload": {"summary": "Latency is high", "source": "web-1", "severity": "critical"},
        }
        sent = {name: value for name, value in (event | changes).items() if value is not None}
        return await self.ask("POST", place, sent, status=status, token="")

    async def create(self, *, status: int = 202, **changes: Any) -> Any:
        """The captured alert of Opsgenie's SDK, but for `changes`."""
        alert = {
            "message": "DB down",
            "alias": "db-down",
            "description": "primary unreachable",
            "tags": ["db", "prod"],
            "details": {"region": "eu"},
            "entity": "db1",
            "source": "test",
            "priority": "P1",
        }
        sent = {name: value for name, value in (alert | changes).items() if value is not None}
        return await self.ask("POST", ALERTS, sent, status=status)

    async def act(
        self,
        word: str,
        wish: Any = None,
        *,
        method: str = "POST",
        alias: str = "db-down",
        **more: str,
    ) -> Any:
        query = {**BY_ALIAS, **more}
        return await self.ask(method, f"{ALERTS}/{alias}/{word}".rstrip("/"), wish, query=query)

    async def get(
        self, path: str = "", query: dict[str, str] | None = None, *, status: int = 200
    ) -> Any:
        return await self.ask("GET", f"{ALERTS}{path}", status=status, query=query)

    async def alert(self, alias: str = "db-down") -> Any:
        return (await self.get(f"/{alias}", BY_ALIAS))["data"]

    async def outcome(self, answer: Any, *, status: int = 200) -> Any:
        """What became of the request that was answered so."""
        body = await self.get(f"/requests/{answer['requestId']}", status=status)
        return body.get("data", body)

    async def triage(self) -> None:
        worker = TriageWorker(self.store.inbox, self.bus, SOURCES)
        for _ in range(MOST_TURNS):
            if not await worker.turn():
                return

    async def done(self, answer: Any) -> Any:
        """The outcome, once it is carried out."""
        await self.triage()
        return await self.outcome(answer)

    @property
    def incidents(self) -> list[Incident]:
        return list(self.store.rows.of(self.organization_id).incidents.values())
