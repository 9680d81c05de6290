"""A whole play on loopback: sandbox, Slack door, relay and a real database."""

import asyncio
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeAlias

from aiohttp import web
from ulid import ULID

from bot.alert_clock import AlertClock, Hands
from bot.likenesses import LikenessFinder
from bot.maintenance_clock import Clockwork, MaintenanceClock
from bot.relay import NOWHERE, Relay
from bot.relay import Surroundings as RelaySurroundings
from bot.slack.app import EVENTS_PATH, SlackDoor, Surroundings
from bot.slack.config import SlackConfig
from bot.slack.oauth import Vault
from bot.web.edge import add_edge
from core.bus import CommandBus
from core.commands import AddUser, ChangeUser, Command, DeleteUser
from core.domain.account import Role, User, UserState
from core.domain.ids import OrganizationId
from core.effects import Effect
from core.ports import Delivery, Search
from sandbox.conversation.card import Card
from sandbox.conversation.control import wait_for
from sandbox.conversation.person import Person
from sandbox.conversation.room import Room
from sandbox.server import Sandbox
from storage.opening import Storage, open_storage
from tests.databases import migrated_sqlite
from tests.fakes.people import the_operator
from tests.integration.slack.leaping import LeapingTime
from tests.processes import AMPLE

Sleep: TypeAlias = Callable[[float], Awaitable[None]]

LONGEST_SKIP = timedelta(seconds=10)
"""Longer waits are leases of parcels that are being carried."""

MANIFEST = Path(__file__).parents[3] / "manifest.yml"


def now() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True)
class HastyClock:
    """The real time, plus the waits that nobody wants to sit through."""

    ahead: timedelta = timedelta()

    def __call__(self) -> datetime:
        return now() + self.ahead


def new_id(prefix: str) -> str:
    return f"{prefix}_{str(ULID()).lower()}"


@dataclass(slots=True, kw_only=True)
class Stage:
    """What happens on it is seen through `sandbox`; `store`, `bus` and `door` are behind it.

    `clock` is the time for all but the door, whose time Slack's signatures are held against;
    `leap` lets time pass between what the door sends.
    """

    sandbox: Sandbox
    store: Storage
    bus: CommandBus
    organization_id: OrganizationId
    door: SlackDoor
    relay: Relay
    clock: HastyClock
    windows: MaintenanceClock
    timers: AlertClock
    leap: Callable[[float], None]
    outcomes: list[tuple[str, str]] = field(default_factory=list)

    @property
    def alice(self) -> Person:
        return self.sandbox.person("alice")

    @property
    def bob(self) -> Person:
        return self.sandbox.person("bob")

    async def room(self, name: str) -> Room:
        return await self.sandbox.channel_named(name)

    async def declares(self, text: str) -> Room:
        """Alice declares it in #general; the channel, once its card is there."""
        general = await self.room("general")
        await self.alice.types(general, f"/incident declare {text}")
        room = await self.sandbox.channel_named("inc-")
        await self.settled()
        return await room.fresh()

    async def card(self, room: Room) -> Card:
        """The pinned status card."""
        return next(card for card in await room.messages() if card.is_pinned)

    async def announcement(self, words: str = "INC-1") -> Card:
        return await (await self.room("incidents")).message(words)

    async def settled(self) -> None:
        """Every effect has been delivered or buried; waits for another attempt are skipped."""
        while await self.store.outbox.waiting():
            due = await self.store.outbox.next_due()
            wait = (due - self.clock()) if due else timedelta()
            if timedelta() < wait < LONGEST_SKIP:
                self.clock.ahead += wait
                self.leap(wait.total_seconds())
                self.relay.wake()
            await asyncio.sleep(0.01)

    async def passes(self, wait: timedelta) -> None:
        """So much time passes; whatever comes due by then is done, at its end, and delivered."""
        self.clock.ahead += wait
        await self.windows.catch_up()
        await self.windows.raise_alerts()
        await self.timers.ring_timers()
        await self.settled()

    async def is_viewer(self, name: str) -> None:
        """Somebody made that person a user who may only look."""
        await self.bus.execute(
            AddUser(
                caller=the_operator(self.organization_id),
                email=f"{name}@example.com",
                name=name.capitalize(),
                role=Role.VIEWER,
            )
        )

    async def puts_out(self, name: str, state: UserState) -> None:
        """Somebody decided that this user is to do nothing any more."""
        operator, email = the_operator(self.organization_id), f"{name}@example.com"
        user = await self.store.directory.user_with_email(self.organization_id, email)
        assert user
        wish: Command[User] = ChangeUser(caller=operator, user_id=user.id, state=state)
        if state is UserState.DELETED:
            wish = DeleteUser(caller=operator, user_id=user.id)
        await self.bus.execute(wish)

    async def connected(self) -> None:
        async def look() -> bool | None:
            return True if await self.door.ready() else None

        await wait_for(look, "A connection to Slack")


