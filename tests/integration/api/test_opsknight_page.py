"""The requests of `docs/api/opsknight.md` do what the page says, one after the other."""

from core.bus import CommandBus
from core.commands import AddService
from core.domain.account import Dialect
from core.domain.actor import Caller
from tests.integration.api.doors import Client, api_key, json_of
from tests.integration.api.page_examples import examples_of

SCOPES = ("incidents:write", "events:write", "services:read")


async def test_the_requests_of_the_page_are_answered_as_it_says(
    client: Client, bus: CommandBus, alice: Caller
) -> None:
    service = await bus.execute(AddService(caller=alice, name="Payments"))
    names = {
        "KEY": await api_key(bus, alice.organization_id, scopes=SCOPES, dialect=Dialect.OPSKNIGHT),
        "SERVICE": service.id,
        "USER": str(alice.actor.user_id),
    }
    statuses = []

    for example in examples_of("opsknight.md"):
        response = await example.send(client, names)
        answer = await json_of(response)
        assert response.status == example.status, (str(example), answer)
        if "incident" in answer:
            names["INCIDENT"] = answer["id"]
            statuses.append(answer["status"])

    assert statuses == ["triggered", "ACKNOWLEDGED", "ACKNOWLEDGED", "ACKNOWLEDGED"]
