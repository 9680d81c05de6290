"""Ten conversations over a WebSocket, on one stage, each about an incident of its own."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from bot.chronicles import chronicle_of
from bot.incident_settings import settings_of
from core.commands import DeclareIncident
from core.domain.incident import Incident
from core.domain.state import State
from sandbox.conversation.form import Form
from sandbox.conversation.room import Room
from sandbox.server import Sandbox
from tests.fakes.people import hire, the_operator
from tests.integration.slack.channels import now_is, room_of
from tests.integration.slack.sockets import over_sockets
from tests.integration.slack.stage import Stage, staged

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def stage(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    folder: Path = tmp_path_factory.mktemp("sockets")
    async with staged(folder, sandbox=Sandbox(over_sockets()), socket_mode=True) as stage:
        await stage.connected()
        await hire(stage.bus, stage.organization_id, "Alice Archer")
        await hire(stage.bus, stage.organization_id, "Bob Brook")
        yield stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """An incident of its own, with Alice and Bob in its channel."""

    stage: Stage
    reference: str
    room: Room

    async def incident(self) -> Incident:
        return (await now_is(self.stage, self.reference)).incident

    async def opens(self, text: str, words: str) -> Form:
        await self.stage.alice.types(self.room, text)
        return await (await self.stage.alice.modal()).containing(words)


@pytest_asyncio.fixture(loop_scope="module")
async def scene(stage: Stage) -> Scene:
    wish = DeclareIncident(
        caller=the_operator(stage.organization_id), title="Search is slow", severity="high"
    )
    incident = await stage.bus.execute(wish)
    await stage.settled()
    room = await room_of(stage, incident.reference)
    for person in (stage.alice, stage.bob):
        await person.joins(room)
    return Scene(stage=stage, reference=incident.reference, room=await room.fresh())


async def test_the_form_declares_what_is_private(stage: Stage) -> None:
    await stage.alice.types(await stage.room("general"), "/incident")
    form = await (await stage.alice.modal()).containing("What is wrong?")

    await form.fill({"What is wrong?": "Key leaked", "Kind of incident": ["Private"]})
    await form.submit()
    await stage.alice.ephemeral(await stage.room("general"), "“Key leaked” is declared")
    await stage.settled()

    opened = [one for one in await stage.sandbox.channels() if one.name.startswith("inc-")]
    assert [one.wire["is_private"] for one in opened] == [True]
    assert "key-leaked" not in opened[0].name


async def test_an_update_promises_the_next_one(scene: Scene) -> None:
    form = await scene.opens("/incident update", "What is the news?")

    await form.fill(
        {"What is the news?": "We look.", "When does the next update come?": "Within 2 h"}
    )
    await form.submit()
    await scene.stage.settled()

    assert await scene.room.message("We look.")
    assert (await scene.incident()).update_due_at
    assert "Next update" in (await scene.stage.card(scene.room)).words


async def test_roles_are_given_in_the_form(scene: Scene) -> None:
    form = await scene.opens("/incident role", "Scribe")

    await form.fill({"Scribe": "@bob"})
    await form.submit()
    await scene.stage.settled()

    bob = await scene.stage.bob.id()
    assert f"Scribe: <@{bob}>" in (await scene.stage.card(scene.room)).words


async def test_a_task_is_added_and_ticked_off(scene: Scene) -> None:
    form = await scene.opens("/incident task", "What is to be done?")
    await form.fill({"What is to be done?": "Roll back"})
    await form.submit()
    await scene.stage.settled()
    listed = await scene.room.message(f"One task of {scene.reference} is open")

    await scene.stage.bob.clicks(listed, "Done")
    await scene.stage.settled()

    assert await scene.room.message(f"All tasks of {scene.reference} are done.")


async def test_a_pin_keeps_a_message(scene: Scene) -> None:
    await scene.stage.bob.types(scene.room, "Restarted db1")
    said = await scene.room.message("Restarted db1")

    await scene.stage.alice.pins(said)
    await scene.stage.sandbox.settled()

    stage, id = scene.stage, (await scene.incident()).id
    lines = await chronicle_of(stage.store.reads, stage.organization_id, id)
    assert ("Bob Brook", "Restarted db1") in [(line.author, line.text) for line in lines]


async def test_a_page_of_the_settings_is_changed(stage: Stage) -> None:
    await stage.alice.types(await stage.room("general"), "/incident settings")
    menu = await stage.alice.modal("Language and time zone")
    await menu.clicks("Change: Channels and timeline")
    form = await menu.containing("How channels are called")

    await form.fill({"Days after the end until a channel is archived": "3"})
    await form.submit()

    assert await form.containing("Channels and timeline: saved.")
    assert (await settings_of(stage.store.reads, stage.organization_id)).archive_days == 3
    await (await stage.alice.modal()).close()
    await stage.settled()


async def test_another_incident_is_picked_to_merge_into(scene: Scene) -> None:
    wish = DeclareIncident(
        caller=the_operator(scene.stage.organization_id), title="Shop is shut", severity="high"
    )
    other = await scene.stage.bus.execute(wish)
    await scene.stage.settled()
    form = await scene.opens("/incident merge", "Into which incident?")

    await form.fill({"Into which incident?": f"{other.reference} Shop is shut"})
    await form.submit()
    await scene.stage.settled()

    merged = await scene.incident()
    assert (merged.state, merged.merged_into) == (State.CANCELED, other.id)


async def test_a_mention_acts_like_the_command(scene: Scene) -> None:
    await scene.stage.bob.types(scene.room, "@tocsin ack")

    assert await scene.stage.bob.ephemeral(scene.room, f"You acknowledged {scene.reference}.")
    await scene.stage.settled()
    assert (await scene.incident()).state is State.ACKNOWLEDGED


async def test_a_message_is_kept_from_its_menu(scene: Scene) -> None:
    await scene.stage.bob.types(scene.room, "Cache is cold")
    said = await scene.room.message("Cache is cold")

    await scene.stage.alice.uses_shortcut("timeline.keep", on=said)

    kept = f"The message is in the timeline of {scene.reference}."
    assert await scene.stage.alice.ephemeral(scene.room, kept)


async def test_a_postmortem_is_drafted(scene: Scene) -> None:
    await scene.stage.alice.types(scene.room, "/incident resolve Restarted it.")
    await scene.stage.settled()

    await scene.stage.alice.types(scene.room, "/incident postmortem")
    await scene.stage.settled()

    assert await scene.room.message(f"The postmortem of {scene.reference} is drafted.")
    assert "## What fixed it\n\nRestarted it." in await scene.room.canvas("Restarted it.")
