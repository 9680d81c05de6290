"""What search lacks is told and makes nothing unready; how long it takes is counted."""

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.health import add_health
from bot.web.metrics import MeasuredSearch, Metrics, add_metrics
from core.domain.ids import OrganizationId
from core.ports import SearchQuery
from tests.fakes.store import FakeStore


async def test_what_search_lacks_makes_nothing_unready() -> None:
    app = web.Application()
    add_health(app, {}, notes={"search": lambda: "Search compares words.", "other": lambda: ""})

    async with TestClient(TestServer(app)) as client:
        answer = await client.get("/health/ready")
        body = await answer.json()

    assert answer.status == 200
    assert body["checks"] == {"search": "Search compares words.", "other": "ok"}


async def test_searches_and_restarts_are_counted(store: FakeStore) -> None:
    app, metrics = web.Application(), Metrics()
    add_metrics(app, metrics, {})
    metrics.watch_restarts(lambda: 3)
    search = MeasuredSearch(store.search, metrics)
    organization = await store.directory.ensure_organization("acme", "Acme")

    found = await search.find(OrganizationId(organization.id), SearchQuery(text="checkout"))
    async with TestClient(TestServer(app)) as client:
        page = await (await client.get("/metrics")).text()

    assert found == []
    assert "tocsin_search_seconds_count 1.0" in page
    assert "tocsin_similarity_restarts 3.0" in page
