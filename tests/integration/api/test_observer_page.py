"""The requests of `docs/api/observer.md` do what the page says, one after the other."""

from core.bus import CommandBus
from core.commands import AddMetric, AddService
from core.domain.account import Dialect
from core.domain.actor import Caller
from tests.integration.api.doors import Client, api_key, json_of
from tests.integration.api.page_examples import examples_of

SCOPES = ("incidents:write", "maintenances:write")


async def test_the_requests_of_the_page_are_answered_as_it_says(
    client: Client, bus: CommandBus, alice: Caller
) -> None:
    service = await bus.execute(AddService(caller=alice, name="Payments"))
    metric = await bus.execute(AddMetric(caller=alice, name="declined cards"))
    names = {
        "KEY": await api_key(bus, alice.organization_id, scopes=SCOPES, dialect=Dialect.OBSERVER),
        "SERVICE": service.id,
        "METRIC": metric.id,
    }
    answers = []

    for example in examples_of("observer.md"):
        response = await example.send(client, names)
        assert response.status == example.status, (str(example), await response.text())
        if response.status == 200:
            answer = await json_of(response)
            answers.append(answer)
            names[str(answer.get("type", "list")).upper()] = str(answer.get("id"))

    states = [answer["state"] for answer in answers if "state" in answer]
    assert states == [
        *("draft", "published", "published", "published", "resolved", "draft"),
        *("scheduled", "in_progress", "in_progress", "in_progress", "in_progress", "completed"),
        *("scheduled", "scheduled", "scheduled", "in_progress"),
    ]
