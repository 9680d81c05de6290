"""The many ways to a door: how it is called, where the token may stand, what it may sign."""

import asyncio
from collections.abc import AsyncIterator
from hashlib import sha256
from hmac import digest
from typing import Any

import orjson
import pytest
from aiohttp import encode_basic_auth

from bot.encryption import SOURCES, Cipher
from bot.source_secrets import SourceSecrets
from bot.web.bodies import Reading
from core.bus import CommandBus
from core.domain.ids import OrganizationId
from tests.fakes.moment import FakeClock
from tests.fakes.store import FakeStore
from tests.integration.api.doors import (
    Client,
    Parts,
    application,
    bearer,
    integration,
    json_of,
    served,
)
from tests.integration.webhooks.cases import EVENT, POSTED
from tests.unit.webhooks.notifications import a_notification, an_alert

URL = "/webhooks/alertmanager"
BODY = orjson.dumps(a_notification())


def signature(token: str, body: bytes = BODY) -> str:
    return digest(token.encode(), body, sha256).hex()


async def test_the_token_may_be_half_of_a_basic_credential(client: Client, token: str) -> None:
    answers = [
        await client.post(URL, data=BODY, headers={"Authorization": encode_basic_auth(*credential)})
        for credential in (("tocsin", token), (token, ""))
    ]

    assert [answer.status for answer in answers] == [202, 202]


@pytest.mark.parametrize("name", ["token", "auth_token"])
async def test_the_token_may_stand_in_the_query(client: Client, token: str, name: str) -> None:
    right = await client.post(f"{URL}?{name}={token}", data=BODY)
    wrong = await client.post(f"{URL}?{name}=nonsense", data=BODY)

    assert (right.status, wrong.status) == (202, 401)


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("cloudevents", ["cloudevents", "cloud-events", "cloud_events", "cloudevent"]),
        ("generic", ["generic", "webhook"]),
        ("elasticsearch", ["elasticsearch", "elastic", "kibana"]),
    ],
)
async def test_a_source_goes_by_all_of_its_names(
    client: Client, bus: CommandBus, organization_id: OrganizationId, source: str, names: list[str]
) -> None:
    _, token = await integration(bus, organization_id, source=source)

    answers = [
        await client.post(f"/webhooks/{name}/{token}", json={**EVENT, "title": "x"})
        for name in names
    ]

    assert {answer.status for answer in answers} == {202}


async def test_a_slash_at_the_end_does_no_harm(client: Client, token: str) -> None:
    by_path = await client.post(f"{URL}/{token}/", data=BODY)
    by_header = await client.post(f"{URL}/", data=BODY, headers=bearer(token))

    assert (by_path.status, by_header.status) == (202, 202)


async def test_a_token_opens_the_door_of_its_own_source_only(
    client: Client, token: str, store: FakeStore
) -> None:
    answer = await client.post(f"/webhooks/grafana/{token}", data=BODY)

    assert answer.status == 401
    assert store.inbox.rows == {}


@pytest.fixture
async def prometheus(bus: CommandBus, organization_id: OrganizationId) -> str:
    _, token = await integration(bus, organization_id, source="prometheus")
    return token


async def test_prometheus_finds_the_path_that_it_appends(
    client: Client, prometheus: str, store: FakeStore
) -> None:
    by_header = await client.post(
        "/webhooks/prometheus/api/v2/alerts", json=[POSTED], headers=bearer(prometheus)
    )
    by_path = await client.post(f"/webhooks/prometheus/{prometheus}/api/v2/alerts", json=[POSTED])
    plainly = await client.post(f"/webhooks/prometheus/{prometheus}", json=[POSTED])

    assert [one.status for one in (by_header, by_path, plainly)] == [200, 200, 200]
    assert len(store.inbox.rows) == 3


async def test_an_empty_list_of_alerts_is_no_offence(client: Client, prometheus: str) -> None:
    answer = await client.post(f"/webhooks/prometheus/{prometheus}/api/v2/alerts", json=[])

    assert answer.status == 200


@pytest.fixture
async def datadog(bus: CommandBus, organization_id: OrganizationId) -> tuple[str, str]:
    """The id of a source and its token, which is shown to nobody."""
    made, token = await integration(bus, organization_id, source="alertmanager")
    return made.id, token


@pytest.mark.parametrize("name", ["X-Alertmanager-Signature", "X-Signature", "X-Hub-Signature-256"])
@pytest.mark.parametrize("scheme", ["sha256=", ""])
async def test_a_body_may_be_signed_with_the_token(
    client: Client, store: FakeStore, datadog: tuple[str, str], name: str, scheme: str
) -> None:
    id, token = datadog

    answer = await client.post(
        f"/api/v1/webhooks/alertmanager/{id}",
        data=BODY,
        headers={name: f"{scheme}{signature(token)}"},
    )

    assert answer.status == 200
    assert await json_of(answer) == {"status": "accepted"}
    assert [row.raw.body for row in store.inbox.rows.values()] == [BODY]


async def test_nothing_else_is_as_good_as_the_signature(
    client: Client, store: FakeStore, datadog: tuple[str, str]
) -> None:
    id, token = datadog
    url = f"/api/v1/webhooks/alertmanager/{id}"
    wrong: list[dict[str, str]] = [
        {"X-Signature": signature("another token")},
        {"X-Signature": signature(token, b"another body")},
        {"X-Signature": "sha256="},
        {"X-Signature": "naïve".encode().decode("latin-1")},
        {"X-Signature": token},
        bearer(token),
        {},
    ]

    answers = [await client.post(url, data=BODY, headers=headers) for headers in wrong]
    strange = await client.post(
        "/api/v1/webhooks/alertmanager/int_of_nobody",
        data=BODY,
        headers={"X-Signature": signature(token)},
    )
    elsewhere = await client.post(
        f"/api/v1/webhooks/grafana/{id}", data=BODY, headers={"X-Signature": signature(token)}
    )
    unknown = await client.post(f"/api/v1/webhooks/semaphore/{id}", data=BODY)

    assert {answer.status for answer in [*answers, strange, elsewhere]} == {401}
    assert unknown.status == 404
    assert store.inbox.rows == {}


