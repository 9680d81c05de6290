"""The same doors over a real database: what is answered was committed."""

from collections.abc import AsyncIterator
from pathlib import Path

import orjson
import pytest

from bot.api.incident_shapes import IncidentLine, IncidentWhole
from bot.webhooks.sources import SOURCES
from bot.webhooks.triage import TriageWorker
from core.bus import CommandBus
from core.domain.account import Dialect
from core.domain.ids import OrganizationId
from storage.opening import Storage, open_storage
from tests.databases import migrated_sqlite
from tests.fakes.moment import FakeClock, FakeIds
from tests.integration.api.doors import (
    Client,
    Parts,
    api_key,
    application,
    bearer,
    integration,
    json_of,
    served,
)
from tests.integration.api.hostile import HOSTILE
from tests.unit.webhooks.notifications import a_notification, an_alert

LINE, WHOLE = (frozenset(shape.model_fields) for shape in (IncidentLine, IncidentWhole))
WISH = {"title": "Checkout fails", "severity": "major", "description": "Every fifth request."}


@pytest.fixture
async def storage(tmp_path: Path, clock: FakeClock, new_id: FakeIds) -> AsyncIterator[Storage]:
    storage = await open_storage(migrated_sqlite(tmp_path), clock=clock, new_id=new_id)
    yield storage
    await storage.close()


@pytest.fixture
def sql_bus(storage: Storage, clock: FakeClock) -> CommandBus:
    return CommandBus(storage.transactions, clock)


@pytest.fixture
async def sql_organization(storage: Storage) -> OrganizationId:
    return (await storage.directory.ensure_organization("default", "Default")).id


@pytest.fixture
async def sql_client(
    storage: Storage, sql_bus: CommandBus, clock: FakeClock
) -> AsyncIterator[Client]:
    parts = Parts.over(storage, sql_bus, clock)
    async with served(application(parts)) as client:
        yield client


@pytest.fixture
async def key(sql_bus: CommandBus, sql_organization: OrganizationId) -> dict[str, str]:
    return bearer(await api_key(sql_bus, sql_organization, dialect=Dialect.OVERWATCH))


async def test_an_incident_is_made_changed_and_listed(
    sql_client: Client, key: dict[str, str]
) -> None:
    service = await json_of(
        await sql_client.post("/api/v1/services", json={"name": "Checkout"}, headers=key)
    )
    wish = WISH | {"affected_services": [service["id"]]}
    made = await json_of(await sql_client.post("/api/v1/incidents", json=wish, headers=key))
    path = f"/api/v1/incidents/{made['reference']}"

    changed = await sql_client.patch(path, json={"status": "in_progress"}, headers=key)
    read = await sql_client.get(path, headers=key)
    listed = await sql_client.get("/api/v1/incidents?status=active&severity=high", headers=key)

    page = await json_of(listed)
    shown = await json_of(read)
    assert made["affected_services"] == [{"id": service["id"], "name": "Checkout"}]
    assert await json_of(changed) == shown
    of_one_alone = WHOLE - LINE
    assert page["data"] == [
        {name: value for name, value in shown["data"].items() if name not in of_one_alone}
    ]


async def test_what_is_answered_at_once_is_what_is_read_later(
    sql_client: Client, key: dict[str, str]
) -> None:
    made = await json_of(await sql_client.post("/api/v1/incidents", json=WISH, headers=key))

    read = await sql_client.get(f"/api/v1/incidents/{made['id']}", headers=key)

    assert await json_of(read) == made


async def test_pages_follow_the_cursor_through_incidents_of_one_moment(
    sql_client: Client, key: dict[str, str]
) -> None:
    for _ in range(5):
        await sql_client.post("/api/v1/incidents", json=WISH, headers=key)
    seen: list[str] = []
    query = "limit=2"

    while query:
        page = await json_of(await sql_client.get(f"/api/v1/incidents?{query}", headers=key))
        seen += [line["reference"] for line in page["data"]]
        query = f"limit=2&cursor={page['next_cursor']}" if page["next_cursor"] else ""

    assert seen == ["INC-5", "INC-4", "INC-3", "INC-2", "INC-1"]


@pytest.mark.parametrize(
    "query",
    [
        "search=%25_\\'\"",
        "search=%F0%9F%94%94",
        "service_id='; drop table incidents; --",
        "assignee_id=%E2%98%A0",
        "offset=999999999999",
    ],
)
async def test_strange_queries_find_nothing_and_break_nothing(
    sql_client: Client, key: dict[str, str], query: str
) -> None:
    await sql_client.post("/api/v1/incidents", json=WISH, headers=key)

    response = await sql_client.get(f"/api/v1/incidents?{query}", headers=key)

    assert response.status == 200
    assert (await json_of(response))["data"] == []


async def test_hostile_bodies_leave_no_trace(sql_client: Client, key: dict[str, str]) -> None:
    small = {name: sent for name, sent in HOSTILE.items() if len(sent[0]) < 1_000_000}

    statuses = {
        (await sql_client.post("/api/v1/incidents", data=body, headers={**key, **head})).status
        for body, head in small.values()
    }

    page = await json_of(await sql_client.get("/api/v1/incidents", headers=key))
    assert statuses <= {400, 413, 415, 422}
    assert page["meta"]["total"] == 0


async def test_an_alert_rings_and_an_incident_is_there(
    sql_client: Client,
    storage: Storage,
    sql_bus: CommandBus,
    sql_organization: OrganizationId,
    key: dict[str, str],
) -> None:
    _, token = await integration(sql_bus, sql_organization)
    body = orjson.dumps(a_notification(*(an_alert(name) for name in "abc")))

    rung = await sql_client.post("/webhooks/alertmanager", data=body, headers=bearer(token))
    before = await storage.inbox.waiting()
    await TriageWorker(storage.inbox, sql_bus, SOURCES).turn()

    page = await json_of(await sql_client.get("/api/v1/incidents", headers=key))
    assert (rung.status, before, await storage.inbox.waiting()) == (202, 1, 0)
    assert [line["title"] for line in page["data"]] == ["HighLatency"]
