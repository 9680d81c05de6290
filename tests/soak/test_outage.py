"""Slack is away during a storm, and back afterwards: within a minute its channels show the truth,
in order, within Slack's limits.

`make soak` storms for ten minutes; `make test` for a good quarter of a minute.
"""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest

from sandbox.server import Sandbox
from tests.processes import Tocsin, ask, free_port, settings_for
from tests.soak.campaign import say
from tests.soak.outage import SCOPES, Outage, Plan
from tests.soak.rows import rows_of
from tests.soak.shown import complaints, truth

MANIFEST = Path(__file__).parents[2] / "manifest.yml"
SHORT, LONG = Plan(seconds=16), Plan(seconds=600, pause=2)
BRIEF = Plan(seconds=5, slow=2)

TRUE_WITHIN = 60.0
"""Seconds from the return of Slack."""

MOST_REFUSED = 3
"""Calls beyond its limits that Slack may have to refuse before all is told."""

SOURCES = ("North", "South")
LIMIT = 5
"""Incidents of a source within a minute; all the rest is one more."""

_STORED = "SELECT count(*) FROM alerts WHERE incident_id IS NOT NULL"


@pytest.mark.timeout(300)
async def test_after_a_storm_without_slack_the_truth_is_shown_within_a_minute(
    tmp_path: Path,
) -> None:
    assert await _suffer(tmp_path, SHORT) == []


@pytest.mark.soak
async def test_after_ten_minutes_of_storm_the_truth_is_shown_within_a_minute(
    tmp_path: Path,
) -> None:
    assert await _suffer(tmp_path, LONG) == []


@pytest.mark.timeout(300)
async def test_the_door_takes_a_storm_while_slack_refuses_every_call(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'data' / 'tocsin.db'}"
    async with Sandbox(MANIFEST) as sandbox, _started(sandbox, tmp_path, url, BRIEF) as outage:
        await sandbox.fault("*", "rate_limited", times=0, retry_after=5)

        await outage.rages()  # every delivery is accepted in time, and dealt with

        rooms = [room for room in await sandbox.channels() if room.name.startswith("inc-")]
        calls = await sandbox.journal("api_call")
        assert rooms == []
        assert "ratelimited" in {call["error"] for call in calls}
        assert await rows_of(url, _STORED) == [(outage.alerts,)]
        await sandbox.clear_faults()
        assert await _true(sandbox, url, TRUE_WITHIN) == []


async def _suffer(folder: Path, plan: Plan) -> list[str]:
    """What is wrong a minute after Slack came back."""
    port, state = free_port(), folder / "workspace.json"
    url = f"sqlite+aiosqlite:///{folder / 'data' / 'tocsin.db'}"
    async with AsyncExitStack() as stack:
        async with Sandbox(MANIFEST, port=port, state_file=state) as before:
            outage = await stack.enter_async_context(_started(before, folder, url, plan))
            await outage.begins()
            first = await _true(before, url, TRUE_WITHIN)
        await outage.rages()
        app = outage.tocsin.url
        async with Sandbox(MANIFEST, port=port, state_file=state, app_url=app) as after:
            await after.settings(rate_limits="documented")
            return [*first, *await _judged(after, outage)]


@asynccontextmanager
async def _started(sandbox: Sandbox, folder: Path, url: str, plan: Plan) -> AsyncIterator[Outage]:
    """With two sources of alerts, and a key for what people do."""
    tocsin = Tocsin(settings_for(sandbox, folder / "data", url), folder)
    sandbox.app_url = tocsin.url
    await ask(tocsin.settings, folder, "migrate")
    scopes = [word for scope in SCOPES for word in ("--scope", scope)]
    made = await ask(tocsin.settings, folder, "keys", "create", "people", *scopes)
    await tocsin.start()
    try:
        outage = Outage(tocsin=tocsin, url=url, key=made["api_key"], plan=plan)
        await outage.adds_sources(*SOURCES, storm_limit=LIMIT)
        yield outage
    finally:
        await tocsin.stop()


async def _true(sandbox: Sandbox, url: str, within: float) -> list[str]:
    """Wait until Slack shows the truth; what it does not show when the time is up."""
    until = time.monotonic() + within
    while True:
        wrong = await complaints(sandbox, url)
        if not wrong or time.monotonic() > until:
            return wrong
        await asyncio.sleep(0.5)


async def _judged(sandbox: Sandbox, outage: Outage) -> list[str]:
    back = time.monotonic()
    wrong = await _true(sandbox, outage.url, TRUE_WITHIN)
    took = time.monotonic() - back
    incidents = await truth(outage.url)
    calls = await sandbox.journal("api_call")
    refused = Counter(call["method"] for call in calls if call["error"] == "ratelimited")
    [(stored,)] = await rows_of(outage.url, _STORED)
    await sandbox.reads_log(outage.tocsin.log, "tocsin")
    say(
        f"\n{stored} alerts, {len(incidents)} incidents, true after {took:.1f} s, "
        f"{len(calls)} calls, refused {dict(refused)}"
    )
    return [
        *wrong,
        *([] if stored == outage.alerts else [f"{stored} alerts of {outage.alerts} are there"]),
        *([] if refused.total() <= MOST_REFUSED else [f"Slack refused {dict(refused)}"]),
    ]
