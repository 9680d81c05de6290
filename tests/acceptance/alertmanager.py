"""A real Prometheus Alertmanager as a process, pointed at Tocsin."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp

from tests.processes import free_port
from tests.programs import required

READY_WITHIN = 20.0
SENT = "alertmanager_notifications_total{"
ALONE = ("--cluster.listen-address=",)
ROUTE = """
route:
  receiver: tocsin
  group_by: [alertname, cluster]
  group_wait: 1s
  group_interval: 1s
  repeat_interval: 1h
receivers:
  - name: tocsin
"""
WEBHOOK = """
    webhook_configs:
      - url: {url}
        send_resolved: true
        http_config:
          authorization: {{ type: Bearer, credentials: {token} }}
"""
PAGERDUTY = """
    pagerduty_configs:
      - url: {url}
        send_resolved: true
        routing_key: {token}
        severity: '{{{{ .CommonLabels.severity }}}}'
"""
OPSGENIE = """
    opsgenie_configs:
      - api_url: {url}
        api_key: {token}
        send_resolved: true
        update_alerts: true
        message: '{{{{ .CommonLabels.alertname }}}}: {{{{ .Alerts.Firing | len }}}} firing'
        priority: P2
"""


@dataclass(frozen=True, slots=True)
class Alertmanager:
    url: str

    async def sent(self) -> int:
        """How many notifications it has sent, by its own count."""
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"{self.url}/metrics") as answer,
        ):
            lines = (await answer.text()).splitlines()
        return sum(int(float(line.rsplit(" ", 1)[1])) for line in lines if line.startswith(SENT))

    async def fires(self, *instances: str, **moments: str) -> None:
        """As Prometheus says it; `startsAt` may be given, as Prometheus always does."""
        await self._post(instances, endsAt=soon(timedelta(hours=1)), **moments)

    async def resolves(self, *instances: str, **moments: str) -> None:
        await self._post(instances, endsAt=soon(-timedelta(seconds=1)), **moments)

    async def _post(self, instances: tuple[str, ...], **moments: str) -> None:
        alerts = [_alert(instance) | moments for instance in instances]
        async with (
            aiohttp.ClientSession() as session,
            session.post(f"{self.url}/api/v2/alerts", json=alerts) as answer,
        ):
            assert answer.status == 200, await answer.text()


@contextlib.asynccontextmanager
async def alertmanager(
    folder: Path,
    *,
    url: str,
    token: str,
    receiver: str = WEBHOOK,
    flags: Sequence[str] = ALONE,
) -> AsyncIterator[Alertmanager]:
    """Running until the block is left; it rings `url`, as its `receiver` does."""
    program = required("prometheus-alertmanager", "prometheus-alertmanager")
    configuration = folder / "alertmanager.yml"
    ring = receiver.format(url=json.dumps(url), token=json.dumps(token))
    configuration.write_text(f"{ROUTE.rstrip()}{ring}")
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        program,
        f"--config.file={configuration}",
        f"--storage.path={folder / 'alertmanager'}",
        f"--web.listen-address=127.0.0.1:{port}",
        *flags,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        address = f"http://127.0.0.1:{port}"
        await _ready(address)
        yield Alertmanager(address)
    finally:
        process.terminate()
        await process.wait()


async def _ready(address: str) -> None:
    async with asyncio.timeout(READY_WITHIN), aiohttp.ClientSession() as session:
        while True:
            with contextlib.suppress(aiohttp.ClientError):
                async with session.get(f"{address}/-/ready") as answer:
                    if answer.status == 200:
                        return
            await asyncio.sleep(0.05)


def _alert(instance: str) -> dict[str, object]:
    return {
        "labels": {
            "alertname": "HighLatency",
            "cluster": "eu1",
            "instance": instance,
            "severity": "critical",
        },
        "annotations": {"summary": f"p99 latency high on {instance} <!channel>"},
        "generatorURL": "http://prometheus.example/graph",
    }


def soon(distance: timedelta) -> str:
    return (datetime.now(UTC) + distance).isoformat()
