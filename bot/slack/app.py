"""The Slack door as the composition root sees it: requests in, effects out, start and stop."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

import structlog
from aiohttp import web
from slack_bolt.async_app import AsyncApp

from bot.languages import Languages
from bot.slack import errors
from bot.slack.bolt import bolt_app
from bot.slack.config import SlackConfig
from bot.slack.connections import Connections
from bot.slack.delivery.table import Means, deliveries
from bot.slack.desk import Desk, Ground, desk_on
from bot.slack.door import Door
from bot.slack.installed import InstalledWorkspaces
from bot.slack.listeners.alerts import AlertListeners
from bot.slack.listeners.buttons import ButtonListeners
from bot.slack.listeners.commands import CommandListeners
from bot.slack.listeners.following import FollowingListeners
from bot.slack.listeners.home import HomeListeners
from bot.slack.listeners.incident_forms import IncidentFormListeners
from bot.slack.listeners.likenesses import LikenessListeners
from bot.slack.listeners.links import LinkListeners
from bot.slack.listeners.maintenance import MaintenanceListeners
from bot.slack.listeners.mentions import MentionListeners
from bot.slack.listeners.messages import MessageListeners
from bot.slack.listeners.modals import ModalListeners
from bot.slack.listeners.postmortems import PostmortemListeners
from bot.slack.listeners.removal import RemovalListeners
from bot.slack.listeners.rooms import RoomListeners
from bot.slack.listeners.settings import SettingsListeners
from bot.slack.listeners.shortcuts import ShortcutListeners
from bot.slack.listeners.tasks import TaskListeners
from bot.slack.listeners.timeline import TimelineListeners
from bot.slack.listeners.together import TogetherListeners
from bot.slack.oauth import OAuth, Vault
from bot.slack.people import People
from bot.slack.responder import Responder
from bot.slack.running import PROMPT, Running
from bot.slack.sockets import Socket
from bot.slack.speaking import Tongues
from bot.slack.workspaces import OneWorkspace, Workspaces
from bot.slack.zones import Zones
from core.bus import CommandBus
from core.domain.policy import Policy
from core.effects import Effect
from core.ports import (
    Clock,
    Delivery,
    Directory,
    Outbox,
    Postings,
    ReadModels,
    Search,
    Undeliverable,
    Unreachable,
)

EVENTS_PATH = "/slack/events"
KNOCK_AGAIN = 5.0
"""Seconds between attempts to reach Slack after a start without it."""

SOON = 2.0
"""Seconds that the start of everything else waits for Slack."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What the door is built between."""

    bus: CommandBus
    reads: ReadModels
    search: Search
    directory: Directory
    postings: Postings
    outbox: Outbox
    clock: Clock
    policy: Policy = field(default_factory=Policy)
    vault: Vault | None = None
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    prompt: float = PROMPT


