"""Of another incident nobody is told more than everybody who reads it may know."""

from dataclasses import dataclass

import pytest

from bot.chronicles import chronicle_of
from bot.exports import as_json, exported
from bot.outgoing.rendering import body_of
from bot.retelling import as_all_may_read
from bot.stories import story_of
from core.bus import CommandBus
from core.commands import DeclareIncident
from core.commands.together import ChangeMembers, LinkIncidents, MergeIncident
from core.domain.actor import Caller
from core.domain.events import IncidentRelated
from core.domain.ids import EndpointId, OrganizationId, UserId
from core.domain.incident import Incident
from core.domain.narration import narrate
from core.domain.viewer import NOBODY
from core.domain.webhook_delivery import WebhookDelivery
from tests.fakes.store import FakeStore
from tests.unit.core.webhooks import an_endpoint


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """INC-1, which is linked to INC-2; who declared both, and somebody else."""

    store: FakeStore
    bus: CommandBus
    alice: Caller
    bob: Caller
    one: Incident
    other: Incident

    @property
    def organization_id(self) -> OrganizationId:
        return self.alice.organization_id

    async def turns(self, incident: Incident, *members: Caller) -> None:
        add = tuple(own_id(one) for one in members)
        wish = ChangeMembers(caller=self.alice, incident_id=incident.id, private=True, add=add)
        await self.bus.execute(wish)

    async def told(self, incident: Incident) -> list[str]:
        """In the channel of INC-1."""
        reads, id = self.store.reads, self.organization_id
        now = (await reads.card(id, incident.id)).incident
        lines = await as_all_may_read(reads, id, now, await reads.timeline(id, incident.id))
        return [narrate(line.event) for line in lines]


def own_id(caller: Caller) -> UserId:
    assert caller.actor.user_id
    return caller.actor.user_id


@pytest.fixture
async def scene(store: FakeStore, bus: CommandBus, alice: Caller, bob: Caller) -> Scene:
    wish = DeclareIncident(caller=alice, title="Search", severity="high")
    one, other = await bus.execute(wish), await bus.execute(wish)
    await bus.execute(LinkIncidents(caller=alice, incident_id=one.id, other_id=other.id))
    return Scene(store=store, bus=bus, alice=alice, bob=bob, one=one, other=other)


LINKED = "Alice Archer linked INC-2 to the incident."
NAMELESS = "Alice Archer linked another incident."


async def test_where_everybody_reads_a_private_incident_has_no_name(scene: Scene) -> None:
    before = await scene.told(scene.one)

    await scene.turns(scene.other)

    assert LINKED in before
    assert NAMELESS in await scene.told(scene.one)


async def test_those_who_may_know_of_both_are_told_of_both(scene: Scene) -> None:
    await scene.turns(scene.one)
    await scene.turns(scene.other)

    assert LINKED in await scene.told(scene.one)


async def test_one_who_may_not_know_of_the_other_keeps_its_name_from_all(scene: Scene) -> None:
    await scene.turns(scene.one, scene.bob)
    await scene.turns(scene.other)

    assert NAMELESS in await scene.told(scene.one)


async def test_a_story_for_others_has_nothing_of_it_whoever_asks_for_it(scene: Scene) -> None:
    await scene.turns(scene.other)
    reads = scene.store.reads.seen_by(scene.alice.viewer)

    story = await story_of(reads, scene.organization_id, scene.one.id)
    file = as_json(await exported(reads, scene.organization_id, scene.one.id)).decode()

    own = await chronicle_of(reads, scene.organization_id, scene.one.id)
    assert LINKED in [line.text for line in own]
    assert NAMELESS in [line.text for line in story.lines]
    assert story.incident.related == ()
    assert "INC-2" not in file
    assert scene.other.id not in file


async def test_a_story_does_not_say_into_what_it_was_merged(scene: Scene) -> None:
    merge = MergeIncident(caller=scene.alice, incident_id=scene.one.id, into_id=scene.other.id)
    await scene.bus.execute(merge)
    await scene.turns(scene.other)
    reads = scene.store.reads.seen_by(scene.alice.viewer)

    story = await story_of(reads, scene.organization_id, scene.one.id)

    assert story.incident.merged_into is None
    assert "Alice Archer merged the incident into another one." in [one.text for one in story.lines]


async def test_other_programs_are_told_of_the_link_without_its_name(scene: Scene) -> None:
    id, reads = scene.organization_id, scene.store.reads
    [entry] = [
        one
        for one in await reads.timeline(id, scene.one.id)
        if isinstance(one.event, IncidentRelated)
    ]
    await scene.turns(scene.other)

    endpoint = await an_endpoint(scene.bus, scene.alice)
    delivery = WebhookDelivery(
        id="whd_1",
        endpoint_id=EndpointId(endpoint.id),
        entry_id=entry.id,
        event_type="incident.linked",
        created_at=entry.at,
    )
    body = await body_of(delivery, endpoint, reads.seen_by(NOBODY), id)

    assert NAMELESS in body.decode()
    assert "INC-2" not in body.decode()
    assert scene.other.id not in body.decode()
