"""The requests of `docs/api/responding.md` do what the page says, one after the other."""

from typing import Any

from core.bus import CommandBus
from core.commands import ResolveIncident
from core.domain.ids import IncidentId, OrganizationId
from tests.fakes.people import hire, the_operator
from tests.integration.api.doors import Client, api_key, bearer, json_of
from tests.integration.api.page_examples import examples_of

SCOPES = ("incidents:write", "organizations:write")
V1 = "/api/v1/incidents"


async def _declared(client: Client, key: str, title: str) -> Any:
    wish = {"title": title, "severity": "high"}
    return await json_of(await client.post(V1, json=wish, headers=bearer(key)))


async def test_the_requests_of_the_page_are_answered_as_it_says(
    client: Client, bus: CommandBus, organization_id: OrganizationId
) -> None:
    key = await api_key(bus, organization_id, scopes=SCOPES)
    await hire(bus, organization_id, "Alice Archer")
    made, other = [await _declared(client, key, f"Checkout is {word}") for word in ("down", "slow")]
    names = {"KEY": key, "INCIDENT": made["id"], "OTHER": other["id"]}
    over = ResolveIncident(caller=the_operator(organization_id), incident_id=IncidentId(made["id"]))
    told: dict[str, Any] = {}

    for example in examples_of("responding.md"):
        if "/postmortem" in example.command:
            await bus.execute(over)
        response = await example.send(client, names)
        assert response.status == example.status, (str(example), await response.text())
        answer = await json_of(response)
        told[f"{response.method} {response.url.path.rpartition('/')[2]}"] = answer
        if response.url.path.endswith("/tasks"):
            names["TASK"] = answer["id"]
        if response.url.path.endswith("/timeline"):
            names["LINE"] = answer["data"][0]["id"]

    assert told["PATCH roles"]["roles"][0]["user"] == "Alice Archer"
    assert told[f"PATCH {names['TASK']}"]["status"] == "completed"
    assert told[f"PATCH {names['LINE']}"]["edited"]
    assert told["POST messages"]["next_update_due"] == told["POST snooze"]["snoozed_until"]
    assert told["POST merge"]["merged_into"]["id"] == made["id"]
    assert told["GET subscriptions"]["data"] == [told["POST subscriptions"]["data"]]
    usual, changed = (told[f"{method} incident-settings"] for method in ("GET", "PATCH"))
    assert (usual["version"], changed["version"]) == (0, 1)
    assert changed["severities"][0]["meaning"] == "Customers cannot pay"
    assert "Checkout is down" in told["POST postmortem"]["title"]
    assert told["PATCH postmortem"]["published_at"]
