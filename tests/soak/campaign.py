"""People work through incidents while the process is killed under them again and again."""

import asyncio
import contextlib
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import aiohttp

from sandbox.conversation.control import NothingHappened, SandboxRefused
from sandbox.conversation.room import Room
from sandbox.json_types import Json
from sandbox.server import Sandbox
from tests.processes import Tocsin

AT_ONCE = 3
LONGEST_LIFE = 1.6
"""Seconds between being ready and the next kill, at most."""

PATIENCE = 90.0


def say(words: str) -> None:
    """A line for whoever watches the campaign."""
    print(words, flush=True)  # noqa: T201 - a long campaign must show that it lives


@dataclass(slots=True)
class Story:
    """One incident from its declaration to its resolution, and how often each step was tried."""

    title: str
    by_alert: bool
    accepted: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Campaign:
    """`kills` moments drawn from `seed`; stories go on until the last kill and are then ended."""

    sandbox: Sandbox
    tocsin: Tocsin
    alert_token: str
    seed: int
    kills: int
    stories: list[Story] = field(default_factory=list)
    _chance: random.Random = field(init=False)
    _killing: bool = field(default=True, init=False)

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)

    async def run(self) -> None:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._kill())
            for _ in range(AT_ONCE):
                tasks.create_task(self._tell())

    async def _kill(self) -> None:
        for number in range(1, self.kills + 1):
            await asyncio.sleep(self._chance.uniform(0.0, LONGEST_LIFE))
            await self.tocsin.kill()
            await self.tocsin.start()
            if number % 20 == 0:
                say(f"{number} kills, {len(self.stories)} stories")
        self._killing = False

    async def _tell(self) -> None:
        while self._killing:
            number = len(self.stories) + 1
            story = Story(title=f"Soak story {number} of {self.seed}", by_alert=number % 3 == 0)
            self.stories.append(story)
            await self._live(story)

    async def _live(self, story: Story) -> None:
        alice, bob = self.sandbox.person("alice"), self.sandbox.person("bob")
        if story.by_alert:
            await self._insist(story, "declare", lambda: self._ring(story, "firing"))
        else:
            words = f"/incident declare {story.title} sev2"
            await self._insist(story, "declare", lambda: alice.types("#general", words))
        channel = await self._channel_of(story)
        await self._insist(story, "ack", lambda: bob.types(channel, "/incident ack"))
        await self._insist(story, "update", lambda: bob.types(channel, "/incident update Rolling."))
        if story.by_alert:
            await self._insist(story, "resolve", lambda: self._ring(story, "resolved"))
        else:
            fixed = "/incident resolve Rolled back."
            await self._insist(story, "resolve", lambda: alice.types(channel, fixed))

    async def _insist(
        self, story: Story, step: str, act: Callable[[], Awaitable[Json | None]]
    ) -> None:
        """As people do: when Slack says that it did not work, wait a little and try again."""
        async with asyncio.timeout(PATIENCE):
            while True:
                with contextlib.suppress(SandboxRefused, aiohttp.ClientError, TimeoutError):
                    answer = await act()
                    if answer is None or answer["ok"]:
                        story.accepted[step] += 1
                        return
                story.refused[step] += 1
                await asyncio.sleep(0.2)

    async def _ring(self, story: Story, status: str) -> None:
        ended = "2026-11-20T23:30:00Z" if status == "resolved" else "0001-01-01T00:00:00Z"
        alert = {
            "status": status,
            "labels": {"alertname": story.title, "severity": "critical"},
            "annotations": {"summary": story.title},
            "startsAt": "2026-11-20T23:28:33.432Z",
            "endsAt": ended,
            "fingerprint": f"{hash(story.title) & 0xFFFF_FFFF_FFFF_FFFF:016x}",
        }
        body = {
            "version": "4",
            "status": status,
            "receiver": "tocsin",
            "groupKey": story.title,
            "groupLabels": {"alertname": story.title},
            "alerts": [alert],
        }
        token = {"Authorization": f"Bearer {self.alert_token}"}
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5)) as session,
            session.post(
                f"{self.tocsin.url}/webhooks/alertmanager", json=body, headers=token
            ) as answer,
        ):
            answer.raise_for_status()

    async def _channel_of(self, story: Story) -> Room:
        """The incident's channel, found by the card that names the story."""
        async with asyncio.timeout(PATIENCE):
            while True:
                for room in reversed(await self.sandbox.channels()):
                    if await _speaks_of(room, story.title):
                        return room
                await asyncio.sleep(0.1)


async def _speaks_of(room: Room, title: str) -> bool:
    if not room.name.startswith("inc-"):
        return False
    with contextlib.suppress(NothingHappened):
        return any(card.is_pinned and title in card.words for card in await room.messages())
    return False
