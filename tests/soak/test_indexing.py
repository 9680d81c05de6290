"""SIGKILL in the middle of indexing: after a restart the index equals the database.

`make soak` kills 50 times; `make test` five times. A seed is printed with each run;
TOCSIN_SOAK_SEED repeats it.
"""

import os
import random
from pathlib import Path

import pytest

from tests.processes import Tocsin, ask
from tests.soak.campaign import say
from tests.soak.indexing import Campaign, complaints, fill, settings_for

FEW, MANY = 5, 50


@pytest.mark.timeout(600)
async def test_five_kills_leave_the_index_equal_to_the_database(tmp_path: Path) -> None:
    assert await _suffer(tmp_path, FEW) == []


@pytest.mark.soak
async def test_fifty_kills_leave_the_index_equal_to_the_database(tmp_path: Path) -> None:
    assert await _suffer(tmp_path, MANY) == []


async def _suffer(folder: Path, kills: int) -> list[str]:
    seed = int(os.environ.get("TOCSIN_SOAK_SEED") or random.randrange(10**6))
    say(f"\n{kills} kills in the middle of indexing, seed {seed}")
    (folder / "data").mkdir(mode=0o700)
    url = f"sqlite+aiosqlite:///{folder / 'data' / 'tocsin.db'}"
    await fill(url)
    settings = settings_for(folder / "data", url)
    scopes = ("--scope", "incidents:write", "--scope", "articles:write")
    key = await ask(settings, folder, "keys", "create", "soak", *scopes)
    tocsin = Tocsin(settings, folder)
    await tocsin.start()
    try:
        campaign = Campaign(tocsin, key["api_key"], seed, kills)
        await campaign.run()
    finally:
        await tocsin.stop()
    say(f"{campaign.written} writes")
    return await complaints(url, folder / "data")
