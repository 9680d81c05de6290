"""Lines that named a private incident are said again one by one, in a lane of their own."""

import asyncio
from dataclasses import dataclass, field, replace

import pytest

from bot.slack.blocks import Message
from bot.slack.delivery.announced_in import AnnouncedIn
from bot.slack.delivery.errand import IncidentErrand
from bot.slack.delivery.few import AT_ONCE
from bot.slack.delivery.lines import Lines
from bot.slack.delivery.posting import Poster
from bot.slack.shapes import Room
from bot.slack.workspaces import Workspace
from core.bus import CommandBus
from core.commands import AcknowledgeIncident, DeclareIncident
from core.commands.together import ChangeMembers, LinkIncidents
from core.domain.actor import Caller
from core.domain.events import IncidentRelated
from core.domain.ids import ChannelId, TeamId
from core.domain.severity import Severity
from core.effects import RetellLines
from core.ports import ParcelId, Posting, Unreachable
from tests.fakes.store import FakeStore
from tests.unit.slack.small import Slack, SmallGateway

BOB, CAROL = ChannelId("D0BOB"), ChannelId("D0CAROL")


@dataclass(slots=True)
class Edits:
    """What was edited; nothing can be in rooms that are `away`, or before `held` is let go."""

    rooms: list[str] = field(default_factory=list)
    away: set[str] = field(default_factory=set)
    held: asyncio.Event | None = None
    waiting: asyncio.Queue[str] = field(default_factory=asyncio.Queue)


class EditingGateway(SmallGateway):
    def __init__(self, edits: Edits) -> None:
        super().__init__(Slack())
        self._edits = edits

    async def edit(self, room: Room, ts: str, message: Message) -> None:
        if self._edits.held:
            await self._edits.waiting.put(room.id)
            await self._edits.held.wait()
        if room.id in self._edits.away:
            raise Unreachable("Slack is away.")
        assert "INC-2" not in message.text
        self._edits.rooms.append(room.id)


@dataclass(slots=True, kw_only=True)
class Scene:
    """INC-1 said that INC-2 was linked to it, to Bob and Carol as well; INC-2 is private now."""

    store: FakeStore
    errand: IncidentErrand
    lines: Lines
    edits: Edits

    async def retells(self) -> None:
        effect = self.errand.parcel.effect
        assert isinstance(effect, RetellLines)
        await self.lines.retell(effect, self.errand)

    async def all_arrives(self) -> None:
        for row in [*self.store.outbox.rows.values()]:
            if row.parcel.id < self.errand.parcel.id:
                await self.store.outbox.settle(row.parcel)


@pytest.fixture
async def scene(store: FakeStore, bus: CommandBus, bob: Caller) -> Scene:
    one, other = [
        await bus.execute(DeclareIncident(caller=bob, title=title, severity=Severity.HIGH))
        for title in ("Search is slow", "Payroll leaked")
    ]
    await bus.execute(LinkIncidents(caller=bob, incident_id=one.id, other_id=other.id))
    entries = await store.reads.timeline(bob.organization_id, one.id)
    [said] = [entry for entry in entries if isinstance(entry.event, IncidentRelated)]
    for room in (BOB, CAROL):
        posting = Posting(role=f"follow:{room}:{said.id}", channel_id=room, ts="1700.1")
        await store.postings.record(bob.organization_id, f"subscribers:{one.id}", posting)
    await bus.execute(ChangeMembers(caller=bob, incident_id=other.id, private=True))
    edits = Edits()
    workspace = Workspace(
        team_id=TeamId("T1"),
        organization_id=bob.organization_id,
        bot_user_id="U0",
        bot_id="B0",
        token="xoxb-0",
        gateway=EditingGateway(edits),
    )
    retell = RetellLines(incident_id=one.id)
    [row] = [row for row in store.outbox.rows.values() if row.parcel.effect == retell]
    card = await store.reads.card(bob.organization_id, one.id)
    return Scene(
        store=store,
        errand=IncidentErrand(parcel=row.parcel, workspace=workspace, card=card),
        lines=Lines(
            Poster(store.postings, AnnouncedIn(store.reads, "incidents")),
            store.reads,
            store.outbox,
        ),
        edits=edits,
    )


async def test_each_line_is_said_again_once_however_often_it_is_tried(scene: Scene) -> None:
    await scene.all_arrives()
    scene.edits.away = {BOB}
    with pytest.raises(Unreachable, match="Slack is away"):
        await scene.retells()
    scene.edits.away = set()

    await scene.retells()

    assert scene.edits.rooms == [CAROL, BOB]


async def test_while_lines_are_still_on_their_way_it_begins_and_is_not_over(scene: Scene) -> None:
    with pytest.raises(Unreachable) as failure:
        await scene.retells()

    assert scene.edits.rooms == [BOB, CAROL]
    assert failure.value.retry_after
    await scene.all_arrives()
    await scene.retells()
    assert scene.edits.rooms == [BOB, CAROL]


async def test_only_so_many_incidents_say_their_lines_again_side_by_side(scene: Scene) -> None:
    await scene.all_arrives()
    scene.edits.held = asyncio.Event()
    at_work = [asyncio.create_task(scene.retells()) for _ in range(AT_ONCE)]
    for _ in at_work:
        await scene.edits.waiting.get()

    with pytest.raises(Unreachable) as failure:
        await scene.retells()

    assert failure.value.retry_after
    scene.edits.held.set()
    await asyncio.gather(*at_work)


async def test_what_is_done_with_its_newest_equal_waits_for_what_was_before_that(
    scene: Scene, bus: CommandBus, bob: Caller
) -> None:
    await scene.all_arrives()
    await bus.execute(AcknowledgeIncident(caller=bob, incident_id=scene.errand.incident_id))
    newest = ParcelId(max(scene.store.outbox.rows) + 1)
    scene.errand = replace(scene.errand, parcel=replace(scene.errand.parcel, upto=newest))

    with pytest.raises(Unreachable, match="still on its way"):
        await scene.retells()
