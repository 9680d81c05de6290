"""PagerDuty's Events API: stored before it is answered, and answered as PagerDuty does."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest

from core.bus import CommandBus
from core.commands import AddService
from core.domain.alert import Fate
from core.domain.severity import Severity
from core.domain.state import State
from core.errors import Unavailable
from core.ports import PendingDelivery, RawDelivery
from tests.fakes.people import the_operator
from tests.integration.api.doors import Parts, application, integration, served
from tests.integration.api.hostile import HOSTILE
from tests.integration.paging.ground import Ground

PLACES = ["/pagerduty/v2/enqueue", "/api/integrations/pagerduty/v2/enqueue"]
CHANGE = {"payload": {"summary": "Deploy 1.2.3", "source": "ci"}}


@pytest.mark.parametrize("place", PLACES)
async def test_an_event_is_answered_as_pagerduty_answers_it(pd: Ground, place: str) -> None:
    body = await pd.enqueue(place=place)

    assert body == {
        "status": "success",
        "message": "Event processed",
        "dedup_key": "latency",
    }
    assert await pd.store.inbox.waiting() == 1


async def test_the_routing_key_is_not_kept(pd: Ground) -> None:
    await pd.enqueue()

    [pending] = await pd.store.inbox.pending(10)

    assert pd.token.encode() not in pending.raw.body


async def test_it_may_stand_in_a_header(pd: Ground) -> None:
    event = {"event_action": "resolve", "dedup_key": "latency"}

    response = await pd.client.post(PLACES[0], json=event, headers={"X-Routing-Key": pd.token})

    assert response.status == 202


async def test_an_alert_is_triggered_acknowledged_and_resolved(pd: Ground) -> None:
    states: list[State] = []
    for action in ("trigger", "acknowledge", "resolve"):
        await pd.enqueue(event_action=action)
        await pd.triage()
        states += [incident.state for incident in pd.incidents]

    assert states == [State.OPEN, State.ACKNOWLEDGED, State.RESOLVED]


async def test_an_event_without_a_key_is_given_one(pd: Ground) -> None:
    first = await pd.enqueue(dedup_key=None)
    second = await pd.enqueue(dedup_key=None)
    await pd.triage()

    assert first["dedup_key"] != second["dedup_key"]
    assert len(pd.incidents) == 2


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"event_action": "panic"}, "event_action"),
        ({"event_action": "resolve", "dedup_key": None}, "dedup_key"),
        ({"payload": {"summary": "", "source": "a", "severity": "info"}}, "summary"),
        ({"payload": None}, "Payload"),
    ],
)
async def test_what_is_no_event_is_400_and_not_stored(
    pd: Ground, changes: dict[str, Any], said: str
) -> None:
    body = await pd.enqueue(status=400, **changes)

    assert (body["status"], body["message"]) == ("invalid event", "Event object is invalid")
    assert said in " ".join(body["errors"])
    assert await pd.store.inbox.waiting() == 0


@pytest.mark.parametrize("key", [None, "", "nonsense", 7, ["x"]])
async def test_a_wrong_key_is_400_and_not_stored(pd: Ground, key: Any) -> None:
    body = await pd.enqueue(status=400, routing_key=key)

    assert body["status"] == "invalid key"
    assert await pd.store.inbox.waiting() == 0


async def test_the_key_of_another_kind_of_source_opens_nothing(pd: Ground, og: Ground) -> None:
    body = await pd.enqueue(status=400, routing_key=og.token)

    assert body["status"] == "invalid key"


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("place", ["/pagerduty/v2/enqueue", "/pagerduty/v2/change/enqueue"])
async def test_a_hostile_body_is_refused_in_pagerdutys_words(
    pd: Ground, place: str, name: str
) -> None:
    body, headers = HOSTILE[name]

    response = await pd.client.post(place, data=BytesIO(body), headers=headers)

    answer = await response.json()
    assert response.status in {400, 413}
    assert set(answer) == {"status", "message", "errors"}
    assert answer["errors"]


class FullInbox:
    """An inbox whose database does not answer."""

    async def store(self, delivery: RawDelivery) -> None:
        raise Unavailable("The database is too busy; try again.")

    async def pending(self, limit: int) -> list[PendingDelivery]:
        return []

    async def waiting(self) -> int:
        return 0


async def test_overload_is_429_with_the_time_to_wait(pd: Ground, parts: Parts) -> None:
    full = replace(parts, inbox=FullInbox())
    event = {"routing_key": pd.token, "event_action": "resolve", "dedup_key": "x"}

    async with served(application(full)) as client:
        response = await client.post(PLACES[0], json=event)
        body = await response.json()

    assert response.status == 429
    assert int(response.headers["Retry-After"]) >= 1
    assert body["status"] == "throttle exceeded"


async def test_what_is_not_there_is_said_in_the_same_form(pd: Ground) -> None:
    response = await pd.client.get("/pagerduty/v2/enqueue")
    missing = await pd.client.post("/pagerduty/v3/enqueue", json={})

    assert (response.status, missing.status) == (405, 404)
    assert set(await response.json()) == {"status", "message", "errors"}
    assert set(await missing.json()) == {"status", "message", "errors"}


async def test_a_change_is_recorded_and_calls_nobody(pd: Ground) -> None:
    body = await pd.ask(
        "POST", "/pagerduty/v2/change/enqueue", {**CHANGE, "routing_key": pd.token}, token=""
    )
    await pd.triage()

    [episode] = pd.store.rows.of(pd.organization_id).episodes.values()
    assert body == {"status": "success", "message": "Change event processed"}
    assert (episode.summary, episode.severity, episode.fate) == (
        "Deploy 1.2.3",
        Severity.LOW,
        Fate.RECORDED,
    )
    assert not episode.firing
    assert not episode.orphan
    assert pd.incidents == []


async def test_the_same_change_sent_twice_is_one(pd: Ground) -> None:
    dated = {**CHANGE["payload"], "timestamp": "2030-01-01T11:00:00Z"}
    for _ in range(2):
        sent = {"payload": dated, "routing_key": pd.token}
        await pd.ask("POST", "/pagerduty/v2/change/enqueue", sent, token="")
        await pd.triage()

    assert len(pd.store.rows.of(pd.organization_id).episodes) == 1


async def test_a_change_needs_a_summary(pd: Ground) -> None:
    sent = {"payload": {"source": "ci"}, "routing_key": pd.token}

    body = await pd.ask("POST", "/pagerduty/v2/change/enqueue", sent, token="", status=400)

    assert "summary" in body["errors"][0]


async def test_a_change_is_noted_on_the_live_incidents_of_its_service(
    pd: Ground, bus: CommandBus
) -> None:
    operator = the_operator(pd.organization_id)
    service = await bus.execute(AddService(caller=operator, name="checkout"))
    _, token = await integration(bus, pd.organization_id, source="pagerduty", service_id=service.id)
    await pd.enqueue(routing_key=token)
    await pd.triage()

    await pd.ask("POST", "/pagerduty/v2/change/enqueue", {**CHANGE, "routing_key": token}, token="")
    await pd.triage()

    [note] = pd.store.rows.of(pd.organization_id).notes.values()
    assert (note.incident_id, note.text) == (pd.incidents[0].id, "Change: Deploy 1.2.3 (ci)")


async def test_an_event_of_five_megabytes_is_taken_and_cut(pd: Ground) -> None:
    told = {"summary": "Big", "source": "web-1", "severity": "info", "custom_details": {}}
    await pd.enqueue(payload={**told, "custom_details": {"log": "x" * 5_000_000}})
    await pd.triage()

    [episode] = pd.store.rows.of(pd.organization_id).episodes.values()
    assert len(episode.labels["log"]) <= 1_000
    assert len(episode.description) <= 2_000


async def test_what_nobody_knows_of_in_an_event_is_passed_over(pd: Ground) -> None:
    await pd.enqueue(colour="red", links="none", images=[7])
    await pd.triage()

    assert [incident.title for incident in pd.incidents] == ["Latency is high"]


async def test_a_change_that_cannot_be_noted_anywhere_is_kept_all_the_same(
    pd: Ground, bus: CommandBus
) -> None:
    operator = the_operator(pd.organization_id)
    service = await bus.execute(AddService(caller=operator, name="checkout"))
    _, token = await integration(bus, pd.organization_id, source="pagerduty", service_id=service.id)
    await pd.ask("POST", "/pagerduty/v2/change/enqueue", {**CHANGE, "routing_key": token}, token="")

    await pd.triage()

    rows = pd.store.rows.of(pd.organization_id)
    assert (len(rows.episodes), len(rows.notes)) == (1, 0)
