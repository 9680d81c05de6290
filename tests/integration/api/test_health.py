"""Whether the process lives and is ready, and what it counts."""

import asyncio
import re
from dataclasses import replace

from bot.health import Check
from core.errors import Unavailable
from core.ports import PendingDelivery, RawDelivery
from tests.integration.api.doors import Client, Parts, application, bearer, json_of, served


async def well() -> None:
    """All is well."""


async def busy() -> None:
    raise Unavailable("The database is busy.")


async def broken() -> None:
    raise RuntimeError("hunter2")


async def stuck() -> None:
    await asyncio.Event().wait()


async def test_a_process_that_answers_lives(client: Client) -> None:
    response = await client.get("/health/live")

    assert (response.status, await json_of(response)) == (200, {"status": "ok"})


async def test_it_is_ready_when_every_check_is_well(parts: Parts) -> None:
    checks: dict[str, Check] = {"database": well, "scheduler": well}
    async with served(application(parts, checks=checks)) as client:
        response = await client.get("/health/ready")
        body = await json_of(response)

    assert response.status == 200
    assert body == {"status": "ok", "checks": {"database": "ok", "scheduler": "ok"}}


async def test_what_fails_is_named_and_nothing_of_the_inside_is_told(parts: Parts) -> None:
    checks: dict[str, Check] = {"database": busy, "scheduler": broken, "slack": well}
    async with served(application(parts, checks=checks)) as client:
        response = await client.get("/health/ready")
        body = await json_of(response)

    assert response.status == 503
    assert body["detail"] == "Not ready: database. The database is busy."
    assert body["checks"] == {
        "database": "The database is busy.",
        "scheduler": "It failed (RuntimeError).",
        "slack": "ok",
    }


async def test_a_check_that_hangs_has_failed(parts: Parts) -> None:
    app = application(parts, checks={"slack": stuck}, patience=0.01)
    async with served(app) as client:
        response = await client.get("/health/ready")
        body = await json_of(response)

    assert response.status == 503
    assert body["checks"] == {"slack": "It did not answer in time."}


async def test_requests_are_counted_by_route_and_not_by_path(client: Client, neutral: str) -> None:
    for path in ("/api/v1/incidents/inc_1", "/api/v1/incidents/inc_2", "/nowhere"):
        await client.get(path, headers=bearer(neutral))

    page = await (await client.get("/metrics")).text()

    counted = 'tocsin_http_requests_total{method="GET",route="%s",status="404"} %s'
    assert counted % ("/api/v1/incidents/{id}", "2.0") in page
    assert counted % ("unmatched", "1.0") in page
    assert 'tocsin_waiting{queue="inbox"} 0.0' in page


async def test_strange_methods_do_not_fill_the_metrics(client: Client) -> None:
    for method in ("PROPFIND", "MKCOL"):
        await client.request(method, "/nowhere")

    page = await (await client.get("/metrics")).text()

    assert re.findall(r'requests_total\{method="(\w+)"', page) == ["other"]
    assert 'status="404"} 2.0' in page


class Away:
    async def store(self, delivery: RawDelivery) -> None:
        raise Unavailable("Away.")

    async def pending(self, limit: int) -> list[PendingDelivery]:
        raise Unavailable("Away.")

    async def waiting(self) -> int:
        raise Unavailable("Away.")


async def test_metrics_are_told_even_while_the_database_is_away(parts: Parts) -> None:
    async with served(application(replace(parts, inbox=Away()))) as client:
        response = await client.get("/metrics")
        page = await response.text()

    assert response.status == 200
    assert "tocsin_waiting{" not in page
