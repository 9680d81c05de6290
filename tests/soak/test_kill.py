"""SIGKILL at random moments from a click to the last Slack message: nothing lost or doubled.

`make soak` kills 200 times on each database; `make test` ten times. A seed is printed with each
run; TOCSIN_SOAK_SEED repeats it.
"""

import asyncio
import os
import random
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.domain.ids import OrganizationId
from sandbox.server import Sandbox
from storage.opening import Storage, open_storage
from tests.processes import Tocsin, ask, settings_for
from tests.soak.campaign import Campaign, say
from tests.soak.verdict import (
    complaints_about_ends,
    complaints_about_incidents,
    complaints_about_slack,
    every_incident,
    outbox_of,
)

MANIFEST = Path(__file__).parents[2] / "manifest.yml"
FEW, MANY = 10, 200
DELIVERED_WITHIN = 180


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(manifest=MANIFEST) as sandbox:
        # A process that was killed answers nobody; what it may not do is say things twice.
        sandbox.allows("app_unreachable", "late_ack", "refused_delivery")
        yield sandbox


@pytest.mark.timeout(300)
async def test_ten_kills_lose_and_double_nothing(sandbox: Sandbox, tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'data' / 'tocsin.db'}"

    complaints = await _suffer(sandbox, tmp_path, url, FEW)

    assert complaints == []


@pytest.mark.soak
@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
async def test_two_hundred_kills_lose_and_double_nothing(
    database: str, sandbox: Sandbox, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'data' / 'tocsin.db'}"
    if database == "postgresql":
        url = request.getfixturevalue("postgres_url")

    complaints = await _suffer(sandbox, tmp_path, url, MANY)

    assert complaints == []


async def _suffer(sandbox: Sandbox, folder: Path, url: str, kills: int) -> list[str]:
    """The whole campaign on one database; what is wrong in the end."""
    seed = int(os.environ.get("TOCSIN_SOAK_SEED") or random.randrange(10**6))
    say(f"\n{kills} kills on {url.partition(':')[0]}, seed {seed}")
    settings = settings_for(sandbox, folder / "data", url)
    tocsin = Tocsin(settings, folder)
    sandbox.app_url = tocsin.url
    await ask(settings, folder, "migrate")
    source = await ask(settings, folder, "integrations", "create", "alertmanager")
    await tocsin.start()
    try:
        campaign = Campaign(sandbox, tocsin, source["token"], seed, kills)
        await campaign.run()
        waiting = await _delivered(url)
    finally:
        if tocsin.running:
            await tocsin.stop()
    complaints = await _judge(sandbox, campaign, url)
    return [*complaints, *([f"{waiting} effects still wait"] if waiting else [])]


async def _delivered(url: str) -> int:
    """Wait until no effect waits any more; how many still do."""
    until = time.monotonic() + DELIVERED_WITHIN
    while time.monotonic() < until:
        _, waiting, _ = await outbox_of(url)
        if not waiting:
            return 0
        await asyncio.sleep(0.5)
    return waiting


async def _judge(sandbox: Sandbox, campaign: Campaign, url: str) -> list[str]:
    await sandbox.reads_log(campaign.tocsin.log, "tocsin")
    storage = await open_storage(url, clock=lambda: datetime.now(UTC), new_id=lambda prefix: prefix)
    try:
        rows = await every_incident(storage.reads, await _organization(storage))
    finally:
        await storage.close()
    delivered, _, buried = await outbox_of(url)
    tries = sum(sum(story.refused.values()) for story in campaign.stories)
    say(
        f"{campaign.kills} kills, {len(rows)} incidents, {len(delivered)} messages delivered, "
        f"{tries} tries repeated by people, {buried} effects buried"
    )
    return [
        *complaints_about_incidents(campaign.stories, rows),
        *complaints_about_ends(campaign.stories, rows),
        *await complaints_about_slack(sandbox, rows, delivered),
        *([f"{buried} effects were buried"] if buried else []),
    ]


async def _organization(storage: Storage) -> OrganizationId:
    found = await storage.directory.organization("default")
    assert found is not None
    return found.id
