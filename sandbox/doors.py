"""Everything a running sandbox is made of beside its world, and every door that leads in."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from aiohttp import web

from sandbox.control.acts import Acts
from sandbox.control.attaching import Attaching
from sandbox.control.editing import Editing
from sandbox.control.emoji_acts import EmojiActs
from sandbox.control.events import Broadcaster
from sandbox.control.fault_routes import FaultRoutes
from sandbox.control.guard import guard
from sandbox.control.journal_routes import JournalRoutes
from sandbox.control.logs import LogRoute
from sandbox.control.memberships import Memberships
from sandbox.control.panel import PanelRoute
from sandbox.control.refusing import refusals_in_json
from sandbox.control.routes import Routes
from sandbox.control.tokens import Tokens
from sandbox.control.tour import TourRoute
from sandbox.control.transport import TransportRoutes
from sandbox.control.unread import UnreadRoute
from sandbox.control.upheavals import Upheavals
from sandbox.control.uploading import Uploading
from sandbox.control.waiting import Waiting
from sandbox.control.writing import Writing
from sandbox.deliveries.commands import Commands
from sandbox.deliveries.courier import Courier
from sandbox.deliveries.events import EventFeed
from sandbox.deliveries.interactions import Interactions
from sandbox.deliveries.responding import ResponseDoor
from sandbox.deliveries.verifying import Verifying
from sandbox.keeping import Keeper
from sandbox.referee.secrets import address_review
from sandbox.referee.watching import Referee
from sandbox.scheduling import Schedule
from sandbox.tour import Step
from sandbox.web_api.dispatch import WebApi
from sandbox.web_api.file_doors import FileDoors
from sandbox.world import World

LARGEST_REQUEST = 8 * 1024 * 1024


class Works:
    """What moves in a sandbox: deliveries, streams, schedules, the referee."""

    def __init__(self, world: World, state_file: Path | None) -> None:
        self._world = world
        self.courier = Courier(world)
        self.feed = EventFeed(world, self.courier)
        self.broadcaster = Broadcaster()
        self.schedule = Schedule(world, self.courier)
        self.keeper = Keeper(world.workspace, state_file)
        self.referee = Referee(world)
        self.waiting = Waiting(world, self.courier)

    def listen(self) -> None:
        workspace, journal = self._world.workspace, self._world.journal
        # The feed first: whoever is taken away is told so before its sockets are closed.
        hearers = (
            self.feed.hear,
            self.courier.hear,
            self.broadcaster.hear_change,
            self.keeper.hear,
        )
        for listener in (*hearers, self.schedule.hear, self.waiting.hear_change):
            workspace.listen(listener)
        journal.listen(self.broadcaster.hear_entry)
        journal.listen(self.waiting.hear_entry)
        self.referee.listen()

    async def open(self) -> None:
        await self.courier.open()
        self.listen()
        self.schedule.open()

    async def close(self) -> None:
        self.referee.close()
        self.broadcaster.close()
        await self.courier.close()


def application(
    world: World, works: Works, tour: Sequence[Step], control_secret: str
) -> web.Application:
    """Slack's side for the app, the control API and the page for everybody else."""
    app = web.Application(
        middlewares=[refusals_in_json, guard(control_secret), address_review(world)],
        client_max_size=LARGEST_REQUEST,
    )
    for part in (*_slack(world, works), *_acts(world, works), *_control(world, works, tour)):
        part.register(app)
    return app


def _slack(world: World, works: Works) -> tuple[Any, ...]:
    return (WebApi(world), ResponseDoor(world), works.courier.sockets, FileDoors(world))


def _acts(world: World, works: Works) -> tuple[Any, ...]:
    courier = works.courier
    commands, interactions = Commands(world, courier), Interactions(world, courier)
    return (
        Acts(world, commands, interactions),
        Attaching(world),
        Editing(world),
        EmojiActs(world),
        Memberships(world, works.feed),
        Uploading(world),
        Upheavals(world, Verifying(world, courier)),
        Writing(world),
    )


def _control(world: World, works: Works, tour: Sequence[Step]) -> tuple[Any, ...]:
    return (
        works.broadcaster,
        works.waiting,
        FaultRoutes(world),
        JournalRoutes(world),
        LogRoute(world),
        PanelRoute(world, works.courier),
        Routes(world, works.courier, works.referee),
        Tokens(world),
        TourRoute(tour),
        TransportRoutes(world, works.courier),
        UnreadRoute(world),
    )
