"""incident.io's alerts: events in, alerts and their incidents out, over either store."""

from base64 import b64encode
from typing import Any

import pytest
from incident_io.models.alerts_list_incident_alerts_result_v2 import (
    AlertsListIncidentAlertsResultV2,
)
from incident_io.models.alerts_list_result_v2 import AlertsListResultV2

from bot.credentials import hash_of, new_token
from core.commands import CreateIntegration
from core.domain.integration import Integration
from tests.fakes.people import the_operator
from tests.integration.api.checks.opsknight import DOCUMENTED, GATEWAY, Ground
from tests.integration.api.doors import api_key

EVENT = {
    "title": "Checkout times out",
    "status": "firing",
    "deduplication_key": "timeouts",
    "description": "Every fifth request.",
    "source_url": "https://monitoring.example.com/7",
    "metadata": {"severity": "critical"},
}
RESOLVED = EVENT | {"status": "resolved"}


@pytest.fixture
def token() -> str:
    return new_token()


@pytest.fixture
async def source(k: Ground, token: str) -> Integration:
    return await _source(k, token, "incident_io")


@pytest.fixture
def url(source: Integration) -> str:
    return f"/v2/alert_events/http/{source.id}"


async def _source(k: Ground, token: str, kind: str) -> Integration:
    return await k.bus.execute(
        CreateIntegration(
            caller=the_operator(k.organization_id),
            source=kind,
            name="Monitoring",
            token_hash=hash_of(token),
            service_id=GATEWAY,
        )
    )


async def _send(k: Ground, url: str, *events: dict[str, Any]) -> None:
    for event in events:
        await k.ask("POST", url, event, status=202)
        await k.triage()
        k.clock.advance(seconds=1)


async def _alerts(k: Ground, query: str = "") -> list[Any]:
    alerts: list[Any] = (await k.get(f"/v2/alerts{query}"))["alerts"]
    return alerts


async def test_an_event_is_stored_and_answered_as_documented(k: Ground, url: str) -> None:
    body = await k.ask("POST", url, EVENT, status=202)

    assert body == {
        "status": "success",
        "message": "Event accepted for processing",
        "deduplication_key": "timeouts",
    }
    assert await k.inbox.waiting() == 1


async def test_a_missing_key_is_made_and_answered(k: Ground, url: str) -> None:
    event = {"title": "Slow", "status": "firing"}

    keys = {(await k.ask("POST", url, event, status=202))["deduplication_key"] for _ in range(2)}
    await k.triage()

    assert len(keys) == 2
    assert {alert["deduplication_key"] for alert in await _alerts(k)} == keys


@pytest.mark.parametrize("place", ["bearer", "password", "login", "query"])
async def test_a_source_shows_its_token_in_any_place(
    k: Ground, url: str, token: str, place: str
) -> None:
    headers = {
        "bearer": {"Authorization": f"Bearer {token}"},
        "password": {"Authorization": f"Basic {b64encode(f'x:{token}'.encode()).decode()}"},
        "login": {"Authorization": f"Basic {b64encode(f'{token}:'.encode()).decode()}"},
        "query": {},
    }[place]
    path = f"{url}?token={token}" if place == "query" else url

    await k.ask("POST", path, EVENT, headers=headers, status=202)

    assert await k.inbox.waiting() == 1


async def test_wrong_credentials_are_refused(k: Ground, url: str, source: Integration) -> None:
    other = new_token()
    await _source(k, other, "incident_io")
    weak = await api_key(k.bus, k.organization_id, scopes=["incidents:write"])

    await k.ask("POST", url, EVENT, headers={}, status=401)
    await k.ask("POST", f"{url}?token=nonsense", EVENT, headers={}, status=401)
    await k.ask("POST", url, EVENT, key="nonsense", status=401)
    await k.ask("POST", url, EVENT, key=other, status=401)
    await k.ask("POST", url, EVENT, key=weak, status=403)
    await k.ask("POST", "/v2/alert_events/http/int_404", EVENT, status=404)
    assert await k.inbox.waiting() == 0


