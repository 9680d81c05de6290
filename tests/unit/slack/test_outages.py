"""Of a channel that cannot be reached those in charge hear once, whoever finds it out."""

import asyncio
from dataclasses import dataclass, field, replace

import pytest

from bot.slack.delivery.announced_in import AnnouncedIn
from bot.slack.delivery.errand import IncidentErrand
from bot.slack.delivery.outages import Outages
from bot.slack.delivery.posting import Poster
from bot.slack.delivery.subscribers import Subscribers
from bot.slack.outages import DIGEST, outages_of
from bot.slack.workspaces import Workspace
from core.bus import CommandBus
from core.commands import ChangeSeverity, DeclareIncident
from core.commands.settings import EditIncidentSettings
from core.domain.account import Role
from core.domain.actor import Caller
from core.domain.ids import OrganizationId, TeamId
from core.domain.severity import Severity
from core.effects import TellSubscribers
from core.ports import Parcel, ParcelId, Posting, Undeliverable, Unreachable
from tests.fakes.moment import FakeClock
from tests.fakes.outbox import FakePostings
from tests.fakes.people import hire, the_operator
from tests.fakes.store import FakeStore
from tests.unit.slack.small import NamedByIds, Slack, SmallGateway

ALICE, ZOE = "alice@example.com", "zoe@example.com"


@pytest.fixture
def slack() -> Slack:
    return Slack()


@dataclass(slots=True, kw_only=True)
class Scene:
    """Alice and Zoe are in charge; the incident is Bob's."""

    store: FakeStore
    bus: CommandBus
    clock: FakeClock
    errand: IncidentErrand

    @property
    def poster(self) -> Poster:
        return Poster(self.store.postings, AnnouncedIn(self.store.reads, "incidents"))

    def replica(self) -> Outages:
        return Outages(self.poster, self.store.postings, self.store.reads, self.clock)

    def carrying(self, number: int) -> IncidentErrand:
        parcel = replace(self.errand.parcel, id=ParcelId(number))
        return replace(self.errand, parcel=parcel)

    async def goes_on(self) -> bool:
        return bool(
            await outages_of(self.store.postings, self.store.reads, self.errand.organization_id)
        )


@pytest.fixture
async def scene(
    store: FakeStore, bus: CommandBus, clock: FakeClock, alice: Caller, bob: Caller, slack: Slack
) -> Scene:
    organization = bob.organization_id
    await hire(bus, organization, "Zoe Zimmer", Role.ADMIN)
    operator = the_operator(organization)
    await bus.execute(EditIncidentSettings(caller=operator, digest_channel="digest"))
    await bus.execute(DeclareIncident(caller=bob, title="Slow", severity=Severity.HIGH))
    [effect] = [one for one in store.effects if isinstance(one, TellSubscribers)]
    workspace = Workspace(
        team_id=TeamId("T1"),
        organization_id=organization,
        bot_user_id="U0",
        bot_id="B0",
        token="xoxb-0",
        gateway=SmallGateway(slack),
    )
    parcel = Parcel(id=ParcelId(1), organization_id=organization, effect=effect)
    card = await store.reads.card(organization, effect.incident_id)
    errand = IncidentErrand(parcel=parcel, workspace=workspace, card=card)
    return Scene(store=store, bus=bus, clock=clock, errand=errand)


async def refused() -> bool:
    raise Undeliverable("It is archived.")


async def posted() -> bool:
    return True


async def stood_already() -> bool:
    return False


async def finds_out(scene: Scene, number: int, outages: Outages) -> None:
    """That parcel cannot tell the digest."""
    with pytest.raises(Undeliverable, match="archived"):
        await outages.minding(scene.carrying(number), DIGEST, "digest", refused)


async def test_whoever_was_told_is_not_told_again_while_another_one_cannot_be_reached(
    scene: Scene, slack: Slack
) -> None:
    outages = scene.replica()
    slack.away = {ZOE}
    with pytest.raises(Unreachable):
        await outages.minding(scene.carrying(1), DIGEST, "digest", refused)

    await finds_out(scene, 2, outages)

    assert slack.told("cannot be told") == [ALICE]
    assert await scene.goes_on()


async def test_who_could_not_be_reached_is_told_when_its_parcel_comes_again(
    scene: Scene, slack: Slack
) -> None:
    outages = scene.replica()
    slack.away = {ZOE}
    with pytest.raises(Unreachable):
        await outages.minding(scene.carrying(1), DIGEST, "digest", refused)
    scene.clock.advance(minutes=5)
    slack.away = set()

    await finds_out(scene, 1, outages)

    assert slack.told("cannot be told") == [ALICE, ZOE]


