"""The same incident over a WebSocket: nothing has to reach us."""

from pathlib import Path
from typing import Any

import pytest

from core.commands.settings import EditIncidentSettings
from sandbox.server import Sandbox
from tests.fakes.people import the_operator
from tests.integration.slack.sockets import over_sockets
from tests.integration.slack.stage import staged


@pytest.fixture
def manifest() -> dict[str, Any]:
    return over_sockets()


async def test_an_incident_over_socket_mode(tmp_path: Path, manifest: dict[str, Any]) -> None:
    async with staged(tmp_path, sandbox=Sandbox(manifest), socket_mode=True) as stage:
        await stage.connected()

        room = await stage.declares("Search is slow")
        await stage.bob.clicks(await stage.card(room), "Acknowledge")
        await stage.settled()

        assert "Acknowledged" in (await stage.card(room)).words


async def test_a_refreshed_connection_is_taken_up_again(
    tmp_path: Path, manifest: dict[str, Any]
) -> None:
    async with staged(tmp_path, sandbox=Sandbox(manifest), socket_mode=True) as stage:
        await stage.connected()
        await stage.sandbox.disconnect_sockets()
        await stage.connected()

        room = await stage.declares("Search is slow")

        assert (await stage.card(room)).is_pinned


async def test_what_comes_over_a_socket_is_answered_in_the_language_of_the_organisation(
    tmp_path: Path, manifest: dict[str, Any]
) -> None:
    async with staged(tmp_path, sandbox=Sandbox(manifest), socket_mode=True) as stage:
        await stage.connected()
        operator = the_operator(stage.organization_id)
        await stage.bus.execute(EditIncidentSettings(caller=operator, language="de"))
        general = await stage.room("general")

        await stage.alice.types(general, "/incident show INC-99")

        await stage.alice.ephemeral(general, "Es gibt keinen Vorfall INC-99.")
        await stage.settled()