async def test_a_source_of_another_kind_is_not_found(k: Ground) -> None:
    other = await _source(k, new_token(), "alertmanager")

    await k.ask("POST", f"/v2/alert_events/http/{other.id}", EVENT, status=404)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": None}, "title"),
        ({"title": " "}, "title"),
        ({"status": "broken"}, "status"),
        ({"deduplication_key": "x" * 256}, "deduplication_key"),
    ],
)
async def test_a_broken_event_names_what_is_wrong(
    k: Ground, url: str, changes: dict[str, Any], field: str
) -> None:
    body = await k.ask("POST", url, EVENT | changes, status=422)

    assert body["errors"][0]["source"]["field"] == field


async def test_an_alert_is_listed_and_shown(k: Ground, url: str, source: Integration) -> None:
    await _send(k, url, EVENT, EVENT)

    [alert] = await _alerts(k)

    assert {name: value for name, value in alert.items() if not name.endswith("_at")} == {
        "id": alert["id"],
        "title": "Checkout times out",
        "description": "Every fifth request.",
        "alert_source_id": source.id,
        "deduplication_key": "timeouts",
        "status": "firing",
        "suppressed": False,
        "source_url": "https://monitoring.example.com/7",
        "alert_group_ids": [],
        "attributes": [],
        "tags": [],
    }
    assert alert["created_at"] == alert["updated_at"]
    assert (await k.get(f"/v2/alerts/{alert['id']}")) == {"alert": alert}
    await k.get("/v2/alerts/alr_404", status=404)


async def test_a_resolved_event_resolves_alert_and_incident(k: Ground, url: str) -> None:
    await _send(k, url, EVENT, RESOLVED)

    [alert] = await _alerts(k)
    [attached] = (await k.get("/v2/incident_alerts"))["incident_alerts"]
    assert alert["status"] == "resolved"
    assert alert["resolved_at"] == alert["updated_at"] > alert["created_at"]
    assert attached["incident"]["status_category"] == "learning"


async def test_alerts_are_filtered(k: Ground, url: str, source: Integration) -> None:
    other = EVENT | {"deduplication_key": "other", "title": "Other"}
    await _send(k, url, EVENT, RESOLVED, other)
    late, early = await _alerts(k)

    async def found(query: str) -> list[str]:
        return [alert["id"] for alert in await _alerts(k, f"?{query}")]

    assert await found("deduplication_key%5Bis%5D=other") == [late["id"]]
    assert await found("status%5Bone_of%5D=resolved") == [early["id"]]
    assert await found("status[not_in]=resolved") == [late["id"]]
    assert await found("status[one_of]=firing&status[one_of]=resolved") == [late["id"], early["id"]]
    assert await found("status[one_of]=firing&status[not_in]=firing") == []
    assert await found(f"alert_source[one_of]={source.id}") == [late["id"], early["id"]]
    assert await found("alert_source[one_of]=int_404") == []
    assert await found(f"created_at[gte]={late['created_at']}") == [late["id"]]
    assert await found(f"created_at[lte]={early['created_at']}") == [early["id"]]
    assert await found("created_at[date_range]=2030-01-01~2030-01-02") == [late["id"], early["id"]]
    assert await found("colour[is]=red") == [late["id"], early["id"]]


@pytest.mark.parametrize(
    "query",
    [
        "page_size=0",
        "page_size=51",
        "page_size=x",
        "after=alr_404",
        "status[one_of]=broken",
        "status[is]=firing",
        "created_at[gte]=soon",
        "created_at[date_range]=2030-01-01",
        "deduplication_key[one_of]=x",
    ],
)
async def test_a_question_nobody_understands_is_refused(k: Ground, query: str) -> None:
    body = await k.get(f"/v2/alerts?{query}", status=422)

    assert body["errors"][0]["source"]["field"] == query.partition("=")[0]


