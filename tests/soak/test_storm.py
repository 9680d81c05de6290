"""SIGKILL at random moments during a storm: what was accepted is there once, and sending it all
again changes nothing.

`make soak` kills 100 times on each database; `make test` five times. A seed is printed with each
run; TOCSIN_SOAK_SEED repeats it.
"""

import os
import random
from pathlib import Path

import pytest

from tests.processes import Tocsin, ask, free_port
from tests.soak.campaign import say
from tests.soak.storm import Plan, Storm, complaints, settled, state_of

FEW = Plan(kills=5, longest_life=0.8)
MANY = Plan(kills=100, longest_life=2.0)


@pytest.mark.timeout(300)
async def test_five_kills_in_a_storm_lose_and_double_no_alert(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'data' / 'tocsin.db'}"

    assert await _suffer(tmp_path, url, FEW) == []


@pytest.mark.soak
@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
async def test_a_hundred_kills_in_a_storm_lose_and_double_no_alert(
    database: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'data' / 'tocsin.db'}"
    if database == "postgresql":
        url = request.getfixturevalue("postgres_url")

    assert await _suffer(tmp_path, url, MANY) == []


async def _suffer(folder: Path, url: str, plan: Plan) -> list[str]:
    """The whole campaign on one database; what is wrong in the end."""
    seed = int(os.environ.get("TOCSIN_SOAK_SEED") or random.randrange(10**6))
    say(f"\n{plan.kills} kills in a storm on {url.partition(':')[0]}, seed {seed}")
    settings = {
        "TOCSIN_PORT": str(free_port()),
        "TOCSIN_DATA_DIR": str(folder / "data"),
        "TOCSIN_DATABASE_URL": url,
        "TOCSIN_SECRET_KEY": "not-a-secret-in-a-test",
        "TOCSIN_LOG_LEVEL": "warning",
    }
    await ask(settings, folder, "migrate")
    source = await ask(settings, folder, "integrations", "create", "alertmanager")
    tocsin = Tocsin(settings, folder)
    await tocsin.start()
    try:
        storm = Storm(tocsin, source["token"], seed, plan)
        await storm.rage()
        await settled(url)
        found, before = await complaints(url, storm), await state_of(url)
        await storm.again()
        await settled(url)
        after = await state_of(url)
    finally:
        await tocsin.stop()
    say(f"{len(storm.answered)} accepted of {storm.tries} tries, {len(storm.alerts)} alerts")
    changed = [name for name in before if before[name] != after[name]]
    return [*found, *(f"sending all again changed the {name}" for name in changed)]
