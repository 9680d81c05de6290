"""The running bot: everything starts, and all of it stops within the grace."""

import asyncio

import pytest
from aiohttp import web

from bot.application import Application, Door
from bot.in_flight import InFlight
from bot.relay import Relay, Surroundings
from bot.scheduler import Scheduler
from core.commands import Command
from core.domain.incident import Incident
from core.errors import NotFound, Unavailable
from tests.fakes.moment import FakeClock
from tests.fakes.outbox import FakeOutbox


class Loop:
    """Runs until it is told to stop, or for ever."""

    def __init__(self, *, stubborn: bool = False) -> None:
        self.stubborn = stubborn
        self.told = asyncio.Event()
        self.ended = ""

    async def run(self) -> None:
        try:
            await (asyncio.Event().wait() if self.stubborn else self.told.wait())
            self.ended = "by itself"
        except asyncio.CancelledError:
            self.ended = "cut off"
            raise

    def wake(self) -> None:
        """It never sleeps."""

    def stop(self) -> None:
        self.told.set()


class SlackDoor:
    def __init__(self) -> None:
        self.said: list[str] = []

    async def start(self) -> None:
        self.said.append("started")

    async def stop(self, grace: float) -> None:
        self.said.append(f"stopped with {grace:g} s")


async def nothing_to_record(_: Command[Incident]) -> Incident:
    raise NotFound("There is no such incident.")


def an_application(triage: Loop, slack: Door | None = None) -> Application:
    clock = FakeClock()
    around = Surroundings(
        clock=clock,
        record=nothing_to_record,
        jitter=lambda: 0.0,
        observe=lambda kind, outcome: None,
    )
    return Application(
        web=web.Application(),
        in_flight=InFlight(),
        relay=Relay(FakeOutbox(clock), {}, around),
        triage=triage,
        scheduler=Scheduler({}, clock()),
        slack=slack,
    )


async def test_all_of_it_starts_and_stops() -> None:
    triage, slack = Loop(), SlackDoor()
    application = an_application(triage, slack)

    await application.start()
    await application.check("relay")()
    await application.check("triage")()
    await application.check_scheduler()
    await application.stop(5)

    assert triage.ended == "by itself"
    assert slack.said == ["started", "stopped with 2 s"]


async def test_what_does_not_end_in_time_is_cut_off() -> None:
    triage = Loop(stubborn=True)
    application = an_application(triage)
    await application.start()
    await asyncio.sleep(0)

    await application.stop(0.01)

    assert triage.ended == "cut off"


async def test_a_loop_that_is_not_running_is_not_ready() -> None:
    application = an_application(Loop())

    with pytest.raises(Unavailable, match="relay is not running"):
        await application.check("relay")()
    with pytest.raises(Unavailable, match="scheduler is not running"):
        await application.check_scheduler()


async def test_stopping_what_never_started_needs_no_door() -> None:
    slack = SlackDoor()

    await an_application(Loop(), slack).stop(1)

    assert slack.said == ["stopped with 0.4 s"]