async def test_pages_follow_each_other_to_the_end(k: Ground, url: str) -> None:
    await _send(k, url, *(EVENT | {"deduplication_key": f"key {n}"} for n in range(5)))
    seen: list[str] = []
    query = "?page_size=2"

    while query:
        page = await k.get(f"/v2/alerts{query}")
        seen += [alert["deduplication_key"] for alert in page["alerts"]]
        meta = page["pagination_meta"]
        query = f"?page_size=2&after={meta['after']}" if "after" in meta else ""

    assert seen == [f"key {n}" for n in (4, 3, 2, 1, 0)]


async def test_alerts_of_an_incident_are_listed(k: Ground, url: str) -> None:
    await _send(k, url, EVENT, EVENT | {"deduplication_key": "other"})
    entries = (await k.get("/v2/incident_alerts"))["incident_alerts"]
    incident, alert = entries[0]["incident"], entries[0]["alert"]

    of_incident = await k.get(f"/v2/incident_alerts?incident_id={incident['id']}")
    of_alert = await k.get(f"/v2/incident_alerts?alert_id={alert['id']}")

    assert len(entries) == 2
    assert of_incident["incident_alerts"] == of_alert["incident_alerts"] == entries[:1]
    assert incident["name"] == "Checkout times out"
    assert incident["reference"] == f"INC-{incident['external_id']}"
    assert (incident["status_category"], incident["visibility"]) == ("live", "public")


async def test_an_alert_is_resolved_by_hand_with_its_incident(k: Ground, url: str) -> None:
    await _send(k, url, EVENT)
    [alert] = await _alerts(k)

    for _ in range(2):
        body = await k.ask("POST", f"/v2/alerts/{alert['id']}/actions/resolve")
        assert body["alert"]["status"] == "resolved"

    [attached] = (await k.get("/v2/incident_alerts"))["incident_alerts"]
    assert attached["incident"]["status_category"] == "learning"
    await k.ask("POST", "/v2/alerts/alr_404/actions/resolve", status=404)


async def test_an_alert_moves_to_another_incident(k: Ground, url: str) -> None:
    await _send(k, url, EVENT)
    [alert] = await _alerts(k)
    wish = {"incident_id": DOCUMENTED, "alert_id": alert["id"], "re_relate": False}

    moved = [await k.ask("POST", "/v2/incident_alerts", wish, status=201) for _ in range(2)]

    assert moved[0] == moved[1]
    assert moved[0]["incident_alert"]["incident"]["id"] == DOCUMENTED
    [attached] = (await k.get(f"/v2/incident_alerts?incident_id={DOCUMENTED}"))["incident_alerts"]
    assert attached == moved[0]["incident_alert"]


@pytest.mark.parametrize("field", ["incident_id", "alert_id"])
async def test_attaching_what_is_not_there_names_the_field(k: Ground, url: str, field: str) -> None:
    await _send(k, url, EVENT)
    [alert] = await _alerts(k)
    wish = {"incident_id": DOCUMENTED, "alert_id": alert["id"]}

    unknown = await k.ask("POST", "/v2/incident_alerts", wish | {field: "x_404"}, status=422)
    missing = await k.ask("POST", "/v2/incident_alerts", wish | {field: None}, status=422)

    assert unknown["errors"][0]["source"]["field"] == field
    assert missing["errors"][0]["source"]["field"] == field


async def test_the_official_client_reads_what_is_answered(k: Ground, url: str) -> None:
    await _send(k, url, EVENT, EVENT | {"deduplication_key": "other"}, RESOLVED)

    alerts = AlertsListResultV2.from_dict(await k.get("/v2/alerts?page_size=1"))
    attached = AlertsListIncidentAlertsResultV2.from_dict(await k.get("/v2/incident_alerts"))

    [alert] = alerts.alerts
    assert (alert.title, alert.status) == ("Checkout times out", "firing")
    assert alerts.pagination_meta.after == alert.id
    assert [entry.incident.status_category for entry in attached.incident_alerts] == [
        "live",
        "learning",
    ]
