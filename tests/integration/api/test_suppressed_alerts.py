"""Alerts that a window suppresses, as every door shows them; over either store."""

from datetime import timedelta
from typing import Any

import pytest

from core.commands import CompleteMaintenance, RaiseSuppressedAlerts, ScheduleMaintenance
from core.domain.maintenance import Maintenance
from tests.fakes.people import the_operator
from tests.integration.api.checks.opsknight import DOCUMENTED, GATEWAY, Ground
from tests.integration.api.doors import api_key


@pytest.fixture
async def window(k: Ground) -> Maintenance:
    wish = ScheduleMaintenance(
        caller=the_operator(k.organization_id),
        title="Gateway <upgrade> & more",
        start_now=True,
        scheduled_end_at=k.clock() + timedelta(hours=1),
        service_ids=(GATEWAY,),
    )
    return await k.bus.execute(wish)


@pytest.fixture
def named(window: Maintenance) -> dict[str, str]:
    """The window as OpsKnight's programs see it."""
    return {"id": window.id, "reference": "MNT-1", "title": "Gateway <upgrade> & more"}


async def _end(k: Ground, window: Maintenance) -> None:
    """It is completed some minutes later, and the clock does the rest."""
    k.clock.advance(minutes=5)
    operator = the_operator(k.organization_id)
    await k.bus.execute(CompleteMaintenance(caller=operator, maintenance_id=window.id))
    await k.bus.execute(RaiseSuppressedAlerts(caller=operator, maintenance_id=window.id))


async def _event(k: Ground, **changes: Any) -> Any:
    """What is answered to an event, which is then triaged."""
    body = await k.event(**changes)
    await k.triage()
    return body["result"]


async def _alerts(k: Ground, query: str = "") -> list[Any]:
    alerts: list[Any] = (await k.get(f"/v2/alerts{query}"))["alerts"]
    return alerts


async def _incidents(k: Ground) -> list[Any]:
    page = await k.list()
    return [incident for incident in page["incidents"] if incident["id"] != DOCUMENTED]


async def test_an_event_in_a_window_is_answered_with_the_window(
    k: Ground, named: dict[str, str]
) -> None:
    first = await _event(k)
    again = await _event(k)

    assert first == {"action": "triggered", "maintenance": named}
    assert again == {"action": "deduplicated", "maintenance": named}
    assert await _incidents(k) == []


@pytest.mark.parametrize(("action", "word"), [("acknowledge", "ignored"), ("resolve", "resolved")])
async def test_what_is_said_of_a_suppressed_alert_is_answered_as_it_is(
    k: Ground, named: dict[str, str], action: str, word: str
) -> None:
    await _event(k)

    result = await _event(k, event_action=action)

    assert result == {"action": word, "maintenance": named}
    assert [alert["status"] for alert in await _alerts(k)] == [
        "resolved" if action == "resolve" else "firing"
    ]


async def test_an_event_of_another_service_is_answered_without_it(
    k: Ground, window: Maintenance
) -> None:
    made = await k.ask(
        "POST",
        "/api/v1/services",
        {"name": "Search"},
        key=await api_key(k.bus, k.organization_id, scopes=("services:write",)),
        status=201,
    )

    result = await _event(k, service_id=made["id"])

    assert result == {"action": "triggered"}


async def test_after_the_end_the_event_is_about_the_incident(
    k: Ground, window: Maintenance
) -> None:
    await _event(k)
    await _end(k, window)

    result = await _event(k)

    [incident] = await _incidents(k)
    assert result["action"] == "deduplicated"
    assert result["incident"]["id"] == incident["id"]
    assert "maintenance" not in result


async def test_a_suppressed_alert_is_listed_with_its_window(k: Ground, window: Maintenance) -> None:
    await _event(k)

    [alert] = await _alerts(k)
    shown = (await k.get(f"/v2/alerts/{alert['id']}"))["alert"]

    assert (alert["status"], alert["suppressed"]) == ("firing", True)
    assert alert["maintenance_window"] == {
        "id": window.id,
        "reference": "MNT-1",
        "name": "Gateway <upgrade> & more",
    }
    assert shown == alert


async def test_an_alert_that_was_raised_still_names_its_window(
    k: Ground, window: Maintenance
) -> None:
    await _event(k)
    await _end(k, window)

    [alert] = await _alerts(k)

    [incident] = await _incidents(k)
    attached = (await k.get("/v2/incident_alerts"))["incident_alerts"]
    assert (alert["suppressed"], alert["maintenance_window"]["id"]) == (False, window.id)
    assert [one["incident"]["id"] for one in attached] == [incident["id"]]


async def test_alerts_are_found_by_their_window(k: Ground, window: Maintenance) -> None:
    await _event(k)
    other = await k.event(dedup_key="other", service_id=GATEWAY)
    await k.triage()
    await _end(k, window)
    await _event(k, dedup_key="later")

    of_window = await _alerts(k, f"?maintenance_window[is]={window.id}")

    assert {alert["deduplication_key"] for alert in of_window} == {"latency", other["dedup_key"]}
    assert len(await _alerts(k)) == 3
    assert await _alerts(k, "?maintenance_window[is]=mnt_404") == []


async def test_a_filter_by_window_that_nobody_can_read_is_refused(k: Ground) -> None:
    body = await k.get("/v2/alerts?maintenance_window[one_of]=a", status=422)

    assert "maintenance_window[is]=ID" in str(body)


async def test_a_suppressed_alert_is_resolved_and_attached_by_hand(
    k: Ground, window: Maintenance
) -> None:
    await _event(k)
    await _event(k, dedup_key="other")
    second, first = await _alerts(k)

    resolved = await k.ask("POST", f"/v2/alerts/{first['id']}/actions/resolve")
    attached = await k.ask(
        "POST",
        "/v2/incident_alerts",
        {"incident_id": DOCUMENTED, "alert_id": second["id"]},
        status=201,
    )
    await _end(k, window)

    assert (resolved["alert"]["status"], resolved["alert"]["suppressed"]) == ("resolved", True)
    assert attached["incident_alert"]["alert"]["suppressed"] is False
    assert await _incidents(k) == []


async def test_incidents_name_the_windows_they_were_declared_in(
    k: Ground, window: Maintenance
) -> None:
    made = await k.create()
    await _event(k)
    await _end(k, window)

    by_hand = await k.get(f"/api/v1/incidents/{made['incident']['id']}")

    [raised] = [one for one in await _incidents(k) if one["id"] != made["incident"]["id"]]
    from_alert = await k.get(f"/api/v1/incidents/{raised['id']}")
    for shown in (by_hand, from_alert):
        [note] = shown["maintenance_windows"]
        assert (note["id"], note["reference"]) == (window.id, "MNT-1")
