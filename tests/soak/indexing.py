"""People write while the bot, its worker or both are killed in the middle of indexing."""

import asyncio
import contextlib
import os
import random
import re
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

import aiohttp

from core.commands import DeclareIncident
from core.domain.ids import OrganizationId
from core.ports.search import KINDS
from sandbox.json_types import Json
from storage.opening import Storage, open_storage
from storage.similarity.documents import Text, texts_of
from storage.similarity.opening import Place, Similarity, open_similarity
from tests.integration.api.doors import api_key
from tests.integration.storage.house import House, now, opened
from tests.processes import Tocsin, free_port
from tests.soak.campaign import say

SHORTEST_LIFE = 0.1
VICTIMS = ("worker", "bot", "worker", "both")
"""In turn. The worker is killed after it has begun to index, the bot alone at any moment."""
WAITING = re.compile(rb'^tocsin_waiting\{queue="index"\} ([0-9.]+)$', re.MULTILINE)
SETTLED_WITHIN, STORED_WITHIN = 120, 60
"""Between two kills something is stored, or they would interrupt nothing."""
SAMPLE = 12
"""Texts that are asked for in the end."""
TOO_MANY, BUSY = 429, 503
"""What a program may be told by a bot that is well, and has just begun."""
WORDS = "checkout payment mail login search slow down refuses late full broken".split()  # noqa: SIM905


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """`at_first` incidents wait for their vectors when the first kill comes; at most
    `longest_life` seconds pass from being ready to the next one."""

    kills: int
    at_first: int
    longest_life: float


def settings_for(folder: Path, database_url: str) -> dict[str, str]:
    return {
        "TOCSIN_PORT": str(free_port()),
        "TOCSIN_DATA_DIR": str(folder),
        "TOCSIN_DATABASE_URL": database_url,
        "TOCSIN_SECRET_KEY": "not-a-secret-in-a-test",
        "TOCSIN_LOG_LEVEL": "warning",
        "TOCSIN_SEARCH": "meaning",
    }


async def fill(url: str, count: int) -> str:
    """There is something to index from the first moment on. Returns a key."""
    async with opened(url, process="soak", slug="default") as house:
        await asyncio.gather(*(_declare(house, number) for number in range(count)))
        organization_id = house.caller.organization_id
        return await api_key(
            house.bus, organization_id, scopes=["incidents:write", "articles:write"]
        )


async def _declare(house: House, number: int) -> None:
    title = f"{WORDS[number % len(WORDS)]} of shop {number}"
    await house.bus.execute(DeclareIncident(caller=house.caller, title=title, severity="low"))


