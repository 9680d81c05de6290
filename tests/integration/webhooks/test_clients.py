"""Real clients ring: Apprise, the library of CloudEvents, and Alertmanager's own amtool."""

import asyncio
import subprocess
from collections.abc import Awaitable, Callable
from typing import TypeAlias

import pytest
import requests
from apprise import Apprise, NotifyType
from cloudevents.v1.conversion import to_binary, to_structured
from cloudevents.v1.http import CloudEvent

from bot.webhooks.sources import SOURCES
from bot.webhooks.triage import TriageWorker
from core.bus import CommandBus
from core.domain.alert import Episode
from core.domain.ids import OrganizationId
from tests.fakes.store import FakeStore
from tests.integration.api.doors import Client, integration
from tests.programs import required

Heard: TypeAlias = Callable[[], Awaitable[list[Episode]]]
"""Has what came in triaged, and answers the alerts there are."""

Opened: TypeAlias = Callable[[str], Awaitable[str]]
"""Makes a source and answers its URL, with the token in it."""


@pytest.fixture
def opened(client: Client, bus: CommandBus, organization_id: OrganizationId) -> Opened:
    async def at(source: str) -> str:
        _, token = await integration(bus, organization_id, source=source)
        return str(client.make_url(f"/webhooks/{source}/{token}"))

    return at


@pytest.fixture
def heard(bus: CommandBus, store: FakeStore, organization_id: OrganizationId) -> Heard:
    async def alerts() -> list[Episode]:
        while await TriageWorker(store.inbox, bus, SOURCES).turn():
            pass
        return list(store.rows.of(organization_id).episodes.values())

    return alerts


@pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")
async def test_apprise_fires_and_ends(opened: Opened, heard: Heard) -> None:
    url = (await opened("apprise")).replace("http://", "json://")
    client = Apprise()
    assert client.add(f"{url}?:key=backup")

    fired = await asyncio.to_thread(
        client.notify, "No space left.", "Backup failed", NotifyType.FAILURE
    )
    [firing] = await heard()
    ended = await asyncio.to_thread(client.notify, "Done.", "Backup is fine", NotifyType.SUCCESS)
    [over] = await heard()

    assert fired
    assert ended
    assert (firing.fingerprint, firing.name, firing.firing) == ("backup", "Backup failed", True)
    assert not over.firing


async def test_cloud_events_fire_and_end_in_either_mode(opened: Opened, heard: Heard) -> None:
    url = await opened("cloudevents")
    told = {"title": "The disk of db-1 is füll", "severity": "critical"}
    context = {"source": "/probes/eu1", "subject": "db-1"}
    fired = CloudEvent({**context, "type": "com.example.disk.firing"}, told)
    ended = CloudEvent({**context, "type": "com.example.disk.resolved"}, told)

    first = await asyncio.to_thread(_sent, url, *to_structured(fired))
    [firing] = await heard()
    second = await asyncio.to_thread(_sent, url, *to_binary(ended))
    [over] = await heard()

    assert (first, second) == (202, 202)
    assert (firing.name, firing.firing) == ("The disk of db-1 is füll", True)
    assert not over.firing


async def test_amtool_adds_an_alert_as_prometheus_would(opened: Opened, heard: Heard) -> None:
    amtool = required("amtool", "prometheus-alertmanager")
    url = await opened("prometheus")
    alert = ["alertname=DiskFull", "severity=critical", "--annotation=summary=db-1 is full"]

    await asyncio.to_thread(
        subprocess.run,
        [amtool, f"--alertmanager.url={url}", "alert", "add", *alert],
        check=True,
        timeout=60,
        capture_output=True,
    )

    [episode] = await heard()
    assert (episode.name, episode.summary) == ("DiskFull", "db-1 is full")
    assert episode.firing


def _sent(url: str, headers: dict[str, str], body: bytes) -> int:
    return requests.post(url, data=body, headers=headers, timeout=30).status_code
