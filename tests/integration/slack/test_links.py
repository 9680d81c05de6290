"""Links to incidents and maintenances that people share."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from core.commands import ScheduleMaintenance
from sandbox.conversation.card import Card
from sandbox.conversation.room import Room
from sandbox.server import Sandbox
from tests.fakes.people import the_operator
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