async def test_a_token_that_was_never_sealed_says_how_to_mend_it(
    client: Client, store: FakeStore, datadog: tuple[str, str], organization_id: OrganizationId
) -> None:
    id, token = datadog
    rows = store.rows.of(organization_id).integrations
    for key, one in rows.items():
        rows[key] = type(one)(**{name: getattr(one, name) for name in one.__slots__} | BARE)

    answer = await client.post(
        f"/api/v1/webhooks/alertmanager/{id}",
        data=BODY,
        headers={"X-Signature": signature(token)},
    )

    assert answer.status == 401
    assert "rotate" in (await json_of(answer))["detail"]


BARE = {"sealed_token": ""}


async def test_who_asks_first_may_send_events(
    client: Client, bus: CommandBus, organization_id: OrganizationId
) -> None:
    _, token = await integration(bus, organization_id, source="cloudevents")
    asking = {"WebHook-Request-Origin": "events.example.com", "WebHook-Request-Rate": "120"}

    granted = await client.options(f"/webhooks/cloudevents/{token}", headers=asking)
    bare = await client.options("/webhooks/cloudevents", headers=asking)
    wrong = await client.options("/webhooks/cloudevents/nonsense", headers=asking)
    silent = await client.options(f"/webhooks/cloudevents/{token}")

    assert (granted.status, bare.status, wrong.status, silent.status) == (200, 200, 401, 400)
    assert granted.headers["WebHook-Allowed-Origin"] == "events.example.com"
    assert granted.headers["WebHook-Allowed-Rate"] == "*"


async def test_an_event_that_comes_again_is_answered_and_kept_once(
    client: Client, bus: CommandBus, organization_id: OrganizationId, store: FakeStore
) -> None:
    _, token = await integration(bus, organization_id, source="cloudevents")

    answers = [await client.post(f"/webhooks/cloudevents/{token}", json=EVENT) for _ in "ab"]

    assert [answer.status for answer in answers] == [202, 202]
    assert len(store.inbox.rows) == 1


async def test_a_body_that_never_ends_is_given_up(
    parts: Parts, token: str, store: FakeStore
) -> None:
    given_up = asyncio.Event()

    async def for_ever() -> AsyncIterator[bytes]:
        yield BODY[:10]
        await given_up.wait()

    async with served(application(parts, alert_reading=Reading(deadline=0.05))) as client:
        answer = await client.post(URL, data=for_ever(), headers=bearer(token))
        given_up.set()

    assert answer.status == 408
    assert store.inbox.rows == {}


async def test_a_body_that_is_signed_and_too_late_is_refused(
    client: Client, bus: CommandBus, organization_id: OrganizationId, clock: FakeClock
) -> None:
    secret = "the secret of a contact point"
    _, token = await integration(bus, organization_id, source="grafana", secret=secret)
    statuses = {}

    for seconds in (0, 299, -299, 301, -301):
        at = str(int(clock.now.timestamp()) - seconds)
        statuses[seconds] = await _signed(client, token, secret, at, f"{at}:".encode() + BODY)
    undated = await _signed(client, token, secret, str(int(clock.now.timestamp())), BODY)
    nonsense = await _signed(client, token, secret, "soon", b"soon:" + BODY)

    assert statuses == {0: 202, 299: 202, -299: 202, 301: 401, -301: 401}
    assert (undated, nonsense) == (401, 401)


async def _signed(client: Client, token: str, secret: str, at: str, signed: bytes) -> int:
    headers = {
        "X-Grafana-Alerting-Timestamp": at,
        "X-Grafana-Alerting-Signature": signature(secret, signed),
    }
    answer = await client.post(f"/webhooks/grafana/{token}", data=BODY, headers=headers)
    return answer.status


async def test_a_secret_that_cannot_be_read_lets_nobody_in(
    client: Client, bus: CommandBus, organization_id: OrganizationId, store: FakeStore
) -> None:
    foreign = SourceSecrets(cipher=Cipher("another secret key", purpose=SOURCES))
    made, token = await integration(bus, organization_id, source="grafana", secret="ours")
    rows = store.rows.of(organization_id).integrations
    sealed: dict[str, Any] = {"sealed_secret": foreign.seal("theirs")}
    values = {name: getattr(made, name) for name in made.__slots__}
    rows[made.id] = type(made)(**values | sealed)

    answer = await client.post(f"/webhooks/grafana/{token}", data=BODY)

    assert answer.status == 503
    assert store.inbox.rows == {}


async def test_the_alerts_of_a_long_list_that_is_broken_are_named(
    client: Client, prometheus: str
) -> None:
    answer = await client.post(
        f"/webhooks/prometheus/{prometheus}", json=[POSTED, {**POSTED, "startsAt": "soon"}]
    )

    assert answer.status == 422
    assert (await json_of(answer))["errors"][0]["source"]["field"] == "1.startsAt"


async def test_what_is_signed_and_broken_is_refused_like_the_rest(
    client: Client, datadog: tuple[str, str]
) -> None:
    id, token = datadog
    body = orjson.dumps(a_notification(an_alert(status="on")))

    answer = await client.post(
        f"/api/v1/webhooks/alertmanager/{id}",
        data=body,
        headers={"X-Signature": signature(token, body)},
    )

    assert answer.status == 422
