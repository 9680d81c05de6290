"""`POST /webhooks/alertmanager`: checked, stored, and only then answered."""

import logging
from dataclasses import replace
from io import BytesIO

import orjson
import pytest

from bot.web.bodies import Reading
from bot.webhooks.sources import SOURCES
from bot.webhooks.triage import TriageWorker
from core.bus import CommandBus
from core.domain.ids import OrganizationId
from core.domain.integration import Integration
from core.domain.state import State
from core.errors import Unavailable
from core.ports import PendingDelivery, RawDelivery
from tests.fakes.moment import FakeClock
from tests.fakes.store import FakeStore
from tests.integration.api.doors import (
    Client,
    Parts,
    api_key,
    application,
    bearer,
    json_of,
    served,
)
from tests.integration.api.hostile import HOSTILE
from tests.unit.webhooks.captures import ALL, captured
from tests.unit.webhooks.notifications import a_notification, an_alert

URL = "/webhooks/alertmanager"


async def test_a_notification_is_stored_to_the_byte(
    client: Client, store: FakeStore, source: tuple[Integration, str], clock: FakeClock
) -> None:
    integration, token = source
    body = orjson.dumps(a_notification(), option=orjson.OPT_INDENT_2)

    response = await client.post(URL, data=body, headers=bearer(token))

    (pending,) = await store.inbox.pending(10)
    assert response.status == 202
    assert await json_of(response) == {"status": "accepted"}
    assert pending.raw.body == body
    assert pending.raw.integration_id == integration.id
    assert pending.raw.received_at == clock.now


@pytest.mark.parametrize("name", ALL)
async def test_every_captured_notification_is_accepted(
    client: Client, token: str, name: str
) -> None:
    response = await client.post(URL, json=captured(name), headers=bearer(token))

    assert response.status == 202


async def test_the_token_may_stand_in_the_path(
    client: Client, store: FakeStore, token: str
) -> None:
    response = await client.post(f"{URL}/{token}", json=a_notification())

    assert response.status == 202
    assert await store.inbox.waiting() == 1


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
async def test_the_content_type_does_not_matter(client: Client, token: str, kind: str) -> None:
    body = orjson.dumps(a_notification())

    response = await client.post(URL, data=body, headers={**bearer(token), "Content-Type": kind})

    assert response.status == 202


async def test_an_unknown_source_is_not_found(client: Client, token: str) -> None:
    response = await client.post("/webhooks/semaphore", json={}, headers=bearer(token))

    assert response.status == 404
    assert "alertmanager" in (await json_of(response))["detail"]


async def test_wrong_tokens_are_all_answered_alike(
    client: Client, bus: CommandBus, organization_id: OrganizationId, store: FakeStore
) -> None:
    key = await api_key(bus, organization_id, scopes=["events:write"])

    answers = [
        await client.post(URL, json=a_notification(), headers=bearer(secret))
        for secret in ("nonsense", key, "Müller")
    ]
    answers.append(await client.post(f"{URL}/nonsense", json=a_notification()))

    bodies = [await json_of(answer) for answer in answers]
    assert {answer.status for answer in answers} == {401}
    assert {body["detail"] for body in bodies} == {"This token does not open this webhook."}
    assert await store.inbox.waiting() == 0


async def test_no_token_at_all_is_said_so(client: Client) -> None:
    response = await client.post(URL, json=a_notification())

    body = await json_of(response)
    assert response.status == 401
    assert body["errors"][0]["code"] == "missing_authorization_material"


async def test_a_token_in_the_path_is_never_told(
    client: Client, token: str, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)

    refused = await client.post(f"{URL}/{token}", data=b"not json")
    missed = await client.post(f"{URL}/{token}/more", data=b"{}")
    accepted = await client.post(f"{URL}/{token}", json=a_notification())

    told = [await answer.text() for answer in (refused, missed, accepted)]
    assert (refused.status, missed.status, accepted.status) == (400, 404, 202)
    assert token not in "".join([*told, caplog.text, *capsys.readouterr()])


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_hostile_body_is_refused_and_not_stored(
    client: Client, store: FakeStore, token: str, name: str
) -> None:
    body, headers = HOSTILE[name]

    response = await client.post(URL, data=BytesIO(body), headers={**bearer(token), **headers})

    assert response.status in {400, 413, 415, 422}
    assert (await json_of(response))["errors"][0]["message"]
    assert await store.inbox.waiting() == 0


