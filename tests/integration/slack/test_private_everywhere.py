"""An outsider walks through every surface in Slack, and reads nowhere of a private incident."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from bot.slack.slash import VERBS
from core.commands import AddFollowUp, AddNote, DeclareIncident, PostUpdate
from core.domain.actor import Actor, Caller, Surface
from core.domain.incident import Incident
from core.permissions import ROLES
from sandbox.conversation.person import Person
from sandbox.conversation.room import Room
from sandbox.server import Sandbox
from tests.integration.slack.stage import MANIFEST, Stage, staged

SECRET = "Zanzibar"
"""A word that nothing else says."""

TITLE = f"Payroll of {SECRET} leaked"
OTHERS = (
    "/incident list",
    "/incident list all",
    "/incident list mine",
    "/incident similar payroll leaked",
    "/incident show",
    "/incident merge INC-1 INC-2",
    "/incident merge INC-2 INC-1",
    "/incident link INC-2 INC-1",
    "/incident declare Payroll was leaked",
    "/incident subscribe list",
    "/maintenance list",
)
FORMS = ("", "update", "resolve", "merge", "link", "note", "task")
"""Typed without an incident: they open a form that offers some, or ask which is meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    stage: Stage
    secret: Incident
    general: Room

    @property
    def outsider(self) -> Person:
        """He declares another incident, and administers nothing."""
        return self.stage.bob

    async def said_to(self, person: Person) -> str:
        """Everything that is before their eyes, wherever they look."""
        rooms = [self.general, await self.stage.room("incidents"), await person.opens_dm()]
        cards = [card for room in rooms for card in await (await person.sees(room)).messages()]
        forms = [form.words for form in await person.modals()]
        home = (await person.home()).words
        return "\n".join([*(card.words for card in cards), *forms, home])


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    description = yaml.safe_load(MANIFEST.read_text())
    description["features"]["unfurl_domains"] = ["127.0.0.1"]
    sandbox = Sandbox(description)
    async with staged(tmp_path, sandbox=sandbox, likenesses=True) as stage:
        general = await stage.room("general")
        for person in (stage.alice, stage.bob):
            await person.types(general, "/incident list")
            await person.ephemeral(general, "incident")
        secret = await _declared(stage)
        await stage.bob.types(general, "/incident declare Payroll is late")
        await stage.settled()
        yield Scene(stage=stage, secret=secret, general=general)


async def _declared(stage: Stage) -> Incident:
    """By Alice, with everything in it that can be read elsewhere."""
    users = await stage.store.reads.users(stage.organization_id)
    [alice] = [one for one in users if one.name == "Alice Archer"]
    caller = Caller(
        organization_id=stage.organization_id,
        actor=Actor(surface=Surface.SLACK, name=alice.name, user_id=alice.id),
        permissions=ROLES[alice.role],
    )
    wish = DeclareIncident(caller=caller, title=TITLE, severity="critical", private=True)
    incident = await stage.bus.execute(wish)
    await stage.bus.execute(PostUpdate(caller=caller, incident_id=incident.id, text=TITLE))
    await stage.bus.execute(AddNote(caller=caller, incident_id=incident.id, text=TITLE))
    await stage.bus.execute(AddFollowUp(caller=caller, incident_id=incident.id, title=TITLE))
    await stage.settled()
    return incident


async def test_an_outsider_reads_nowhere_of_it(scene: Scene) -> None:
    bob, general, stage = scene.outsider, scene.general, scene.stage
    seen = []

    for line in (*(f"/incident {verb} INC-1" for verb in VERBS), *OTHERS):
        await bob.types(general, line)
        await stage.settled()
        seen.append(await scene.said_to(bob))
    for verb in FORMS:
        await bob.types(general, f"/incident {verb}".strip())
        await stage.settled()
        seen += [form.words for form in await bob.modals()]
        seen.append(str([form.wire for form in await bob.modals()]))

    assert not [words for words in seen if SECRET in words]
    assert "There is no incident INC-1." in "".join(seen)


async def test_its_people_read_of_it_and_what_everybody_reads_does_not_speak_of_it(
    scene: Scene,
) -> None:
    alice, general, address = scene.stage.alice, scene.general, scene.stage.sandbox.app_url
    private, public = await _room_of(scene, "INC-1"), await _room_of(scene, "INC-2")

    await alice.types(general, "/incident show INC-1")
    await alice.types(general, f"{address}/incidents/INC-1 {address}/incidents/INC-2")

    assert private.wire["is_private"]
    assert SECRET in (await scene.stage.card(private)).words
    assert await alice.ephemeral(general, SECRET)
    assert SECRET in (await alice.home(SECRET)).words
    assert await general.message("INC-2 · Payroll is late")
    assert SECRET not in str([card.wire for card in await general.messages()])
    assert SECRET not in str([card.wire for card in await public.messages()])


async def _room_of(scene: Scene, reference: str) -> Room:
    stage = scene.stage
    row = (await stage.store.reads.incident(stage.organization_id, reference)).row
    return await stage.room(row.channel_name)