def free_port() -> int:
    """The door's own address is part of its settings, so it is needed before it listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def staged(
    folder: Path,
    *,
    sandbox: Sandbox | None = None,
    socket_mode: bool = False,
    vault: Vault | None = None,
    monotonic: Callable[[], float] | None = None,
    likenesses: bool = False,
    search: Search | None = None,
    sleep: Sleep | None = None,
    prompt: float = AMPLE / 2,
) -> AsyncIterator[Stage]:
    """`monotonic` is the time by which the door paces what it sends, `sleep` how it waits a little;
    without, its time leaps over its waits. With `likenesses` what looks like a new incident is
    looked for, by words; without, nobody looks, and channels of incidents that resemble each other
    have no message about it. The door asks `search` instead of the database, if there is one. What
    takes more than `prompt` seconds is answered late."""
    async with (
        sandbox or Sandbox(MANIFEST) as world,
        behind(
            folder, world, socket_mode, vault, monotonic, likenesses, search, sleep, prompt
        ) as stage,
    ):
        yield stage


@asynccontextmanager
async def behind(
    folder: Path,
    world: Sandbox,
    socket_mode: bool = False,
    vault: Vault | None = None,
    monotonic: Callable[[], float] | None = None,
    likenesses: bool = False,
    search: Search | None = None,
    sleep: Sleep | None = None,
    prompt: float = AMPLE / 2,
) -> AsyncIterator[Stage]:
    """Everything but the sandbox, which runs already."""
    url = migrated_sqlite(folder)
    await world.settings(answer_seconds=AMPLE)
    leaping = LeapingTime(slack=world.clock)
    relays: list[Relay] = []

    def wake() -> None:
        for one in relays:
            one.wake()

    store = await open_storage(url, clock=now, new_id=new_id, on_effects=wake)
    organization = await store.directory.ensure_organization("default", "Default")
    clock = HastyClock()
    bus = CommandBus(store.transactions, clock)
    port = free_port()
    door = SlackDoor(
        SlackConfig(
            organization_id=organization.id,
            bot_token="" if vault else world.bot_token,
            client_id=world.world.credentials.client_id if vault else "",
            client_secret=world.world.credentials.client_secret if vault else "",
            base_url=f"http://127.0.0.1:{port}",
            signing_secret=world.signing_secret,
            app_token=world.app_token if socket_mode else "",
            api_url=world.api_url,
        ),
        Surroundings(
            bus=bus,
            reads=store.reads,
            search=search or store.search,
            directory=store.directory,
            postings=store.postings,
            outbox=store.outbox,
            clock=now,
            vault=vault,
            monotonic=monotonic or leaping,
            sleep=sleep or (asyncio.sleep if monotonic else leaping.sleep),
            prompt=prompt,
        ),
    )
    outcomes: list[tuple[str, str]] = []
    relay = Relay(
        store.outbox,
        {**NOWHERE, **door.deliveries, **(_finder(bus, store, clock) if likenesses else {})},
        RelaySurroundings(
            clock=clock,
            record=bus.execute,
            jitter=lambda: 0.0,
            observe=lambda kind, outcome: outcomes.append((kind, outcome)),
        ),
    )
    relays.append(relay)
    runner = await _listening(door, port)
    if not socket_mode:
        world.app_url = f"http://127.0.0.1:{port}"
    await door.start()
    carrying = asyncio.create_task(relay.run())
    try:
        yield Stage(
            sandbox=world,
            store=store,
            bus=bus,
            organization_id=organization.id,
            door=door,
            relay=relay,
            clock=clock,
            windows=_windows(bus, store, clock),
            timers=_timers(bus, store, clock),
            leap=(lambda _: None) if monotonic else leaping.leap,
            outcomes=outcomes,
        )
    finally:
        await relay.stop(2)
        await carrying
        await door.stop(2)
        await runner.cleanup()
        await store.close()


def _finder(bus: CommandBus, store: Storage, clock: HastyClock) -> Mapping[type[Effect], Delivery]:
    finder = LikenessFinder(bus=bus, reads=store.reads, search=store.search, clock=clock)
    return finder.deliveries


def _windows(bus: CommandBus, store: Storage, clock: HastyClock) -> MaintenanceClock:
    """It is looked at when a test lets time pass, and rings for nobody."""
    works = Clockwork(clock=clock, monotonic=time.monotonic, ring_at=lambda at, call: None)
    return MaintenanceClock(bus.execute, store.chores, works)


def _timers(bus: CommandBus, store: Storage, clock: HastyClock) -> AlertClock:
    hands = Hands(
        clock=clock,
        monotonic=time.monotonic,
        execute=bus.execute,
        waiting=store.inbox.waiting,
    )
    return AlertClock(store.chores, hands)


async def _listening(door: SlackDoor, port: int) -> web.AppRunner:
    app = web.Application()
    add_edge(app, clock=now, meter=lambda *_: None)
    app.router.add_post(EVENTS_PATH, door.handler)
    app.add_routes(door.oauth_routes())
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    return runner