async def test_a_broken_alert_is_named(client: Client, token: str) -> None:
    payload = a_notification(an_alert(), an_alert(status="on"))

    response = await client.post(URL, json=payload, headers=bearer(token))

    body = await json_of(response)
    assert response.status == 422
    assert body["errors"][0]["source"] == {
        "field": "alerts.1.status",
        "pointer": "/alerts/1/status",
    }


async def test_ten_thousand_alerts_come_in_one_body(
    client: Client, store: FakeStore, token: str, bus: CommandBus, organization_id: OrganizationId
) -> None:
    note = {"summary": "p99 latency is high", "description": "x" * 200}
    alerts = [an_alert(str(number), annotations=note) for number in range(10_000)]
    body = orjson.dumps(a_notification(*alerts))

    response = await client.post(URL, data=BytesIO(body), headers=bearer(token))
    await TriageWorker(store.inbox, bus, SOURCES).turn()

    rows = store.rows.of(organization_id)
    assert 4_000_000 < len(body) < 8 * 1024 * 1024
    assert response.status == 202
    assert len(rows.incidents) == 1
    assert len(rows.episodes) == 10_000


async def test_the_limit_is_that_of_alert_routes(
    parts: Parts, store: FakeStore, token: str
) -> None:
    async with served(application(parts, alert_reading=Reading(limit=1_000))) as client:
        large = orjson.dumps(a_notification(an_alert(annotations={"description": "x" * 1_000})))
        response = await client.post(URL, data=large, headers=bearer(token))

    assert response.status == 413
    assert await store.inbox.waiting() == 0


class FullInbox:
    """An inbox whose database does not answer."""

    async def store(self, delivery: RawDelivery) -> None:
        raise Unavailable("The database is busy; try again in a moment.")

    async def pending(self, limit: int) -> list[PendingDelivery]:
        return []

    async def waiting(self) -> int:
        raise Unavailable("The database is busy; try again in a moment.")


async def test_what_could_not_be_stored_is_answered_503_and_wakes_nobody(
    parts: Parts, token: str
) -> None:
    woken: list[str] = []
    full = replace(parts, inbox=FullInbox())

    async with served(application(full, on_stored=lambda: woken.append("triage"))) as client:
        response = await client.post(URL, json=a_notification(), headers=bearer(token))
        body = await json_of(response)

    assert response.status == 503
    assert response.headers["Retry-After"] == "1"
    assert body["type"] == "api_error"
    assert woken == []


async def test_triage_is_woken_once_it_is_stored(
    parts: Parts, store: FakeStore, token: str
) -> None:
    stored: list[int] = []

    async with served(
        application(parts, on_stored=lambda: stored.append(len(store.inbox.rows)))
    ) as client:
        await client.post(URL, json=a_notification(), headers=bearer(token))

    assert stored == [1]


async def test_a_group_fires_and_resolves_one_incident(
    parts: Parts, store: FakeStore, token: str, bus: CommandBus, organization_id: OrganizationId
) -> None:
    worker = TriageWorker(store.inbox, bus, SOURCES)
    firing = [an_alert(name) for name in "abc"]
    ended = [alert | {"status": "resolved", "endsAt": "2030-01-01T11:30:00Z"} for alert in firing]

    async with served(application(parts)) as client:
        for alerts in (firing[:1], firing, [*ended[:1], *firing[1:]], ended):
            await client.post(URL, json=a_notification(*alerts), headers=bearer(token))
            await worker.turn()

    (incident,) = store.rows.of(organization_id).incidents.values()
    assert incident.state is State.RESOLVED
