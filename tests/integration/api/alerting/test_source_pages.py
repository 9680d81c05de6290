"""The pages on alert sources and heartbeats: their requests work, and what they list is there."""

from bot.webhooks.sources import SOURCES
from bot.webhooks.triage import TriageWorker
from core.domain.source_settings import SourceSettings
from tests.integration.api.alerting.conftest import Watch
from tests.integration.api.doors import bearer
from tests.integration.api.page_examples import FOLDER, Example, examples_of

INTEGRATIONS, HEARTBEATS = "integrations.md", "../alerts/heartbeats.md"


async def answered(watch: Watch, page: str, names: dict[str, str]) -> list[int]:
    """What is made is known to the requests that follow, by the names of the page."""
    sent = []
    for example in examples_of(page):
        response = await example.send(watch.door.client, {"KEY": watch.key, **names})
        assert response.status == example.status, (str(example), await response.text())
        sent.append(response.status)
        if response.status == 201:
            body = await response.json()
            names |= {"SOURCE": body["id"], "HEARTBEAT": body["id"], "TOKEN": body["token"]}
    return sent


async def test_the_requests_on_alert_sources_are_answered_as_the_page_says(guard: Watch) -> None:
    wish = {"name": "Queues", "type": "generic"}
    made = await guard.ask("POST", "/api/v1/integrations", wish)
    await _heard(guard, made["token"])
    [sent] = (await guard.ask("GET", f"/api/v1/integrations/{made['id']}/payloads"))["data"]

    statuses = [
        await _status(guard, example, made["id"], sent["id"])
        for example in examples_of(INTEGRATIONS)
    ]

    assert statuses == [201, 200, 200, 200, 200, 200, 202, 204]


async def test_the_requests_on_heartbeats_are_answered_as_the_page_says(guard: Watch) -> None:
    sent = await answered(guard, HEARTBEATS, {})

    assert sent == [201, 204, 200, 200, 200, 204]


def test_every_setting_is_on_the_page() -> None:
    page = (FOLDER / INTEGRATIONS).read_text(encoding="utf-8")

    assert [name for name in SourceSettings.__slots__ if f"`{name}`" not in page] == []


async def _heard(watch: Watch, token: str) -> None:
    alert = {"title": "The queue is long", "key": "queue-1"}
    path = "/webhooks/generic"
    async with watch.door.client.post(path, json=alert, headers=bearer(token)) as response:
        assert response.status == 202
    await TriageWorker(watch.door.storage.inbox, watch.door.bus, SOURCES).turn()


async def _status(watch: Watch, example: Example, source: str, payload: str) -> int:
    names = {"KEY": watch.key, "SOURCE": source, "PAYLOAD": payload}
    response = await example.send(watch.door.client, names)
    assert response.status == example.status, (str(example), await response.text())
    return response.status
