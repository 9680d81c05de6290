"""The running bot: everything starts, and all of it stops within the grace."""

import asyncio
from typing import Any

import pytest
from aiohttp import web

from bot.application import Application, Door
from bot.bootstrap.application import wake
from bot.bootstrap.showing import Showing
from bot.in_flight import InFlight
from bot.relay import Relay, Surroundings
from bot.scheduler import Scheduler
from core.commands import Command
from core.domain.ids import EntryId, OrganizationId
from core.errors import NotFound, Unavailable
from tests.fakes.moment import FakeClock
from tests.fakes.office import office_over
from tests.fakes.outbox import FakeOutbox
from tests.fakes.store import FakeStore
from tests.unit.bot.test_showing import STARTED


class Loop:
    """Runs until it is told to stop, or for ever."""

    def __init__(self, *, stubborn: bool = False) -> None:
        self.stubborn = stubborn
        self.told = asyncio.Event()
        self.ended = ""
        self.woken = 0

    async def run(self) -> None:
        try:
            await (asyncio.Event().wait() if self.stubborn else self.told.wait())
            self.ended = "by itself"
        except asyncio.CancelledError:
            self.ended = "cut off"
            raise

    def wake(self) -> None:
        self.woken += 1

    def stop(self) -> None:
        self.told.set()


class Clock(Loop):
    """Has something to catch up with."""

    def __init__(self) -> None:
        super().__init__()
        self.done = asyncio.Event()

    async def caught_up(self) -> None:
        await self.done.wait()

    def stop(self) -> None:
        super().stop()
        self.done.set()


class SlackDoor:
    def __init__(self) -> None:
        self.said: list[str] = []

    async def start(self) -> None:
        self.said.append("started")

    async def stop(self, grace: float) -> None:
        self.said.append(f"stopped with {grace:g} s")


class Outgoing:
    def __init__(self) -> None:
        self.closed = 0

    async def close(self) -> None:
        self.closed += 1


async def nothing_to_record(_: Command[Any]) -> Any:
    raise NotFound("There is no such incident.")


def an_application(
    triage: Loop,
    slack: Door | None = None,
    windows: Clock | None = None,
    outgoing: Outgoing | None = None,
    indexing: Loop | None = None,
    alert_clock: Loop | None = None,
) -> Application:
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
        clock=windows or Clock(),
        alert_clock=alert_clock or Loop(),
        scheduler=Scheduler({}, clock()),
        indexing=indexing,
        slack=slack,
        outgoing=outgoing or Outgoing(),
        office=office_over(FakeStore(clock=clock), OrganizationId("org_1"), clock),
    )


async def test_indexing_runs_with_the_rest_where_search_is_by_meaning() -> None:
    indexing = Loop()
    application = an_application(Loop(), indexing=indexing)

    await application.start()
    await application.check("indexing")()
    await application.stop(5)

    assert indexing.ended == "by itself"


async def test_all_of_it_starts_and_stops() -> None:
    triage, slack, outgoing, alert_clock = Loop(), SlackDoor(), Outgoing(), Loop()
    application = an_application(triage, slack, outgoing=outgoing, alert_clock=alert_clock)

    await application.start()
    await application.check("relay")()
    await application.check("triage")()
    await application.check("maintenance clock")()
    await application.check("alert clock")()
    await application.check_scheduler()
    await application.stop(5)

    assert triage.ended == "by itself"
    assert alert_clock.ended == "by itself"
    assert slack.said == ["started", "stopped with 2 s"]
    assert outgoing.closed == 1


async def test_alerts_wait_for_the_windows_of_a_downtime() -> None:
    triage, windows = Loop(), Clock()
    application = an_application(triage, windows=windows)
    triage.stop()

    await application.start()
    await asyncio.sleep(0)
    began_early = triage.ended
    windows.done.set()
    await asyncio.sleep(0.01)
    ended = triage.ended
    await application.stop(1)

    assert (began_early, ended) == ("", "by itself")


async def test_what_does_not_end_in_time_is_cut_off() -> None:
    triage = Loop(stubborn=True)
    windows = Clock()
    windows.done.set()
    application = an_application(triage, windows=windows)
    await application.start()
    await asyncio.sleep(0.01)

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


def test_only_changed_windows_wake_their_clock() -> None:
    windows, showing = Clock(), Showing()
    application = an_application(Loop(), windows=windows)

    wake(application, showing)
    before = windows.woken
    showing.react(OrganizationId("org_1"), STARTED, EntryId("ent_1"))
    wake(application, showing)
    wake(application, showing)

    assert (before, windows.woken) == (0, 1)
