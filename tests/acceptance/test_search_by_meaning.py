"""Overwatch's example of a search, asked of a running server that knows what texts mean."""

import asyncio
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.processes import Tocsin, ask, free_port

LOGIN = {"email": "engineer@example.com", "password": "your-password"}
NOTHING_WAITS = 'tocsin_waiting{queue="index"} 0.0'
PATIENCE = 400
QUESTION = {"query": "database connection pool exhaustion causing timeouts", "limit": 10}
DOCUMENTED = [
    ("inc-uuid-002", "incident"),
    ("inc-uuid-017", "incident"),
    ("proc-uuid-005", "procedure"),
]


async def _json(session: aiohttp.ClientSession, method: str, path: str, **more: Any) -> Any:
    async with session.request(method, path, **more) as answer:
        assert answer.status == 200, await answer.text()
        return await answer.json()


async def _indexed(session: aiohttp.ClientSession) -> None:
    """Until everything is found by what it means."""
    for _ in range(PATIENCE):
        health = await _json(session, "GET", "/health/ready")
        async with session.get("/metrics") as answer:
            told = (await answer.text()).splitlines()
        if health["checks"]["search"] == "ok" and NOTHING_WAITS in told:
            return
        await asyncio.sleep(0.2)
    raise AssertionError(health)


@pytest.mark.timeout(120)
async def test_the_documented_search_answers_its_three_results_in_order(tmp_path: Path) -> None:
    settings = {
        "TOCSIN_PORT": str(free_port()),
        "TOCSIN_DATA_DIR": str(tmp_path / "data"),
        "TOCSIN_LOG_LEVEL": "warning",
        "TOCSIN_SEARCH": "meaning",
    }
    await ask(settings, tmp_path, "fixtures", "load")
    tocsin = Tocsin(settings, tmp_path)
    await tocsin.start()

    async with aiohttp.ClientSession(tocsin.url) as session:
        await _indexed(session)
        login = await _json(session, "POST", "/api/v1/auth/login", json=LOGIN)
        bearer = {"Authorization": f"Bearer {login['access_token']}"}
        path = "/api/v1/search/query"
        body = await _json(session, "POST", path, json=QUESTION, headers=bearer)
    await tocsin.stop()

    found = [(one["id"], one["type"]) for one in body["results"]]
    assert found[:3] == DOCUMENTED
