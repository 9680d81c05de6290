"""An alert source, and somebody who may do everything with its alerts; over either store."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.credentials import hash_of, new_token
from bot.webhooks.sources import SOURCES
from bot.webhooks.triage import TriageWorker
from core.commands import CreateIntegration, TriageAlerts
from core.commands.alerting import RingTimer
from core.domain.alert import Alert, AlertDelivery
from core.domain.ids import DeliveryId, IncidentId
from core.domain.integration import Integration
from core.domain.timer import TimerKind
from core.ports import RawDelivery
from tests.contract.conftest import FAKE
from tests.databases import migrated_sqlite
from tests.fakes.moment import FakeClock, FakeIds
from tests.fakes.people import the_operator, the_relay, the_source
from tests.integration.api.doors import api_key
from tests.integration.api.doorstep import Doorstep, a_doorstep, opened

SCOPES = ("integrations:write", "incidents:write", "services:write", "events:write")


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """What tests of rules, silences and alerts do."""

    door: Doorstep
    key: str
    source: Integration

    async def ask(self, method: str, path: str, wish: Any = None, **headers: str) -> Any:
        """The body of an answer that is no refusal."""
        status, body = await self.door.ask(method, path, wish, token=self.key, **headers)
        assert status < 300, body
        return body

    async def refused(self, method: str, path: str, wish: Any = None) -> tuple[int, str | None]:
        """The status of a refusal, and the first field it names."""
        status, body = await self.door.ask(method, path, wish, token=self.key)
        assert status >= 400, body
        return status, body["errors"][0].get("source", {}).get("field")

    async def rings(self, *alerts: Alert) -> tuple[IncidentId, ...]:
        """The source says these at once, and that is dealt with."""
        raw = RawDelivery(
            organization_id=self.door.organization_id,
            integration_id=self.source.id,
            received_at=self.door.clock(),
            body=b"{}",
        )
        await self.door.storage.inbox.store(raw)
        [pending] = await self.door.storage.inbox.pending(1)
        return await self.door.bus.execute(
            TriageAlerts(
                caller=the_source(self.door.organization_id),
                integration_id=self.source.id,
                deliveries=(AlertDelivery(id=DeliveryId(pending.id), alerts=alerts),),
            )
        )

    async def event(self, action: str, service_id: str) -> str:
        """What a PagerDuty event about a service is answered, which is then dealt with."""
        wish = {
            "event_action": action,
            "dedup_key": "disk",
            "service_id": service_id,
            "payload": {"summary": "Disk full", "source": "db-1", "severity": "critical"},
        }
        answered = await self.ask("POST", "/api/events", wish)
        await TriageWorker(self.door.storage.inbox, self.door.bus, SOURCES).turn()
        return str(answered["result"]["action"])

    async def alerts(self, query: str = "") -> list[Any]:
        listed: list[Any] = (await self.ask("GET", f"/api/v1/alerts{query}"))["data"]
        return listed

    async def clock_rings(self, kind: TimerKind, subject_id: str) -> None:
        """What is due under that timer is done."""
        caller = the_relay(self.door.organization_id)
        await self.door.bus.execute(RingTimer(caller=caller, kind=kind, subject_id=subject_id))

    def passes(self, **time: float) -> None:
        self.door.clock.advance(**time)


def fates(alerts: Iterable[Any]) -> dict[str, str]:
    """The sentences by what the alerts are called."""
    return {one["name"]: one["fate_sentence"] for one in alerts}


def in_an_hour(watch: Watch) -> str:
    return (watch.door.clock() + timedelta(hours=1)).isoformat()


@asynccontextmanager
async def watching(url: str, clock: FakeClock, new_id: FakeIds) -> AsyncIterator[Watch]:
    storage = await opened(url, clock, new_id)
    async with a_doorstep(storage, clock) as door:
        key = await api_key(door.bus, door.organization_id, scopes=SCOPES)
        source = await door.bus.execute(
            CreateIntegration(
                caller=the_operator(door.organization_id),
                source="alertmanager",
                name="Monitoring",
                token_hash=hash_of(new_token()),
            )
        )
        yield Watch(door=door, key=key, source=source)
    await storage.close()


@pytest.fixture(params=["fake", "sqlite"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where the storage is."""
    return FAKE if request.param == "fake" else migrated_sqlite(tmp_path)


@pytest.fixture
async def watch(place: str, clock: FakeClock, new_id: FakeIds) -> AsyncIterator[Watch]:
    async with watching(place, clock, new_id) as made:
        yield made


@pytest.fixture
async def guard(clock: FakeClock, new_id: FakeIds) -> AsyncIterator[Watch]:
    """The same for what is refused at the door, whatever lies behind."""
    async with watching(FAKE, clock, new_id) as made:
        yield made
