"""What is private has a private channel or none, and nobody else reads of it."""

from core.commands import AddService, PostUpdate, RecordBurial
from core.commands.together import ChangeMembers
from core.domain.actor import Caller
from core.domain.ids import SlackUserId
from core.domain.incident_settings import ServiceInvitees
from sandbox.conversation.room import Room
from tests.fakes.people import hire, the_operator, the_relay
from tests.integration.slack.channels import (
    decided,
    declared,
    everything_said,
    executed,
    in_person,
    is_said,
    now_is,
    room_of,
)
from tests.integration.slack.stage import Stage


async def alice_hired(stage: Stage) -> Caller:
    return await hire(stage.bus, stage.organization_id, "Alice Archer")


async def incident_channels(stage: Stage) -> list[Room]:
    rooms = await stage.sandbox.channels()
    return [room for room in rooms if room.name.startswith("inc-")]


async def test_a_private_incident_has_a_private_channel_and_no_announcement(
    stage: Stage,
) -> None:
    await declared(stage, "Payroll leaked", caller=await alice_hired(stage), private=True)

    room = await room_of(stage)
    assert room.wire["is_private"]
    assert await stage.alice.id() in room.wire["members"]
    assert "Payroll leaked" in (await stage.card(room)).words
    assert not [card for card in await everything_said(stage) if "INC-1" in card.words]


async def test_default_invitees_do_not_come_into_a_private_channel(stage: Stage) -> None:
    bob = (await hire(stage.bus, stage.organization_id, "Bob Brook")).actor.user_id
    assert bob
    operator = the_operator(stage.organization_id)
    service = await stage.bus.execute(AddService(caller=operator, name="payroll", owner_ids=(bob,)))
    invitees = ServiceInvitees(service_id=service.id, user_ids=(bob,))
    await decided(stage, service_invitees=(invitees,))

    await declared(stage, caller=await alice_hired(stage), private=True, service_ids=(service.id,))

    assert SlackUserId(await stage.bob.id()) not in (await room_of(stage)).wire["members"]


async def test_a_private_channel_that_cannot_be_made_is_never_a_public_one(
    stage: Stage,
) -> None:
    await stage.sandbox.settings(restricted_actions=["conversations.create:private"])
    alice = await alice_hired(stage)

    incident = await declared(stage, "Payroll leaked", caller=alice, private=True)
    await executed(stage, PostUpdate(caller=alice, incident_id=incident.id, text="We look."))

    assert (await now_is(stage)).incident.channel_id is None
    assert await incident_channels(stage) == []
    told = await in_person(stage, "alice")
    assert is_said("gets no public channel instead", told)
    assert is_said("ask an administrator of the workspace to allow it", told)
    assert is_said("We look.", told)
    assert not [card for card in await everything_said(stage) if "INC-1" in card.words]


async def test_what_others_go_on_reading_reaches_its_people_though_its_channel_is_gone(
    stage: Stage,
) -> None:
    alice = await alice_hired(stage)
    bob = await hire(stage.bus, stage.organization_id, "Bob Brook")
    incident = await declared(stage, "Payroll leaked", caller=alice, private=True)
    assert bob.actor.user_id
    members = ChangeMembers(caller=alice, incident_id=incident.id, add=(bob.actor.user_id,))
    await executed(stage, members)
    await stage.sandbox.fault("delivery:event:group_archive", "delay", seconds=3.0)
    await stage.alice.archives(await room_of(stage))

    relay = the_relay(stage.organization_id)
    trouble = "It stands in #incidents."
    burial = RecordBurial(caller=relay, incident_id=incident.id, effect="Withdraw", reason=trouble)
    await executed(stage, burial)

    told = [await in_person(stage, name) for name in ("alice", "bob")]
    assert [is_said(trouble, lines) for lines in told] == [True, True]
