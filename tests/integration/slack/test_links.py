"""Links to incidents and maintenances that people share."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from core.commands import ScheduleMaintenance
from core.commands.together import ChangeMembers, MergeIncident
from core.domain.actor import Caller
from core.domain.incident import Incident
from sandbox.conversation.card import Card
from sandbox.conversation.control import wait_for
from sandbox.conversation.room import Room
from sandbox.server import Sandbox
from tests.fakes.people import hire, the_operator
from tests.integration.slack.channels import declared, executed, in_person, is_said
from tests.integration.slack.stage import MANIFEST, Stage, staged


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """Tocsin listens on loopback here, and so do its links."""
    description = yaml.safe_load(MANIFEST.read_text())
    description["features"]["unfurl_domains"] = ["127.0.0.1"]
    async with staged(tmp_path, sandbox=Sandbox(description)) as stage:
        yield stage


async def shared(stage: Stage, link: str) -> Room:
    general = await stage.room("general")
    await stage.alice.types(general, f"See {link} please")
    return general


async def previews(stage: Stage, room: Room, words: str = "please") -> list[dict[str, Any]]:
    await stage.settled()
    card: Card = await room.message(words)
    return list(card.wire.get("attachments") or [])


async def shown(stage: Stage, room: Room, words: str = "please") -> str:
    """What the previews of that message say, as soon as there are any."""

    async def look() -> str | None:
        found = await previews(stage, room, words)
        return str([one["blocks"] for one in found]) if found else None

    return await wait_for(look, "A preview")


async def test_a_link_to_an_incident_shows_how_it_stands(stage: Stage) -> None:
    await stage.declares("sev2 Search is slow")

    general = await shared(stage, f"{stage.sandbox.app_url}/incidents/INC-1")

    assert await general.message("INC-1 · Search is slow")
    [preview] = await previews(stage, general)
    assert "High (SEV2)" in str(preview["blocks"])


@pytest.mark.parametrize("path", ["/incidents/INC-404", "/incidents", "/elsewhere/INC-1"])
async def test_any_other_link_shows_nothing(stage: Stage, path: str) -> None:
    await stage.declares("Search is slow")

    general = await shared(stage, f"{stage.sandbox.app_url}{path}")

    assert await previews(stage, general) == []


async def test_a_link_to_a_private_incident_shows_nothing_to_anybody(stage: Stage) -> None:
    await stage.declares("Search is slow")
    room = await stage.room("inc-")
    await stage.alice.types(room, "/incident private")
    form = await stage.alice.modal("Who may know of it?")
    await form.fill({"Who may know of it?": "Only its people"})
    await form.submit()
    await stage.settled()

    general = await shared(stage, f"{stage.sandbox.app_url}/incidents/INC-1")

    assert await previews(stage, general) == []


async def test_a_link_to_a_maintenance_shows_when_it_is(stage: Stage) -> None:
    operator = the_operator(stage.organization_id)
    start = stage.clock() + timedelta(hours=3)
    await stage.bus.execute(
        ScheduleMaintenance(
            caller=operator,
            title="Database upgrade",
            scheduled_start_at=start,
            scheduled_end_at=start + timedelta(hours=1),
        )
    )

    general = await shared(stage, f"{stage.sandbox.app_url}/maintenances/MNT-1")

    assert await general.message("MNT-1 · Database upgrade")
    await stage.settled()


async def payroll(stage: Stage) -> tuple[Caller, Incident]:
    """An incident of Alice's."""
    alice = await hire(stage.bus, stage.organization_id, "Alice Archer")
    return alice, await declared(stage, "Payroll leaked", caller=alice)


async def hidden(stage: Stage, alice: Caller, incident: Incident) -> None:
    await executed(stage, ChangeMembers(caller=alice, incident_id=incident.id, private=True))


async def test_what_was_shown_of_it_in_public_says_nothing_once_it_is_private(
    stage: Stage,
) -> None:
    alice, incident = await payroll(stage)
    link = f"{stage.sandbox.app_url}/incidents/INC-1"
    general = await shared(stage, f"{link} and {link}?again=1")
    circle = await stage.bob.creates("circle", private=True)
    await stage.bob.types(circle, f"Look: {link}")
    before = await shown(stage, general) + await shown(stage, circle, "Look")

    await hidden(stage, alice, incident)

    after = await shown(stage, general) + await shown(stage, circle, "Look")
    assert before.count("Payroll leaked") == 3
    assert "Payroll leaked" not in after
    assert "SEV2" not in after
    assert after.count("INC-1 is not public any more.") == 3
    assert not is_said("could be taken back", await in_person(stage, "alice"))


async def test_what_people_deleted_or_wrote_anew_is_nothing_to_take_back(stage: Stage) -> None:
    alice, incident = await payroll(stage)
    general = await shared(stage, f"{stage.sandbox.app_url}/incidents/INC-1")
    await shown(stage, general)
    await stage.alice.deletes(await general.message("please"))

    await hidden(stage, alice, incident)

    assert not is_said("could be taken back", await in_person(stage, "alice"))


async def test_previews_that_cannot_be_changed_are_told_to_those_in_charge(stage: Stage) -> None:
    alice, incident = await payroll(stage)
    general = await shared(stage, f"{stage.sandbox.app_url}/incidents/INC-1")
    await shown(stage, general)
    await stage.sandbox.fault("chat.unfurl", "error", error="cannot_unfurl_url", times=0)

    await hidden(stage, alice, incident)

    told = await in_person(stage, "alice")
    assert is_said("Not all that was said of INC-1 while it was public", told)
    assert is_said("In #general:", told)


async def test_what_is_being_shown_while_it_turns_private_is_taken_back_at_once(
    stage: Stage,
) -> None:
    alice, incident = await payroll(stage)
    await stage.sandbox.fault("chat.unfurl", "slow", seconds=1.5)
    general = await shared(stage, f"{stage.sandbox.app_url}/incidents/INC-1")

    async def begun() -> bool | None:
        rules = (await stage.sandbox.control.get("faults"))["faults"]
        return any(rule["fired"] for rule in rules) or None

    await wait_for(begun, "The preview")
    await hidden(stage, alice, incident)

    assert "Payroll leaked" not in await shown(stage, general)


async def test_of_what_was_merged_into_another_one_the_other_is_not_named(stage: Stage) -> None:
    alice, incident = await payroll(stage)
    other = await declared(stage, "Badges are open", caller=alice)
    merge = MergeIncident(caller=alice, incident_id=incident.id, into_id=other.id)
    await executed(stage, merge)

    general = await shared(stage, f"{stage.sandbox.app_url}/incidents/INC-1")

    preview = await shown(stage, general)
    assert "Merged" in preview
    assert "INC-2" not in preview
