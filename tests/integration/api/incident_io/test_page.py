"""The requests of `docs/api/incident_io.md` do what the page says, one after the other."""

from tests.integration.api.checks.incident_io import Ground
from tests.integration.api.doors import json_of
from tests.integration.api.page_examples import examples_of


async def test_the_requests_of_the_page_are_answered_as_it_says(io: Ground) -> None:
    names = {"KEY": io.key, "USER": str(io.alice.actor.user_id)}
    found = []

    for example in examples_of("incident_io.md"):
        response = await example.send(io.client, names)
        assert response.status == example.status, (str(example), await response.text())
        answer = await json_of(response)
        found.append(next(iter(answer)))
        for noun, thing in answer.items():
            if isinstance(thing, dict) and "id" in thing:
                names[noun.upper()] = thing["id"]

    assert set(found) >= {"identity", "incident", "incidents", "incident_update", "follow_up"}