async def test_while_those_in_charge_are_written_to_nobody_else_waits_or_tells_them(
    scene: Scene, slack: Slack
) -> None:
    outages, other = scene.replica(), scene.replica()
    slack.held = asyncio.Event()
    telling = asyncio.create_task(finds_out(scene, 1, outages))
    await slack.waiting.wait()

    for replica in (outages, other):
        await asyncio.wait_for(finds_out(scene, 2, replica), timeout=10)

    slack.held.set()
    await telling
    assert slack.told("cannot be told") == [ALICE, ZOE]


@dataclass(slots=True)
class FarPostings(FakePostings):
    """What they answer is old when it arrives."""

    asked: asyncio.Event = field(default_factory=asyncio.Event)
    arrives: asyncio.Event = field(default_factory=asyncio.Event)

    async def find(
        self, organization_id: OrganizationId, subject_id: str, role: str
    ) -> Posting | None:
        found = self.rows.get((organization_id, subject_id, role))
        self.asked.set()
        await self.arrives.wait()
        return found


async def test_of_two_replicas_that_find_it_out_at_the_same_moment_one_tells(
    scene: Scene, slack: Slack
) -> None:
    near, far = scene.replica(), FarPostings(rows=scene.store.postings.rows)
    scene.store.postings = far
    other = asyncio.create_task(finds_out(scene, 2, scene.replica()))
    await far.asked.wait()
    scene.clock.advance(seconds=1)

    await finds_out(scene, 1, near)
    far.arrives.set()
    await other

    assert sorted(slack.told("cannot be told")) == [ALICE, ZOE]


async def test_what_stood_there_already_does_not_say_that_it_is_reached(
    scene: Scene, slack: Slack
) -> None:
    outages = scene.replica()
    await finds_out(scene, 1, outages)

    await outages.minding(scene.carrying(2), DIGEST, "digest", stood_already)
    await finds_out(scene, 3, outages)

    assert slack.told("is reached again") == []
    assert len(slack.told("cannot be told")) == 2


async def test_who_was_told_reads_that_it_is_over_and_of_the_next_time_anew(
    scene: Scene, slack: Slack
) -> None:
    outages = scene.replica()
    await finds_out(scene, 1, outages)

    await outages.minding(scene.carrying(2), DIGEST, "digest", posted)

    assert len(slack.told("is reached again")) == 2
    assert not await scene.goes_on()
    scene.clock.advance(minutes=5)
    await finds_out(scene, 1, outages)
    assert len(slack.told("cannot be told")) == 4


async def test_an_end_keeps_those_who_were_not_told_from_being_told_of_it_later(
    scene: Scene, slack: Slack
) -> None:
    outages = scene.replica()
    slack.held = asyncio.Event()
    telling = asyncio.create_task(finds_out(scene, 1, outages))
    await slack.waiting.wait()
    await outages.minding(scene.carrying(2), DIGEST, "digest", posted)
    slack.held.set()

    await telling

    assert slack.told("cannot be told") == [ALICE]


async def subscribers_told(scene: Scene, effect: TellSubscribers, number: int) -> None:
    errand = scene.carrying(number)
    rooms, outages = NamedByIds(), scene.replica()
    await Subscribers(scene.poster, rooms, scene.store.reads, outages).tell(effect, errand)


async def turned_critical(scene: Scene, bob: Caller) -> TellSubscribers:
    wish = ChangeSeverity(
        caller=bob, incident_id=scene.errand.incident_id, severity=Severity.CRITICAL
    )
    await scene.bus.execute(wish)
    return [one for one in scene.store.effects if isinstance(one, TellSubscribers)][-1]


async def test_a_line_that_is_told_once_more_asks_nothing_and_ends_nothing(
    scene: Scene, slack: Slack, bob: Caller
) -> None:
    declared = scene.errand.parcel.effect
    assert isinstance(declared, TellSubscribers)
    await subscribers_told(scene, declared, 1)
    slack.closed = {"digest"}
    critical = await turned_critical(scene, bob)
    with pytest.raises(Undeliverable):
        await subscribers_told(scene, critical, 2)

    await subscribers_told(scene, declared, 1)

    assert slack.told("is reached again") == []
    assert await scene.goes_on()


async def test_a_line_below_one_in_the_digest_of_before_says_nothing_of_the_one_of_now(
    scene: Scene, slack: Slack, bob: Caller
) -> None:
    declared = scene.errand.parcel.effect
    assert isinstance(declared, TellSubscribers)
    await subscribers_told(scene, declared, 1)
    operator = the_operator(bob.organization_id)
    await scene.bus.execute(EditIncidentSettings(caller=operator, digest_channel="anew"))
    await finds_out(scene, 2, scene.replica())

    await subscribers_told(scene, await turned_critical(scene, bob), 3)

    assert slack.told("Critical") == ["digest"]
    assert slack.told("is reached again") == []
