"""Two bots on one PostgreSQL: one folder with an index is for one of them, a server is for both."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from storage.similarity.folder_lock import sole_index
from tests.chroma_server import ChromaServer
from tests.integration.api.doors import api_key
from tests.integration.storage.house import opened
from tests.processes import Tocsin, clean_environment, free_port

WITHIN = 90


@pytest.fixture
def settings(migrated_postgres: str, tmp_path: Path) -> dict[str, str]:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
    return {
        "TOCSIN_DATABASE_URL": migrated_postgres,
        "TOCSIN_DATA_DIR": str(tmp_path),
        "TOCSIN_PORT": str(free_port()),
        "TOCSIN_SECRET_KEY": "not-a-secret-in-a-test",
        "TOCSIN_SEARCH": "meaning",
        "TOCSIN_LOG_LEVEL": "warning",
    }


@asynccontextmanager
async def serving(
    settings: Sequence[dict[str, str]], folders: Sequence[Path]
) -> AsyncIterator[list[Tocsin]]:
    """Several, started and stopped at once."""
    bots = [Tocsin(one, folder) for one, folder in zip(settings, folders, strict=True)]
    await asyncio.gather(*(bot.start() for bot in bots))
    try:
        yield bots
    finally:
        assert set(await asyncio.gather(*(bot.stop() for bot in bots))) == {0}


async def test_one_folder_is_for_one_of_them(settings: dict[str, str], tmp_path: Path) -> None:
    with sole_index(tmp_path / "index"):  # as the first one has it
        second = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "serve", "--json",
            cwd=tmp_path / "two",
            env=clean_environment({**settings, "PYTHONPATH": str(Path.cwd())}),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        output, errors = await second.communicate()

    said = (output + errors).decode()
    assert second.returncode == 1
    assert f"Another Tocsin uses the search index in {tmp_path}" in said
    assert "TOCSIN_CHROMA_URL" in said
    assert "Traceback" not in said


async def test_with_a_server_each_finds_by_meaning_what_the_other_was_told(
    settings: dict[str, str], tmp_path: Path
) -> None:
    server = ChromaServer(tmp_path)
    server.start()
    shared = {**settings, "TOCSIN_CHROMA_URL": server.url}
    other = {**shared, "TOCSIN_PORT": str(free_port())}
    try:
        headers = {"Authorization": f"Bearer {await _key(settings['TOCSIN_DATABASE_URL'])}"}
        folders = [tmp_path / "one", tmp_path / "two"]
        async with (
            serving([shared, other], folders) as (one, two),
            aiohttp.ClientSession(headers=headers) as session,
        ):
            told_here = await _declare(session, one, "Shoppers cannot pay by card")
            told_there = await _declare(session, two, "Laptops do not join the wireless LAN")

            async with asyncio.timeout(WITHIN):
                await _until_found(session, two, "credit card checkout broken", told_here)
                await _until_found(session, one, "no wifi in the office", told_there)
    finally:
        server.stop()


async def _key(url: str) -> str:
    async with opened(url, slug="default") as house:
        organization_id = house.caller.organization_id
        return await api_key(house.bus, organization_id, scopes=["incidents:write"])


async def _declare(session: aiohttp.ClientSession, tocsin: Tocsin, title: str) -> str:
    wish = {"title": title, "severity": "critical"}
    async with session.post(f"{tocsin.url}/api/v1/incidents", json=wish) as answer:
        assert answer.status == 201, await answer.text()
        return str((await answer.json())["id"])


async def _until_found(
    session: aiohttp.ClientSession, tocsin: Tocsin, query: str, expected: str
) -> None:
    found = ""
    while expected not in found:
        await asyncio.sleep(0.2)
        found = await _found(session, tocsin, query)


async def _found(session: aiohttp.ClientSession, tocsin: Tocsin, query: str) -> str:
    async with session.post(f"{tocsin.url}/api/v1/search/query", json={"query": query}) as answer:
        assert answer.status == 200, await answer.text()
        return json.dumps(await answer.json())
