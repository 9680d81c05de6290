"""The channel that an incident had before it became private is put away."""

from functools import partial

from core.commands.together import ChangeMembers
from core.domain.actor import Caller
from core.domain.incident import Incident
from sandbox.conversation.card import Card
from sandbox.conversation.control import wait_for
from sandbox.conversation.room import Room
from tests.fakes.people import hire
from tests.integration.slack.channels import declared, executed, in_person, is_said, room_of
from tests.integration.slack.stage import Stage

TITLE = "Payroll leaked"


async def alice_hired(stage: Stage) -> Caller:
    return await hire(stage.bus, stage.organization_id, "Alice Archer")


async def turned(stage: Stage, caller: Caller, incident: Incident, *, private: bool) -> Room:
    """The channel that it had until then, as it is now."""
    before = await room_of(stage)
    wish = ChangeMembers(caller=caller, incident_id=incident.id, private=private)
    await executed(stage, wish)
    return await before.fresh()


async def test_its_name_topic_and_bookmarks_tell_nothing_and_it_is_archived(stage: Stage) -> None:
    alice = await alice_hired(stage)
    incident = await declared(stage, TITLE, caller=alice)
    before = (await room_of(stage)).wire["bookmarks"]

    left = await turned(stage, alice, incident, private=True)

    assert before
    assert left.wire["is_archived"]
    assert left.name == "inc-1-moved"
    assert left.wire["topic"] == "INC-1 is not public any more."
    assert left.wire["bookmarks"] == []
    new = await room_of(stage)
    assert "payroll" not in new.name
    assert (new.wire["is_private"], new.wire["is_archived"]) == (True, False)


async def test_a_private_channel_that_was_left_is_archived_as_well(stage: Stage) -> None:
    alice = await alice_hired(stage)
    incident = await declared(stage, TITLE, caller=alice, private=True)
    first = await turned(stage, alice, incident, private=False)

    left = await turned(stage, alice, incident, private=True)

    assert not first.wire["is_archived"]
    assert left.id == first.id
    assert left.wire["is_archived"]
    assert (await room_of(stage)).id != left.id


async def test_where_slack_does_not_let_it_be_archived_somebody_is_told(stage: Stage) -> None:
    alice = await alice_hired(stage)
    await stage.sandbox.fault("conversations.archive", "restricted_action")
    incident = await declared(stage, TITLE, caller=alice)

    left = await turned(stage, alice, incident, private=True)

    assert (left.wire["is_archived"], left.name) == (False, "inc-1-moved")
    told = "The channel #inc-1-moved that INC-1 had while it was public could not be archived"
    assert is_said(told, await in_person(stage, "alice"))


async def test_a_name_that_is_taken_is_told_apart_by_a_count(stage: Stage) -> None:
    alice = await alice_hired(stage)
    await stage.alice.creates("inc-1-moved")
    incident = await declared(stage, TITLE, caller=alice)

    left = await turned(stage, alice, incident, private=True)

    assert left.name == "inc-1-moved-2"


async def test_it_is_archived_though_a_follower_cannot_be_told_of_something(stage: Stage) -> None:
    alice = await alice_hired(stage)
    incident = await declared(stage, TITLE, caller=alice)
    old = await room_of(stage)
    await stage.alice.types(old, "/incident subscribe")
    await stage.bob.types(old, "/incident note It is on a public server.")
    await stage.settled()
    await stage.sandbox.fault("conversations.open", "error", error="fatal_error", times=0)
    await stage.bob.types(old, "/incident severity critical")
    await wait_for(partial(one_waits, stage, "TellSubscribers"), "A follower to be told later")
    await stage.bus.execute(ChangeMembers(caller=alice, incident_id=incident.id, private=True))

    async def away() -> Room | None:
        room = await old.fresh()
        return room if room.wire["is_archived"] else None

    left = await wait_for(away, "The channel put away")
    waiting = await stage.store.outbox.waiting()
    await stage.sandbox.clear_faults()
    await stage.settled()

    assert waiting >= 2
    assert not is_said(TITLE, [card.words for card in await left.messages() if is_own(card)])
    assert not is_said("could be taken back", await in_person(stage, "alice"))


async def one_waits(stage: Stage, effect: str) -> bool | None:
    tried = (effect, "postponed") in stage.outcomes
    return (tried and await stage.store.outbox.waiting() == 1) or None


def is_own(card: Card) -> bool:
    """Nobody can take back what Slack itself says of topics and names."""
    return not str(card.wire.get("subtype")).startswith("channel_")
