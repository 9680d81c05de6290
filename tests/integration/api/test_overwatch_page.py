"""The requests of `docs/api/overwatch.md` do what the page says, one after the other."""

from core.bus import CommandBus
from core.commands import AddService
from core.domain.account import Dialect
from core.domain.actor import Caller
from tests.integration.api.doors import Client, api_key, json_of
from tests.integration.api.page_examples import examples_of

SCOPES = (
    *("incidents:write", "services:write", "metrics:write", "articles:write"),
    *("procedures:write", "procedures:execute", "integrations:write"),
)
NOUNS = {
    "inc": "INCIDENT",
    "prc": "PROCEDURE",
    "exe": "EXECUTION",
    "art": "ARTICLE",
    "met": "METRIC",
}
"""What a page calls a thing whose id begins so."""


async def test_the_requests_of_the_page_are_answered_as_it_says(
    client: Client, bus: CommandBus, alice: Caller
) -> None:
    service = await bus.execute(AddService(caller=alice, name="Payments"))
    names = {
        "TOKEN": await api_key(
            bus, alice.organization_id, scopes=SCOPES, dialect=Dialect.OVERWATCH
        ),
        "SERVICE": service.id,
    }
    found = []

    for example in examples_of("overwatch.md"):
        response = await example.send(client, names)
        assert response.status == example.status, (str(example), await response.text())
        answer = await json_of(response)
        if noun := NOUNS.get(str(answer.get("id", ""))[:3]):
            names[noun] = answer["id"]
        found += [(one["type"], one["id"]) for one in answer.get("results", ())]

    assert found == [
        ("incident", names["INCIDENT"]),
        ("procedure", names["PROCEDURE"]),
        ("article", names["ARTICLE"]),
        ("procedure", names["PROCEDURE"]),
    ]
