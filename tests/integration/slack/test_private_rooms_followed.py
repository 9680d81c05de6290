"""Whatever people do to the private channel of an incident is followed as in public ones."""

from core.commands import PostUpdate
from tests.fakes.people import hire
from tests.integration.slack.channels import declared, executed, heard, now_is, room_of
from tests.integration.slack.stage import Stage


async def test_a_private_channel_is_followed_to_the_end(stage: Stage) -> None:
    alice = await hire(stage.bus, stage.organization_id, "Alice Archer")
    incident = await declared(stage, "Payroll leaked", caller=alice, private=True)
    room = await room_of(stage)

    await stage.alice.renames(room, "payroll-war-room")
    renamed = await heard(stage, "renamed")
    await stage.alice.archives(room)
    archived = await heard(stage, "archived")
    await stage.alice.unarchives(room)
    await heard(stage, "unarchived")
    await executed(stage, PostUpdate(caller=alice, incident_id=incident.id, text="We look."))
    await stage.alice.kicks(room, "tocsin")
    await heard(stage, "lost")

    assert renamed.channel_name == "payroll-war-room"
    assert archived.by.name == "Alice Archer"
    own = await stage.alice.sees(room)
    assert await own.message("We look.")
    assert (await now_is(stage)).incident.channel_name == "payroll-war-room"


async def test_a_deleted_private_channel_is_gone(stage: Stage) -> None:
    alice = await hire(stage.bus, stage.organization_id, "Alice Archer")
    await declared(stage, "Payroll leaked", caller=alice, private=True)

    await stage.alice.deletes_channel(await room_of(stage))

    deleted = await heard(stage, "deleted")
    assert deleted.by.name == "Alice Archer"
