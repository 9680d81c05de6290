"""Alerts that a window kept quiet, and incidents that were declared in one, over REST."""

from typing import Any

import pytest

from bot.maintenance_clock import Clockwork, MaintenanceClock
from bot.webhooks.sources import SOURCES
from bot.webhooks.triage import TriageWorker
from core.bus import CommandBus
from core.commands import AddService
from core.domain.actor import Caller
from core.domain.ids import OrganizationId
from tests.fakes.moment import FakeClock
from tests.fakes.store import FakeStore
from tests.integration.api.checks.observer import INCIDENTS, MAINTENANCES, Observer, of
from tests.integration.api.doors import Client, api_key

SCOPES = ["incidents:write", "maintenances:write", "services:read", "events:write"]


@pytest.fixture
async def o(client: Client, bus: CommandBus, organization_id: OrganizationId) -> Observer:
    return Observer(client, await api_key(bus, organization_id, scopes=SCOPES))


@pytest.fixture
async def database(bus: CommandBus, alice: Caller) -> str:
    return (await bus.execute(AddService(caller=alice, name="Database"))).id


async def running(o: Observer, *services: str) -> Any:
    wish = {
        "title": "Database upgrade",
        "start_now": True,
        "scheduled_end_at": "2030-01-01T14:00:00Z",
        "affected_services": list(services),
    }
    return await o.post(MAINTENANCES, wish)


async def rung(o: Observer, store: FakeStore, bus: CommandBus, service: str, **event: Any) -> None:
    wish = {
        "service_id": service,
        "event_action": "trigger",
        "payload": {"summary": "Replication lags", "source": "db-1", "severity": "critical"},
        **event,
    }
    await o.post("/api/events", wish, status=202)
    await TriageWorker(store.inbox, bus, SOURCES).turn()


async def test_alerts_of_a_window_are_listed_with_it_and_make_no_incident(
    o: Observer, store: FakeStore, bus: CommandBus, database: str
) -> None:
    window = await running(o, database)
    for key in ("lag", "disk", "cpu"):
        await rung(o, store, bus, database, dedup_key=key)

    first = await o.get(f"{of(window, 'alerts')}?limit=2")
    rest = await o.get(f"{of(window, 'alerts')}?limit=2&cursor={first['next_cursor']}")

    every = first["items"] + rest["items"]
    assert {one["deduplication_key"] for one in every} == {"lag", "disk", "cpu"}
    assert {(one["status"], one["incident"]) for one in every} == {("firing", None)}
    assert (first["meta"], rest["next_cursor"]) == ({"total": 3, "limit": 2}, None)
    assert (await o.get(of(window)))["alerts"] == {"suppressed": 3, "firing": 3}
    assert (await o.get(INCIDENTS))["meta"]["total"] == 0


async def test_what_still_fires_at_the_end_is_an_incident_that_the_list_names(
    o: Observer, store: FakeStore, bus: CommandBus, database: str, clock: FakeClock
) -> None:
    window = await running(o, database)
    await rung(o, store, bus, database, dedup_key="lag")
    await rung(o, store, bus, database, dedup_key="disk")
    await rung(o, store, bus, database, dedup_key="disk", event_action="resolve")

    await o.post(of(window, "complete"))
    works = Clockwork(clock=clock, monotonic=lambda: 0.0, ring_at=lambda moment, ring: None)
    await MaintenanceClock(bus.execute, store.chores, works).raise_alerts()

    [incident] = (await o.get(INCIDENTS))["items"]
    every = (await o.get(of(window, "alerts")))["items"]
    became = {one["deduplication_key"]: (one["status"], one["incident"]) for one in every}
    assert became["disk"] == ("resolved", None)
    status, raised = became["lag"]
    assert status == "firing"
    assert (raised["id"], raised["reference"]) == (incident["id"], incident["reference"])
    kinds = [line["type"] for line in (await o.get(of(window, "timeline")))["items"]]
    assert kinds[-2:] == ["maintenance.completed", "maintenance.alerts_raised"]
    shown = await o.get(of(incident))
    assert [one["id"] for one in shown["maintenance_windows"]] == [window["id"]]


async def test_an_incident_that_is_declared_in_a_window_names_it(
    o: Observer, database: str, clock: FakeClock
) -> None:
    window = await running(o, database)
    wish = {"title": "Replication lags", "severity": "high", "affected_services": [database]}

    clock.advance(minutes=1)
    made = await o.post(INCIDENTS, wish, status=201)
    clock.advance(minutes=1)
    await o.post(of(window, "complete"))
    later = await o.get(of(made))
    after = await o.post(INCIDENTS, wish, status=201)

    assert made["maintenance_windows"] == [
        {
            "id": window["id"],
            "reference": "MNT-1",
            "title": "Database upgrade",
            "ends_at": "2030-01-01T14:00:00.000Z",
            "running": True,
        }
    ]
    assert [one["running"] for one in later["maintenance_windows"]] == [False]
    assert after["maintenance_windows"] == []


async def test_however_many_windows_run_every_service_of_theirs_is_in_maintenance(
    o: Observer, bus: CommandBus, alice: Caller
) -> None:
    first = (await bus.execute(AddService(caller=alice, name="First"))).id
    last = (await bus.execute(AddService(caller=alice, name="Last"))).id
    await running(o, first)
    for _ in range(510):
        await running(o)
    await running(o, last)

    services = (await o.get("/api/v1/services"))["items"]

    assert [one["status"] for one in services] == ["maintenance", "maintenance"]
