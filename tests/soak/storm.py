"""A storm of alerts at a bot that is killed again and again; its senders never give up."""

import asyncio
import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeAlias

import aiohttp
import orjson

from tests.processes import Tocsin
from tests.soak.rows import Row, rows_of

SENDERS = 16
GROUPS = 12
RETRY = 0.2
ANSWERED_WITHIN = 10.0
DONE_WITHIN = 240.0

State: TypeAlias = dict[str, list[Row]]

_ALERTS = "SELECT fingerprint, starts_at, ends_at, incident_id, fate FROM alerts ORDER BY 1, 2"
_INCIDENTS = "SELECT number, title, state, severity, version FROM incidents ORDER BY 1"
_TIMELINE = "SELECT count(*) FROM timeline"
_WAITING = "SELECT count(*) FROM inbox WHERE dealt_at IS NULL"
_REFUSED = "SELECT reason FROM inbox WHERE reason != ''"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """`longest_life`: seconds from being ready to the kill, at most."""

    kills: int
    longest_life: float


@dataclass(slots=True)
class Storm:
    """Deliveries of one to three alerts each, some of them repeated; `answered` are those that
    were accepted, `alerts` what they said."""

    tocsin: Tocsin
    token: str
    seed: int
    plan: Plan
    answered: list[bytes] = field(default_factory=list)
    alerts: set[str] = field(default_factory=set)
    tries: int = 0
    _number: int = 0
    _over: asyncio.Event = field(default_factory=asyncio.Event)

    async def rage(self) -> None:
        """Until the bot was killed as often as planned, and is up again."""
        whims = random.Random(self.seed)
        async with aiohttp.ClientSession() as session, asyncio.TaskGroup() as tasks:
            for sender in range(SENDERS):
                tasks.create_task(self._send(session, random.Random(self.seed * 100 + sender)))
            for _ in range(self.plan.kills):
                await asyncio.sleep(whims.uniform(0.05, self.plan.longest_life))
                await self.tocsin.kill()
                await self.tocsin.start()
            self._over.set()

    async def again(self) -> None:
        """Everything that was accepted is sent once more, as by a second of a pair."""
        waiting = iter(list(self.answered))
        async with aiohttp.ClientSession() as session, asyncio.TaskGroup() as tasks:
            for _ in range(SENDERS):
                tasks.create_task(self._resend(session, waiting))

    async def _resend(self, session: aiohttp.ClientSession, waiting: Iterable[bytes]) -> None:
        for body in waiting:
            await self._until_accepted(session, body)

    async def _send(self, session: aiohttp.ClientSession, whims: random.Random) -> None:
        mine: list[bytes] = []
        while not self._over.is_set():
            repeated = mine and whims.random() < 0.3
            body = whims.choice(mine) if repeated else self._new(whims)
            await self._until_accepted(session, body)
            mine.append(body)
            self.answered.append(body)

    async def _until_accepted(self, session: aiohttp.ClientSession, body: bytes) -> None:
        while True:
            if await self._accepted(session, body):
                return
            await asyncio.sleep(RETRY)

    async def _accepted(self, session: aiohttp.ClientSession, body: bytes) -> bool:
        self.tries += 1
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        timeout = aiohttp.ClientTimeout(total=ANSWERED_WITHIN)
        url = f"{self.tocsin.url}/webhooks/alertmanager"
        try:
            async with session.post(url, data=body, headers=headers, timeout=timeout) as answer:
                assert answer.status in (202, 503), await answer.text()
                return answer.status == 202
        except (aiohttp.ClientError, TimeoutError, ConnectionError):
            return False

    def _new(self, whims: random.Random) -> bytes:
        self._number += 1
        names = [f"alert-{self._number}-{n}" for n in range(whims.randint(1, 3))]
        self.alerts.update(names)
        return notification(names, f"group {whims.randrange(GROUPS)}")


def notification(fingerprints: Iterable[str], group: str) -> bytes:
    """As Alertmanager sends it."""
    return orjson.dumps(
        {
            "version": "4",
            "status": "firing",
            "groupLabels": {"alertname": group},
            "alerts": [_alert(one, group) for one in fingerprints],
        }
    )


def _alert(fingerprint: str, group: str) -> dict[str, Any]:
    return {
        "status": "firing",
        "labels": {"alertname": group, "instance": fingerprint, "severity": "warning"},
        "annotations": {"summary": f"{fingerprint} is slow"},
        "startsAt": datetime(2026, 6, 1, 12, tzinfo=UTC).isoformat(),
        "fingerprint": fingerprint,
    }


async def settled(url: str) -> None:
    """Wait until nothing of the storm waits any more."""
    async with asyncio.timeout(DONE_WITHIN):
        while True:
            [(waiting,)] = await rows_of(url, _WAITING)
            if not waiting:
                return
            await asyncio.sleep(0.2)


async def state_of(url: str) -> State:
    """Everything that alerts have changed."""
    queries = {"alerts": _ALERTS, "incidents": _INCIDENTS, "timeline": _TIMELINE}
    return {name: await rows_of(url, query) for name, query in queries.items()}


async def complaints(url: str, storm: Storm) -> list[str]:
    """What is not as it should be, once everything is dealt with."""
    state = await state_of(url)
    found = [str(row[0]) for row in state["alerts"]]
    missing, times = storm.alerts - set(found), Counter(found)
    homeless = [row[0] for row in state["alerts"] if row[3] is None]
    refused = await rows_of(url, _REFUSED)
    return [
        *(f"{one} was accepted and is lost" for one in sorted(missing)),
        *(f"{one} is there {count} times" for one, count in times.items() if count > 1),
        *(f"{one} belongs to no incident" for one in homeless),
        *(f"a delivery was refused: {row[0]}" for row in refused),
        *([] if len(state["incidents"]) <= GROUPS else ["there are more incidents than groups"]),
    ]
