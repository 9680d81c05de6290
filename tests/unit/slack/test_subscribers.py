"""However many incidents are followed at once, only a few of the relay's lanes tell of them."""

import asyncio
import time
from dataclasses import dataclass, field

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.delivery.announced_in import AnnouncedIn
from bot.slack.delivery.errand import Errand, IncidentErrand
from bot.slack.delivery.few import AT_ONCE
from bot.slack.delivery.outages import Outages
from bot.slack.delivery.posting import Poster
from bot.slack.delivery.rooms import Rooms
from bot.slack.delivery.subscribers import Subscribers
from bot.slack.gateway import Gateway
from bot.slack.limits import Limits
from bot.slack.shapes import Room
from bot.slack.workspaces import Workspace
from core.bus import CommandBus
from core.commands import DeclareIncident
from core.commands.subscriptions import Follow
from core.domain.actor import Caller
from core.domain.ids import ChannelId, TeamId
from core.domain.severity import Severity
from core.domain.subscription import Followed
from core.effects import TellSubscribers
from core.ports import Parcel, ParcelId, Unreachable
from tests.fakes.moment import FakeClock
from tests.fakes.store import FakeStore


@dataclass(slots=True)
class Held:
    """Slack, which answers nobody before it is let go, and then that it is away."""

    waiting: int = 0
    letting_go: asyncio.Event = field(default_factory=asyncio.Event)


class HeldRooms(Rooms):
    def __init__(self, held: Held) -> None:
        super().__init__()
        self._held = held

    async def with_id(self, errand: Errand, id: ChannelId) -> Room:
        self._held.waiting += 1
        await self._held.letting_go.wait()
        raise Unreachable("Slack is away.")


@pytest.fixture
def held() -> Held:
    return Held()


@pytest.fixture
def subscribers(store: FakeStore, clock: FakeClock, held: Held) -> Subscribers:
    poster = Poster(store.postings, AnnouncedIn(store.reads, "incidents"))
    outages = Outages(poster, store.postings, store.reads, clock)
    return Subscribers(poster, HeldRooms(held), store.reads, outages)


async def errand(store: FakeStore, caller: Caller, effect: TellSubscribers) -> IncidentErrand:
    gateway = Gateway(AsyncWebClient(), Limits(time.monotonic, asyncio.sleep), "T1")
    workspace = Workspace(
        team_id=TeamId("T1"),
        organization_id=caller.organization_id,
        bot_user_id="U0",
        bot_id="B0",
        token="xoxb-0",
        gateway=gateway,
    )
    parcel = Parcel(id=ParcelId(1), organization_id=caller.organization_id, effect=effect)
    card = await store.reads.card(caller.organization_id, effect.incident_id)
    return IncidentErrand(parcel=parcel, workspace=workspace, card=card)


async def followed(store: FakeStore, bus: CommandBus, caller: Caller, count: int) -> None:
    """So many incidents that a channel reads of."""
    severity = Severity.HIGH
    wish = Follow(caller=caller, followed=Followed.SEVERITY, subject=severity, follower="C1")
    await bus.execute(wish)
    for number in range(count):
        await bus.execute(
            DeclareIncident(caller=caller, title=f"Search {number}", severity=severity)
        )


async def test_only_so_many_entries_are_told_of_side_by_side(
    store: FakeStore, bus: CommandBus, bob: Caller, subscribers: Subscribers, held: Held
) -> None:
    await followed(store, bus, bob, AT_ONCE + 2)
    effects = [one for one in store.effects if isinstance(one, TellSubscribers)]
    tellings = [
        asyncio.create_task(subscribers.tell(one, await errand(store, bob, one))) for one in effects
    ]

    late, told = await asyncio.wait(tellings[AT_ONCE:], timeout=10), tellings[:AT_ONCE]

    assert held.waiting == AT_ONCE
    assert not late[1]
    for one in late[0]:
        failure = one.exception()
        assert isinstance(failure, Unreachable)
        assert failure.retry_after
    held.letting_go.set()
    await asyncio.wait(told)


async def test_when_those_before_are_through_it_is_the_turn_of_the_next(
    store: FakeStore, bus: CommandBus, bob: Caller, subscribers: Subscribers, held: Held
) -> None:
    await followed(store, bus, bob, AT_ONCE + 1)
    effects = [one for one in store.effects if isinstance(one, TellSubscribers)]
    held.letting_go.set()
    for one in effects[:AT_ONCE]:
        with pytest.raises(Unreachable, match="Slack is away"):
            await subscribers.tell(one, await errand(store, bob, one))

    with pytest.raises(Unreachable, match="Slack is away"):
        await subscribers.tell(effects[-1], await errand(store, bob, effects[-1]))

    assert held.waiting == len(effects)
