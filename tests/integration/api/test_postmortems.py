"""`/api/v1/incidents/{id}/postmortem`: drafted once it is over, read, changed, published."""

from typing import Any

import pytest

from core.bus import CommandBus
from core.commands import AddNote, DeclareIncident, ResolveIncident
from core.domain.ids import OrganizationId
from tests.fakes.people import hire
from tests.integration.api.doors import Client, api_key, bearer, json_of

PATH = "/api/v1/incidents/INC-1/postmortem"


@pytest.fixture
async def key(bus: CommandBus, organization_id: OrganizationId) -> str:
    return await api_key(bus, organization_id, scopes=("incidents:write",))


async def ask(client: Client, key: str, method: str, wish: Any = None) -> tuple[int, Any]:
    response = await client.request(method, PATH, json=wish, headers=bearer(key))
    return response.status, await json_of(response)


async def _declared(bus: CommandBus, organization_id: OrganizationId, *, over: bool) -> None:
    alice = await hire(bus, organization_id, "Alice")
    incident = await bus.execute(
        DeclareIncident(caller=alice, title="Search is slow", severity="high")
    )
    await bus.execute(AddNote(caller=alice, incident_id=incident.id, text="The pool was *full*."))
    if over:
        await bus.execute(
            ResolveIncident(caller=alice, incident_id=incident.id, summary="Raised the pool size.")
        )


async def test_it_is_drafted_out_of_the_history_once(
    client: Client, key: str, bus: CommandBus, organization_id: OrganizationId
) -> None:
    await _declared(bus, organization_id, over=True)

    status, drafted = await ask(client, key, "POST")
    _, again = await ask(client, key, "POST")

    assert (status, drafted["title"]) == (201, "Postmortem of INC-1: Search is slow")
    assert "The pool was \\*full\\*." in drafted["body"]
    assert "## What fixed it\n\nRaised the pool size." in drafted["body"]
    assert again["data"] == drafted["data"]


async def test_while_the_incident_goes_on_there_is_none(
    client: Client, key: str, bus: CommandBus, organization_id: OrganizationId
) -> None:
    await _declared(bus, organization_id, over=False)

    shown, _ = await ask(client, key, "GET")
    status, refused = await ask(client, key, "POST")

    assert (shown, status) == (404, 409)
    assert "INC-1 still goes on" in str(refused)


async def test_what_is_changed_is_read_and_what_was_overtaken_is_refused(
    client: Client, key: str, bus: CommandBus, organization_id: OrganizationId
) -> None:
    await _declared(bus, organization_id, over=True)
    _, drafted = await ask(client, key, "POST")
    wish = {"body": "## Summary\n\nThe pool was full.", "expected_version": drafted["version"]}

    changed, _ = await ask(client, key, "PATCH", wish)
    overtaken, _ = await ask(client, key, "PATCH", wish)
    published, _ = await ask(client, key, "PATCH", {"published": True})

    _, shown = await ask(client, key, "GET")
    assert (changed, overtaken, published) == (200, 409, 200)
    assert shown["body"] == "## Summary\n\nThe pool was full."
    assert shown["published_at"] is not None
