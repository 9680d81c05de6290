"""SIGKILL in the middle of indexing: after a restart the index equals the database.

`make soak` kills 50 times; `make test` five times. A seed is printed with each run;
TOCSIN_SOAK_SEED repeats it.
"""

import os
import random
from pathlib import Path

import pytest

from tests.processes import Tocsin
from tests.soak.campaign import say
from tests.soak.indexing import Campaign, Plan, complaints, fill, settings_for

FEW = Plan(kills=5, at_first=40, longest_life=1.2)
MANY = Plan(kills=50, at_first=150, longest_life=3.0)


@pytest.mark.timeout(600)
async def test_five_kills_leave_the_index_equal_to_the_database(tmp_path: Path) -> None:
    assert await _suffer(tmp_path, FEW) == []


@pytest.mark.soak
async def test_fifty_kills_leave_the_index_equal_to_the_database(tmp_path: Path) -> None:
    assert await _suffer(tmp_path, MANY) == []


async def _suffer(folder: Path, plan: Plan) -> list[str]:
    seed = int(os.environ.get("TOCSIN_SOAK_SEED") or random.randrange(10**6))
    say(f"\n{plan.kills} kills in the middle of indexing, seed {seed}")
    (folder / "data").mkdir(mode=0o700)
    url = f"sqlite+aiosqlite:///{folder / 'data' / 'tocsin.db'}"
    key = await fill(url, plan.at_first)
    settings = settings_for(folder / "data", url)
    tocsin = Tocsin(settings, folder)
    await tocsin.start()
    try:
        campaign = Campaign(tocsin, key, seed, plan)
        await campaign.run()
    finally:
        await tocsin.stop()
    say(f"{campaign.written} writes")
    return await complaints(url, folder / "data")
