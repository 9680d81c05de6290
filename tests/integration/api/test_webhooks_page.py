"""The page `docs/api/webhooks.md`: its requests work, its table is whole, its sample verifies."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.credentials import new_signing_secret
from bot.outgoing.schedule import DELAYS
from bot.outgoing.signature import signed_headers
from core.bus import CommandBus
from core.domain.event_names import EVENTS
from core.domain.ids import OrganizationId
from tests.integration.api.doors import Client, api_key, json_of
from tests.integration.api.page_examples import FOLDER, examples_of

PAGE = (FOLDER / "webhooks.md").read_text(encoding="utf-8")
SCOPES = ("integrations:write", "incidents:read", "maintenances:read")


async def test_the_requests_of_the_page_are_answered_as_it_says(
    client: Client, bus: CommandBus, organization_id: OrganizationId
) -> None:
    names = {"KEY": await api_key(bus, organization_id, scopes=SCOPES)}
    sent = []

    for example in examples_of("webhooks.md"):
        response = await example.send(client, names)
        assert response.status == example.status, (str(example), await response.text())
        sent.append(response.status)
        body = await json_of(response) if response.status in (201, 202) else {}
        if "id" in body:
            name = "ENDPOINT" if response.status == 201 else "DELIVERY"
            names[name] = str(body["id"])

    assert sent == [201, 200, 200, 202, 200, 202, 200, 202, 204]


def test_every_event_is_on_the_page() -> None:
    told = set(re.findall(r"`(\w+\.\w+)`", PAGE))
    nouns = re.search(r"with `noun`.*?:\n(.*)\.$", PAGE, re.MULTILINE | re.DOTALL)
    assert nouns
    of_nouns = {
        f"{noun}.{done}"
        for noun in re.findall(r"`(\w+)`", nouns[1].split("\n\n")[0])
        for done in ("created", "updated", "deleted")
    }

    assert set(EVENTS) - told - of_nouns == set()
    assert of_nouns - set(EVENTS) == set()


def test_the_page_says_how_long_it_is_tried() -> None:
    spoken = {5: "5 s", 30: "30 s", 120: "2 min", 600: "10 min", 1_800: "30 min", 3_600: "1 h"}
    waits = [spoken.get(delay, f"{delay // 3_600} h") for delay in DELAYS]

    assert f"{', '.join(waits[:-1])} and {waits[-1]}" in PAGE


def test_the_sample_of_the_page_tells_genuine_from_forged() -> None:
    [sample] = re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    names: dict[str, Any] = {}
    exec(sample, names)
    genuine: Callable[..., bool] = names["genuine"]
    secret, other = new_signing_secret(), new_signing_secret()
    now = datetime.now(UTC)
    headers = signed_headers("msg_1", now, b"{}", [other, secret])
    stale = signed_headers("msg_1", now - timedelta(minutes=6), b"{}", [secret])

    verdicts = [
        genuine(secret, headers, b"{}"),
        genuine(other, headers, b"{}"),
        genuine(new_signing_secret(), headers, b"{}"),
        genuine(secret, headers, b"{ }"),
        genuine(secret, stale, b"{}"),
    ]

    assert verdicts == [True, True, False, False, False]
