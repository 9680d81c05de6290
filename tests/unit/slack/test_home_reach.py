"""Where more goes on than the App Home looks at, what matters to its reader is there as well."""

import asyncio
import time
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.gateway import Gateway
from bot.slack.gesture import Gesture, Person
from bot.slack.home_reach import going_on
from bot.slack.limits import Limits
from bot.slack.targets import Targets
from bot.slack.workspaces import Workspace
from core.bus import CommandBus
from core.commands import DeclareIncident, ResolveIncident
from core.domain.actor import Caller
from core.domain.ids import TeamId
from core.domain.particulars import RoleAssignment
from tests.fakes.moment import FakeClock
from tests.fakes.store import FakeStore

MOST = 2


def looking(caller: Caller) -> Person:
    workspace = Workspace(
        team_id=TeamId("T1"),
        organization_id=caller.organization_id,
        bot_user_id="U0",
        bot_id="B0",
        token="xoxb-0",
        gateway=Gateway(AsyncWebClient(), Limits(time.monotonic, asyncio.sleep), "T1"),
    )
    return Person(gesture=Gesture(workspace=workspace, user_id="U1", key="k1"), caller=caller)


async def declared(bus: CommandBus, clock: FakeClock, caller: Caller, **wishes: Any) -> None:
    for title, more in wishes.items():
        clock.advance(minutes=1)
        wish = {"severity": "low", **more}
        await bus.execute(DeclareIncident(caller=caller, title=title, **wish))


async def titles(store: FakeStore, person: Person, most: int = MOST) -> list[str]:
    page = await going_on(Targets(store.reads), store.reads, person, most)
    return [row.title for row in page.rows]


async def test_old_incidents_are_there_that_somebody_leads_or_plays_a_role_in(
    store: FakeStore, bus: CommandBus, clock: FakeClock, alice: Caller, bob: Caller
) -> None:
    reader = bob.actor.user_id
    assert reader
    scribe = RoleAssignment(role_id="role_scribe", user_id=reader)
    led, noted = {"assignee_id": reader}, {"roles": (scribe,)}
    await declared(bus, clock, alice, led=led, noted=noted, theirs={}, newer={}, newest={})

    assert await titles(store, looking(bob)) == ["newest", "newer", "noted", "led"]
    assert await titles(store, looking(alice)) == ["newest", "newer"]


async def test_the_worst_are_there_however_old_and_stand_first(
    store: FakeStore, bus: CommandBus, clock: FakeClock, alice: Caller
) -> None:
    worst = {"severity": "critical"}
    await declared(bus, clock, alice, worst=worst, older={}, newer={}, newest={})

    page = await going_on(Targets(store.reads), store.reads, looking(alice), MOST)

    assert [row.title for row in page.rows] == ["worst", "newest", "newer"]
    assert page.total == 4


async def test_what_is_over_is_not_there_though_it_was_theirs(
    store: FakeStore, bus: CommandBus, clock: FakeClock, bob: Caller
) -> None:
    own = {"assignee_id": bob.actor.user_id}
    await declared(bus, clock, bob, over=own, older={}, newer={}, newest={})
    [first] = [one for one in await _all(store, bob) if one.title == "over"]

    await bus.execute(ResolveIncident(caller=bob, incident_id=first.id))

    assert await titles(store, looking(bob)) == ["newest", "newer"]


async def _all(store: FakeStore, caller: Caller) -> Any:
    page = await going_on(Targets(store.reads), store.reads, looking(caller))
    return page.rows