class SlackDoor:
    """Must be made inside the running loop."""

    def __init__(self, config: SlackConfig, around: Surroundings) -> None:
        self._config = config
        self._around = around
        self._connections = Connections(config.api_url, around.monotonic, around.sleep)
        self._workspaces = self._served()
        self._running = Running(around.prompt)
        self._tongues = Tongues(self._workspaces, Languages(around.reads))
        client = self._connections.client(config.bot_token)
        self._app = bolt_app(client, self._workspaces, self._tongues)
        self._register(self._app, desk_on(self._ground()))
        self._door = Door(self._app, config.signing_secret, around.clock)
        self._socket: Socket | None = None
        self._knocking: asyncio.Task[None] | None = None
        self._known = asyncio.Event()
        table = deliveries(
            Means(
                bus=around.bus,
                reads=around.reads,
                postings=around.postings,
                outbox=around.outbox,
                workspaces=self._workspaces,
                announcement_channel=config.announcement_channel,
                clock=around.clock,
                monotonic=around.monotonic,
            )
        )
        told = self._tongues.told
        self.deliveries: Mapping[type[Effect], Delivery] = {
            kind: told(delivery) for kind, delivery in table.items()
        }

    async def handler(self, request: web.Request) -> web.StreamResponse:
        """`POST /slack/events`: commands, presses, forms and events."""
        return await self._door.handle(request)

    def oauth_routes(self) -> list[web.RouteDef]:
        """None with a bot token in the settings: that one workspace is served then."""
        vault = self._around.vault
        if self._config.bot_token or vault is None or not self._config.client_id:
            return []
        around, gateway = self._around, self._connections.gateway
        return OAuth(self._config, vault, gateway, around.clock).routes()

    async def start(self) -> None:
        """Ask Slack who we are; when it does not answer soon, go on asking in the background."""
        self._knocking = asyncio.create_task(self._knock())
        await asyncio.wait({self._knocking}, timeout=SOON)
        if self._config.app_token:
            client = self._connections.client()
            self._socket = Socket(self._app, self._config.app_token, client)
            self._socket.start()

    async def stop(self, grace: float = 8.0) -> None:
        """Take nothing new over the socket, let what runs end, close the connections."""
        if self._knocking:
            self._knocking.cancel()
        await self._running.drain(grace)
        if self._socket:
            await self._socket.stop()
        await self._connections.close()

    async def ready(self) -> bool:
        """Whether Slack knows us and can reach us."""
        connected = self._socket is None or await self._socket.is_connected()
        return connected and self._known.is_set()

    def _served(self) -> Workspaces:
        config, vault, gateway = self._config, self._around.vault, self._connections.gateway
        if config.bot_token or vault is None:
            return OneWorkspace(config.bot_token, config.organization_id, gateway)
        return InstalledWorkspaces(vault.installations, vault.cipher, gateway)

    def _ground(self) -> Ground:
        around = self._around
        return Ground(
            bus=around.bus,
            reads=around.reads,
            postings=around.postings,
            search=around.search,
            clock=around.clock,
            running=self._running,
            responder=Responder(self._connections.session),
            workspaces=self._workspaces,
            people=People(around.bus, around.directory, around.monotonic),
            zones=Zones(around.monotonic),
            policy=around.policy,
            announcement_channel=self._config.announcement_channel,
            base_url=self._config.base_url,
        )

    def _register(self, app: AsyncApp, desk: Desk) -> None:
        errors.register(app)
        commands = {
            self._config.command: desk.subcommands.run,
            self._config.maintenance_command: desk.windows.subcommands.run,
        }
        CommandListeners(desk, commands).register(app)  # first: Bolt asks one after the other
        self._rooms(desk).register(app)
        ButtonListeners(desk).register(app)
        MaintenanceListeners(desk).register(app)
        ModalListeners(desk).register(app)
        IncidentFormListeners(desk).register(app)
        HomeListeners(desk).register(app)
        ShortcutListeners(desk).register(app)
        PostmortemListeners(desk).register(app)
        LinkListeners(desk).register(app)
        MentionListeners(desk, desk.subcommands.run, desk.windows.subcommands.run).register(app)
        LikenessListeners(desk).register(app)
        AlertListeners(desk).register(app)
        SettingsListeners(desk).register(app)
        RemovalListeners(self._workspaces).register(app)
        TimelineListeners(desk).register(app)
        TaskListeners(desk).register(app)
        TogetherListeners(desk).register(app)
        FollowingListeners(desk).register(app)
        MessageListeners(desk).register(app)  # last: it takes whatever is said in a channel

    def _rooms(self, desk: Desk) -> RoomListeners:
        around = self._around
        return RoomListeners(
            bus=around.bus,
            reads=around.reads,
            postings=around.postings,
            identity=desk.identity,
            people=desk.kit.people,
            running=self._running,
        )

    async def _introduce(self) -> None:
        try:
            await self._workspaces.connect()
        except (Unreachable, Undeliverable) as failure:
            log.warning("slack_not_reached", reason=str(failure))
        else:
            self._known.set()

    async def _knock(self) -> None:
        await self._introduce()
        while not self._known.is_set():
            await asyncio.sleep(KNOCK_AGAIN)
            await self._introduce()
