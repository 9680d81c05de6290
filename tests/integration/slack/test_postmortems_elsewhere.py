"""The postmortem of an incident without a channel, and in a channel whose canvas is taken."""

from core.commands import ResolveIncident
from sandbox.conversation.card import Card
from sandbox.conversation.room import Room
from tests.fakes.people import hire
from tests.integration.slack.channels import declared, executed, resolved
from tests.integration.slack.stage import Stage

ANEW = "Draft timeline and tasks anew"


async def over_without_a_channel(stage: Stage) -> Room:
    """Where its announcement stands."""
    await stage.sandbox.settings(restricted_actions=["conversations.create"])
    caller = await hire(stage.bus, stage.organization_id, "Alice Archer")
    incident = await declared(stage, caller=caller)
    await resolved(stage, incident)
    return await stage.room("incidents")


async def drafted(stage: Stage, room: Room) -> Card:
    await stage.alice.types(room, "/incident postmortem INC-1")
    await stage.settled()
    announced = await stage.announcement()
    return await room.reply(announced, "The postmortem of INC-1 is drafted.")


async def files_below(stage: Stage, room: Room, card: Card) -> list[str]:
    thread = await room.thread(card)
    return [file["name"] for one in thread for file in one.wire.get("files", ())]


async def test_without_a_channel_it_is_a_file_in_the_thread_of_the_announcement(
    stage: Stage,
) -> None:
    room = await over_without_a_channel(stage)

    card = await drafted(stage, room)

    assert card.buttons == ["Edit", "Ask who took part", ANEW, "Publish"]
    announced = await stage.announcement()
    assert await files_below(stage, room, announced) == ["INC-1-postmortem.md"]
    told = await stage.alice.ephemeral(room, "The postmortem of INC-1 is a file")
    assert "in the thread of its announcement" in told.words


async def test_a_file_of_the_same_name_that_somebody_else_shared_is_not_taken_for_it(
    stage: Stage,
) -> None:
    room = await over_without_a_channel(stage)
    announced = await stage.announcement()
    await stage.bob.uploads("INC-1-postmortem.md", "My own notes", thread=announced)
    await stage.sandbox.fault("files.completeUploadExternal", "status")

    await drafted(stage, room)

    files = stage.sandbox.world.workspace.files.values()
    shared = [one.user for one in files if one.name == "INC-1-postmortem.md" and one.shares]
    assert sorted(shared) == sorted(
        [await stage.bob.id(), stage.sandbox.world.workspace.team.bot_user_id]
    )


async def test_without_a_channel_it_is_published_where_it_stands(stage: Stage) -> None:
    room = await over_without_a_channel(stage)
    card = await drafted(stage, room)

    await stage.alice.clicks(card, "Publish")
    await stage.settled()

    announced = await stage.announcement()
    published = await room.reply(announced, "The postmortem of INC-1 is published.")
    assert published.buttons == ["Edit", "Ask who took part", ANEW]


async def test_of_a_private_incident_without_a_channel_it_comes_in_person(stage: Stage) -> None:
    await stage.sandbox.settings(restricted_actions=["conversations.create:private"])
    caller = await hire(stage.bus, stage.organization_id, "Alice Archer")
    incident = await declared(stage, caller=caller, private=True)
    await executed(stage, ResolveIncident(caller=caller, incident_id=incident.id))
    general = await stage.room("general")

    await stage.alice.types(general, "/incident postmortem INC-1")
    await stage.settled()

    direct = await stage.alice.opens_dm()
    card = await direct.message("The postmortem of INC-1 is drafted.")
    assert "Publish" in card.buttons
    assert await files_below(stage, direct, card) == ["INC-1-postmortem.md"]
    assert await stage.alice.ephemeral(general, "is a file in your messages with Tocsin")


async def test_a_canvas_beside_the_one_of_the_channel_is_linked(stage: Stage) -> None:
    await stage.sandbox.fault(
        "conversations.canvases.create", "error", error="channel_canvas_already_exists"
    )
    room = await stage.declares("Search is slow")
    await stage.alice.types(room, "/incident resolve Rolled back.")
    await stage.settled()

    await stage.alice.types(room, "/incident postmortem")
    await stage.settled()

    card = await room.message("The postmortem of INC-1 is drafted.")
    [canvas] = stage.sandbox.world.workspace.canvases
    assert "Read it in the canvas of this channel." not in card.words
    assert f".slack.com/docs/{stage.sandbox.world.workspace.team.id}/{canvas}" in card.words