@dataclass(slots=True)
class Campaign:
    """`written` counts what the bot said it had stored."""

    tocsin: Tocsin
    api_key: str
    seed: int
    plan: Plan
    written: int = 0
    _incidents: list[str] = field(default_factory=list)
    _articles: list[str] = field(default_factory=list)
    _stored: asyncio.Event = field(default_factory=asyncio.Event, init=False)
    _chance: random.Random = field(init=False)
    _killing: bool = field(default=True, init=False)

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)

    async def run(self) -> None:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._kill())
            tasks.create_task(self._write())
        await self._settled()

    async def _kill(self) -> None:
        victims = cycle(VICTIMS)
        for number in range(1, self.plan.kills + 1):
            whom = next(victims)
            self._stored.clear()
            if whom != "bot":
                await self._until(lambda search, _: search == "ok")
            await asyncio.sleep(self._chance.uniform(SHORTEST_LIFE, self.plan.longest_life))
            await asyncio.wait_for(self._stored.wait(), STORED_WITHIN)
            await self._strike(whom)
            if number % 10 == 0:
                say(f"{number} kills, {self.written} writes")
        self._killing = False

    async def _strike(self, whom: str) -> None:
        workers = self.tocsin.workers
        assert workers or whom == "bot", "There was no worker to be killed."
        if whom != "worker":
            await self.tocsin.kill()
        for worker in workers if whom != "bot" else []:
            with contextlib.suppress(ProcessLookupError):
                os.kill(worker, signal.SIGKILL)
        if whom != "worker":
            await self.tocsin.start()
        else:
            await self._until(lambda search, _: search != "ok")

    async def _write(self) -> None:
        headers = {"Authorization": f"Bearer {self.api_key}"}
        timeout = aiohttp.ClientTimeout(total=5)
        async with aiohttp.ClientSession(headers=headers, timeout=timeout) as session:
            while self._killing:
                try:
                    await self._write_one(session)
                    self.written += 1
                    self._stored.set()
                except (aiohttp.ClientError, TimeoutError) as failure:
                    # Nobody answers while it is dead; whoever does answer may not refuse.
                    if getattr(failure, "status", BUSY) not in (TOO_MANY, BUSY):
                        raise
                await asyncio.sleep(0.05)

    async def _write_one(self, session: aiohttp.ClientSession) -> None:
        """Incidents are declared and edited, articles written and deleted."""
        text = " ".join(self._chance.choices(WORDS, k=5))
        api = f"{self.tocsin.url}/api/v1"
        incidents, articles = f"{api}/incidents", f"{api}/articles"
        match self._chance.randrange(4):
            case 0 if self._incidents:
                id = self._chance.choice(self._incidents)
                await _ask(session, "PATCH", f"{incidents}/{id}", {"title": text})
            case 1 if self._articles:
                id = self._articles.pop()
                await _ask(session, "DELETE", f"{articles}/{id}")
            case 2:
                body = {"title": text, "body": text}
                self._articles.append((await _ask(session, "POST", articles, body))["id"])
            case _:
                body = {"title": text, "severity": "low"}
                self._incidents.append((await _ask(session, "POST", incidents, body))["id"])

    async def _settled(self) -> None:
        """Until nothing waits any more, and index and database were compared."""
        await self._until(lambda search, waiting: search == "ok" and waiting == 0)

    async def _until(self, well: Callable[[str, float | None], bool]) -> None:
        """Asked of how search is, and of how many documents wait for their vectors."""
        async with asyncio.timeout(SETTLED_WITHIN), aiohttp.ClientSession() as session:
            while True:
                async with session.get(f"{self.tocsin.url}/metrics") as answer:
                    waiting = WAITING.search(await answer.read())
                async with session.get(f"{self.tocsin.url}/health/ready") as answer:
                    search = (await answer.json())["checks"]["search"]
                if well(search, float(waiting[1]) if waiting else None):
                    return
                await asyncio.sleep(0.1)


async def _ask(
    session: aiohttp.ClientSession, method: str, url: str, body: Json | None = None
) -> Json:
    async with session.request(method, url, json=body) as answer:
        answer.raise_for_status()
        found: Json = await answer.json() if method == "POST" else {}
        return found


async def complaints(url: str, folder: Path) -> list[str]:
    """What index and database say differently once the bot has stopped."""
    storage = await open_storage(url, clock=now, new_id=lambda prefix: prefix)
    try:
        async with open_similarity(storage, Place(folder=folder / "index"), clock=now) as opened:
            await opened.worker.ready()
            organization = await storage.directory.organization("default")
            assert organization is not None
            return await _complaints(storage, opened, organization.id)
    finally:
        await storage.close()


async def _complaints(
    storage: Storage, similarity: Similarity, organization_id: OrganizationId
) -> list[str]:
    model, vectors = similarity.embedder.model, similarity.vectors
    held = dict(await similarity.index.digests(organization_id))
    stored = dict(await vectors.digests(organization_id, model, "", 100_000))
    documents = await vectors.older(organization_id, model, now(), ("", 100_000))
    texts = texts_of(documents, model)
    total, stale = await vectors.counts()
    found = [f"{total} documents, {stale} of them stale"] if stale or total != len(texts) else []
    found += [f"The index has something else of {id}" for id in _unlike(held, stored)]
    others = [text.document.id for text in texts if not text.known]
    found += [f"The vector of {id} is of other words" for id in others]
    return found + await _not_found(similarity, organization_id, texts)


def _unlike(one: dict[str, str], other: dict[str, str]) -> list[str]:
    return sorted(id for id in one.keys() | other.keys() if one.get(id) != other.get(id))


async def _not_found(
    similarity: Similarity, organization_id: OrganizationId, texts: Sequence[Text]
) -> list[str]:
    """Who asks for a text finds a document with that text first: it may be there twice."""
    digests = {text.document.id: text.digest for text in texts}
    sample = texts[:: max(1, len(texts) // SAMPLE)]
    missed = [] if sample else ["There is nothing to ask for"]
    for text in sample:
        [vector] = await similarity.embedder.embed([text.text], urgent=True)
        near = await similarity.index.nearest(organization_id, vector, limit=5, kinds=KINDS)
        first = near[0][0] if near else "nothing"
        if digests.get(first) != text.digest:
            missed.append(f"Who asks for {text.document.id} finds {first} first")
    return missed
