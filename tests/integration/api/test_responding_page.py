"""The requests of `docs/api/responding.md` do what the page says, one after the other."""

from core.bus import CommandBus
from core.domain.ids import OrganizationId
from tests.integration.api.doors import Client, api_key, json_of
from tests.integration.api.page_examples import examples_of

SCOPES = ("incidents:write", "organizations:write")


async def test_the_requests_of_the_page_are_answered_as_it_says(
    client: Client, bus: CommandBus, organization_id: OrganizationId
) -> None:
    key = await api_key(bus, organization_id, scopes=SCOPES)
    wanted = {"title": "Checkout is down", "severity": "high"}
    headers = {"Authorization": f"Bearer {key}"}
    made = await json_of(await client.post("/api/v1/incidents", json=wanted, headers=headers))
    over = await client.put(
        f"/api/v1/incidents/{made['id']}", json={"status": "resolved"}, headers=headers
    )
    assert over.status == 200
    names = {"KEY": key, "INCIDENT": str(made["id"])}
    seen = []

    for example in examples_of("responding.md"):
        response = await example.send(client, names)
        assert response.status == example.status, (str(example), await response.text())
        seen.append(await json_of(response))

    usual, changed, drafted, _, published = seen
    assert (usual["version"], changed["version"]) == (0, 1)
    assert changed["severities"][0]["meaning"] == "Customers cannot pay"
    assert "Checkout is down" in drafted["title"]
    assert published["published_at"]
