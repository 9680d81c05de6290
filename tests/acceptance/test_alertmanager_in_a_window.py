"""Prometheus' own Alertmanager rings while maintenance runs: quiet until the end, then raised."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from sandbox.conversation.room import Room
from sandbox.server import Sandbox
from tests.acceptance.alertmanager import PAGERDUTY, alertmanager, soon
from tests.acceptance.planner import Planner, planner
from tests.processes import Tocsin, ask

THREE = ("a", "b", "c")

pytestmark = pytest.mark.timeout(300)  # they live through a window in real time


@pytest.fixture
async def paul(tocsin: Tocsin, tmp_path: Path) -> Planner:
    return await planner(tocsin, tmp_path)


async def _ring(tocsin: Tocsin, folder: Path, source: str) -> dict[str, Any]:
    return await ask(
        tocsin.settings, folder, "integrations", "create", source, "--service", "checkout"
    )


async def _rooms(sandbox: Sandbox) -> list[Room]:
    return [room for room in await sandbox.channels() if room.name.startswith("inc-")]


def _suppressed(count: int, firing: int) -> Callable[[list[Any]], bool]:
    def fits(alerts: list[Any]) -> bool:
        on = [alert for alert in alerts if alert["status"] == "firing"]
        quiet = [alert for alert in alerts if alert["suppressed"]]
        return (len(quiet), len(on)) == (count, firing)

    return fits


async def test_what_fires_through_a_window_is_one_incident_at_its_end(
    sandbox: Sandbox, tocsin: Tocsin, paul: Planner, tmp_path: Path
) -> None:
    """The window starts and completes by itself, in real time."""
    ring = await _ring(tocsin, tmp_path, "alertmanager")
    async with alertmanager(tmp_path, url=ring["url"], token=ring["token"]) as source:
        window = await paul.plan(
            title="Database upgrade",
            scheduled_start_at=soon(timedelta(seconds=2)),
            scheduled_end_at=soon(timedelta(seconds=20)),
            affected_services=[await paul.service()],
        )
        await paul.comes_to(window, "in_progress")
        await source.fires(*THREE)
        during = await paul.alerts(_suppressed(3, 3), "Three suppressed alerts")
        await source.resolves("c")
        await paul.alerts(_suppressed(3, 2), "One of them ended")
        before = await _rooms(sandbox)
        still = await paul.get(f"/api/v1/maintenances/{window['id']}")

        await paul.comes_to(window, "completed")
        channel = await sandbox.channel_named("inc-", patience=30)
        await channel.message("HighLatency", patience=30)
        raised = await paul.alerts(_suppressed(1, 2), "Two raised alerts")
        await source.resolves("a", "b")
        await paul.alerts(_suppressed(1, 0), "No alert that fires")

    assert {alert["maintenance_window"]["id"] for alert in during} == {window["id"]}
    assert (still["state"], before) == ("in_progress", [])
    assert {alert["maintenance_window"]["reference"] for alert in raised} == {"MNT-1"}
    [incident] = await paul.incidents()
    assert (incident["state"], len(await _rooms(sandbox))) == ("resolved", 1)
    shown = await paul.get(f"/api/v1/incidents/{incident['id']}")
    assert [note["reference"] for note in shown["maintenance_windows"]] == ["MNT-1"]


async def test_what_a_window_kept_quiet_is_raised_although_tocsin_was_killed_in_it(
    sandbox: Sandbox, tocsin: Tocsin, paul: Planner, tmp_path: Path
) -> None:
    """By the PagerDuty receiver, and the window ends while nobody runs."""
    ring = await _ring(tocsin, tmp_path, "pagerduty")
    async with alertmanager(
        tmp_path, url=ring["url"], token=ring["token"], receiver=PAGERDUTY
    ) as source:
        end = datetime.now(UTC) + timedelta(seconds=20)
        window = await paul.plan(
            title="Failover drill",
            start_now=True,
            scheduled_end_at=end.isoformat(),
            affected_services=[await paul.service()],
        )
        await source.fires(*THREE)
        [during] = await paul.alerts(_suppressed(1, 1), "One suppressed alert of the group")
        before = await _rooms(sandbox)

        await tocsin.kill()
        await asyncio.sleep((end - datetime.now(UTC)).total_seconds() + 1)
        await tocsin.start()
        channel = await sandbox.channel_named("inc-", patience=60)
        await channel.message("HighLatency", patience=60)

    [raised] = await paul.alerts(_suppressed(0, 1), "The raised alert")
    await paul.comes_to(window, "completed")
    assert (during["maintenance_window"]["id"], before) == (window["id"], [])
    assert raised["maintenance_window"]["id"] == window["id"]
    assert len(await paul.incidents()) == 1


async def test_an_alert_of_other_labels_rings_through_a_window(
    sandbox: Sandbox, tocsin: Tocsin, paul: Planner, tmp_path: Path
) -> None:
    ring = await _ring(tocsin, tmp_path, "alertmanager")
    window = await paul.plan(
        title="Disks of a and b",
        start_now=True,
        scheduled_end_at=soon(timedelta(hours=1)),
        matchers=['alertname="HighLatency", instance=~"[ab]"'],
    )
    async with alertmanager(tmp_path, url=ring["url"], token=ring["token"]) as source:
        await source.fires(*THREE, startsAt=soon(-timedelta(minutes=2)))
        alerts = await paul.alerts(_suppressed(2, 3), "Two suppressed alerts and another")
        channel = await sandbox.channel_named("inc-", patience=30)
        await channel.message("p99 latency high on c", patience=30)

    [loud] = [alert for alert in alerts if not alert["suppressed"]]
    assert loud["title"].startswith("p99 latency high on c")
    assert window["matchers"] == ['alertname="HighLatency"', 'instance=~"[ab]"']
    assert len(await paul.incidents()) == 1
