"""The requests of `docs/api/calendar.md` do what the page says, one after the other."""

from core.bus import CommandBus
from core.domain.ids import OrganizationId
from tests.integration.api.calendars import events_in
from tests.integration.api.doors import Client, api_key, json_of
from tests.integration.api.page_examples import examples_of

SCOPES = ("integrations:write", "maintenances:write")


async def test_the_requests_of_the_page_are_answered_as_it_says(
    client: Client, bus: CommandBus, organization_id: OrganizationId
) -> None:
    names = {"KEY": await api_key(bus, organization_id, scopes=SCOPES), "TOKEN": "none yet"}
    calendars = []

    for example in examples_of("calendar.md"):
        response = await example.send(client, names)
        assert response.status == example.status, (str(example), await response.text())
        if response.status == 201:
            names["TOKEN"] = (await json_of(response))["token"]
        if response.status == 200:
            calendars.append(events_in(await response.read()))

    assert calendars == [[], []]
