"""A storm of alerts at a bot whose Slack is away: what is sent, and what people do meanwhile."""

import asyncio
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias

import aiohttp

from tests.processes import Tocsin
from tests.soak.rows import rows_of

Body: TypeAlias = dict[str, Any]

SCOPES = ("incidents:read", "incidents:write", "integrations:write")
ANSWERED_WITHIN = aiohttp.ClientTimeout(total=10)
"""Seconds, after which Alertmanager gives up."""

FIRST = "The first group"
"""Its incident is known in Slack already, and gets more alerts all the time."""

_OPEN = "SELECT id FROM incidents WHERE state = 'open' ORDER BY number"
_COUNT = "SELECT count(*) FROM incidents"
_WAITING = "SELECT count(*) FROM inbox WHERE dealt_at IS NULL"
DEALT_WITH_WITHIN = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A wave every `pause` seconds for so many `seconds`; each brings every source so many new
    `groups` of so many alerts. `slow` groups of each source begin before, one by one."""

    seconds: float
    pause: float = 0.5
    slow: int = 4
    groups: int = 3
    each: int = 15


@dataclass(slots=True)
class Outage:
    """`tokens` are those of the sources, `key` that of a program which people use."""

    tocsin: Tocsin
    url: str
    key: str
    plan: Plan
    tokens: list[str] = field(default_factory=list)
    alerts: int = 0
    _session: aiohttp.ClientSession = field(init=False)
    _before: list[tuple[str, Body]] = field(default_factory=list)

    async def adds_sources(self, *names: str, **settings: int) -> None:
        async with aiohttp.ClientSession() as self._session:
            for name in names:
                wish = {"type": "alertmanager", "name": name, "settings": settings}
                made = await self._asks("POST", "integrations", wish)
                self.tokens.append(str(made["token"]))

    async def begins(self) -> None:
        """The one incident that Slack shows before it goes."""
        async with aiohttp.ClientSession() as self._session:
            await self._rings(self.tokens[0], _group(FIRST, 2))
            await self._more_than(0)

    async def rages(self) -> None:
        async with aiohttp.ClientSession() as self._session:
            await self._trickles()
            until, wave = time.monotonic() + self.plan.seconds, 0
            while time.monotonic() < until:
                await asyncio.gather(self._wave(wave), asyncio.sleep(self.plan.pause))
                wave += 1
            # What comes last must not be told of first.
            await self._declares("Somebody saw it just before Slack came back")
            await self._all_dealt_with()

    async def _trickles(self) -> None:
        """Incidents of their own, before the flood."""
        for number in range(self.plan.slow):
            for source, token in enumerate(self.tokens):
                [(there,)] = await rows_of(self.url, _COUNT)
                await self._rings(token, _group(f"Slow group {number} of {source}", 3))
                await self._more_than(there)

    async def _wave(self, number: int) -> None:
        bodies = [
            (token, _group(f"Wave {number}, group {group} of {source}", self.plan.each))
            for source, token in enumerate(self.tokens)
            for group in range(self.plan.groups)
        ]
        ends = [(token, _ended(body, number)) for token, body in self._before]
        self._before = bodies
        more = _group(FIRST, 1, first=number + 2)
        await asyncio.gather(
            self._rings(self.tokens[0], more),
            *(self._rings(token, body) for token, body in (*bodies, *ends)),
        )
        if number % 8 == 0:
            await self._acknowledges()
        if number == 4:
            await self._declares("Somebody saw something")

    async def _rings(self, token: str, body: Body) -> None:
        headers = {"Authorization": f"Bearer {token}"}
        url = f"{self.tocsin.url}/webhooks/alertmanager"
        async with self._session.post(
            url, json=body, headers=headers, timeout=ANSWERED_WITHIN
        ) as answer:
            assert answer.status == 202, await answer.text()
        if body["status"] == "firing":
            self.alerts += len(body["alerts"])

    async def _acknowledges(self) -> None:
        """Somebody takes the oldest incident that nobody has taken yet."""
        for (id,) in (await rows_of(self.url, _OPEN))[:1]:
            await self._asks("PATCH", f"incidents/{id}", {"status": "acknowledged"})

    async def _declares(self, title: str) -> None:
        await self._asks("POST", "incidents", {"title": title, "severity": "high"})

    async def _asks(self, method: str, path: str, wish: Body) -> Body:
        url = f"{self.tocsin.url}/api/v1/{path}"
        headers = {"Authorization": f"Bearer {self.key}"}
        async with self._session.request(method, url, json=wish, headers=headers) as answer:
            assert answer.ok, await answer.text()
            told: Body = await answer.json()
            return told

    async def _more_than(self, number: int) -> None:
        async with asyncio.timeout(DEALT_WITH_WITHIN):
            while (await rows_of(self.url, _COUNT))[0][0] <= number:  # noqa: ASYNC110 - others' rows
                await asyncio.sleep(0.05)

    async def _all_dealt_with(self) -> None:
        async with asyncio.timeout(DEALT_WITH_WITHIN):
            while (await rows_of(self.url, _WAITING))[0][0]:  # noqa: ASYNC110 - others' rows
                await asyncio.sleep(0.05)


def _group(name: str, alerts: int, *, first: int = 0) -> Body:
    """As Alertmanager sends it, all of it firing."""
    return {
        "version": "4",
        "status": "firing",
        "receiver": "tocsin",
        "groupKey": name,
        "groupLabels": {"alertname": name},
        "alerts": [_alert(name, number) for number in range(first, first + alerts)],
    }


def _alert(group: str, number: int) -> Body:
    return {
        "status": "firing",
        "labels": {"alertname": group, "instance": f"web-{number}", "severity": "warning"},
        "annotations": {"summary": f"web-{number} is slow"},
        "startsAt": (datetime.now(UTC) - timedelta(seconds=1)).isoformat(),
        "endsAt": "0001-01-01T00:00:00Z",
        "fingerprint": f"{group}/{number}",
    }


def _ended(body: Body, wave: int) -> Body:
    """One alert of the group, or all of them now and then."""
    ends = body["alerts"] if wave % 5 == 0 else body["alerts"][:1]
    over = {"status": "resolved", "endsAt": datetime.now(UTC).isoformat()}
    return {**body, "status": "resolved", "alerts": [{**alert, **over} for alert in ends]}
