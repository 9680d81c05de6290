"""What does not fit in is refused as each kind of sender expects, and taken once there is room."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.webhooks.sources import SOURCES
from bot.webhooks.triage import TriageWorker
from core.bus import CommandBus
from storage.inbox_room import FULL, Bounds
from storage.opening import Storage, open_storage
from tests.databases import migrated_sqlite
from tests.fakes.moment import FakeClock, FakeIds
from tests.integration.api.doors import (
    Client,
    Parts,
    application,
    integration,
    json_of,
    served,
)
from tests.unit.webhooks.notifications import a_notification, an_alert

HOLDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowded:
    """A server whose inbox holds little, and a source of each kind."""

    client: Client
    storage: Storage
    bus: CommandBus
    tokens: dict[str, str]

    async def webhook(self) -> tuple[int, Any, Any]:
        path = f"/webhooks/alertmanager/{self.tokens['alertmanager']}"
        return await self._sent(path, a_notification(an_alert()))

    async def pagerduty(self, path: str = "/pagerduty/v2/enqueue") -> tuple[int, Any, Any]:
        event = {
            "routing_key": self.tokens["pagerduty"],
            "event_action": "trigger",
            "payload": {"summary": "Latency", "source": "web-1", "severity": "critical"},
        }
        return await self._sent(path, event)

    async def events(self) -> tuple[int, Any, Any]:
        return await self.pagerduty("/api/events")

    async def opsgenie(self) -> tuple[int, Any, Any]:
        key = {"Authorization": f"GenieKey {self.tokens['opsgenie']}"}
        return await self._sent("/opsgenie/v2/alerts", {"message": "DB down"}, key)

    async def triaged(self) -> None:
        worker = TriageWorker(self.storage.inbox, self.bus, SOURCES)
        while await worker.turn():
            pass

    async def _sent(
        self, path: str, body: Any, headers: dict[str, str] | None = None
    ) -> tuple[int, Any, Any]:
        answer = await self.client.post(path, json=body, headers=headers or {})
        return answer.status, answer.headers.get("Retry-After"), await json_of(answer)


@pytest.fixture
async def crowded(tmp_path: Path, clock: FakeClock, new_id: FakeIds) -> AsyncIterator[Crowded]:
    url = migrated_sqlite(tmp_path)
    bounds = Bounds(pending=HOLDS, rest=0)
    storage = await open_storage(url, clock=clock, new_id=new_id, bounds=bounds)
    bus = CommandBus(storage.transactions, clock)
    organization = await storage.directory.ensure_organization("default", "Default")
    tokens = {
        source: (await integration(bus, organization.id, source=source))[1]
        for source in ("alertmanager", "pagerduty", "opsgenie")
    }
    parts = Parts.over(storage, bus, clock)
    async with served(application(parts)) as client:
        yield Crowded(client=client, storage=storage, bus=bus, tokens=tokens)
    await storage.close()


Send = Callable[[Crowded], Any]
SENDERS = [
    pytest.param(Crowded.webhook, 503, id="webhook"),
    pytest.param(Crowded.pagerduty, 429, id="pagerduty"),
    pytest.param(Crowded.events, 429, id="events"),
    pytest.param(Crowded.opsgenie, 429, id="opsgenie"),
]


@pytest.mark.parametrize(("send", "status"), SENDERS)
async def test_what_is_beyond_the_bound_is_refused_until_there_is_room(
    crowded: Crowded, send: Send, status: int
) -> None:
    for _ in range(HOLDS):
        assert (await send(crowded))[0] == 202
    told, retry_after, body = await send(crowded)
    held = await crowded.storage.inbox.waiting()
    await crowded.triaged()
    again, *_ = await send(crowded)

    assert (told, retry_after, held, again) == (status, "1", HOLDS, 202)
    assert FULL in (body.get("detail"), body.get("message"), *body.get("errors", []))
