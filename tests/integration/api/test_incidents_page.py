"""The requests of `docs/api/incidents.md` do what the page says, one after the other."""

from core.domain.ids import OrganizationId
from tests.integration.api.doors import Client, json_of
from tests.integration.api.page_examples import examples_of


async def test_the_requests_of_the_page_are_answered_as_it_says(
    client: Client, organization_id: OrganizationId, overwatch: str
) -> None:
    names = {"KEY": overwatch, "INCIDENT": "INC-1"}
    seen = []

    for example in examples_of("incidents.md"):
        response = await example.send(client, names)
        assert response.status == example.status, (str(example), await response.text())
        seen.append(await json_of(response))

    _, made, shown, changed, *_ = seen
    assert (made["tags"], shown["id"]) == (["payments"], made["id"])
    assert changed["status"] == "resolved"
    assert changed["postmortem_url"] == "https://wiki.example.com/checkout"
