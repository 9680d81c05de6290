"""Observer's steps of incidents: once per key, on the version that was read, and what they keep."""

from typing import Any

import pytest

from bot.api.dialects.observer.maintenance_answers import MaintenanceAnswer, MaintenanceLine
from bot.api.incident_shapes import IncidentAnswer, MessageLine
from core.bus import CommandBus
from core.domain.account import Dialect
from core.domain.ids import OrganizationId
from tests.fakes.moment import FakeClock
from tests.fakes.store import FakeStore
from tests.integration.api.checks.observer import (
    CHECKOUT,
    IDENTIFIED,
    INCIDENTS,
    MAINTENANCES,
    Observer,
    of,
)
from tests.integration.api.doors import Client, api_key, bearer

ONCE = {"Idempotency-Key": "once"}
PAST = {"If-Match": '"99-00000000"'}
STEPS: list[tuple[str, str, Any]] = [
    ("POST", "publish", None),
    ("POST", "messages", IDENTIFIED),
    ("POST", "resolve", {"description": "It is over."}),
    ("DELETE", "", None),
]


@pytest.fixture
def o(client: Client, observer: str) -> Observer:
    return Observer(client, observer)


@pytest.mark.parametrize(("method", "verb", "wish"), STEPS[:-1])
async def test_a_step_with_a_key_is_made_once(
    o: Observer, store: FakeStore, method: str, verb: str, wish: Any
) -> None:
    draft = await o.draft()
    first = await o.ask(method, of(draft, verb), wish, headers=ONCE)
    effects = store.effects

    assert await o.ask(method, of(draft, verb), wish, headers=ONCE) == first
    assert store.effects == effects


async def test_a_deletion_with_a_key_is_answered_the_same_again(o: Observer) -> None:
    draft = await o.draft()

    for _ in range(2):
        await o.ask("DELETE", of(draft), status=204, headers=ONCE)

    await o.ask("DELETE", of(draft), status=404)


async def test_a_key_of_another_step_is_refused(o: Observer) -> None:
    draft = await o.draft()
    await o.ask("POST", of(draft, "publish"), headers=ONCE)

    refusal = await o.ask("POST", of(draft, "messages"), IDENTIFIED, status=422, headers=ONCE)

    assert refusal["errors"][0]["code"] == "idempotency_key_reused"


@pytest.mark.parametrize(("method", "verb", "wish"), STEPS)
async def test_a_step_on_a_version_that_is_past_is_not_made(
    o: Observer, method: str, verb: str, wish: Any
) -> None:
    draft = await o.draft()

    await o.ask(method, of(draft, verb), wish, status=412, headers=PAST)

    assert await o.get(of(draft)) == draft


async def test_a_step_answers_the_tag_of_what_it_made(o: Observer) -> None:
    draft = await o.draft()
    made = await o.client.post(of(draft, "publish"), headers=bearer(o.key))
    read = await o.client.get(of(draft), headers=bearer(o.key))

    assert made.headers["ETag"] == read.headers["ETag"]
    await o.ask(
        "POST", of(draft, "resolve"), headers={"If-Match": made.headers["ETag"]}, status=200
    )


async def test_an_incident_keeps_its_audience_and_its_postmortem(o: Observer) -> None:
    made = await o.draft(visible_to_customer_ids=["customer-7"], customer_targeting={"plan": "x"})
    changed = await o.patch(of(made), {"postmortem_url": "https://example.com/postmortems/7"})

    assert made["visible_to_customer_ids"] == changed["visible_to_customer_ids"] == ["customer-7"]
    assert (made["postmortem_url"], changed["postmortem_url"]) == (
        None,
        "https://example.com/postmortems/7",
    )
    [row] = (await o.get(INCIDENTS))["items"]
    assert row["visible_to_customer_ids"] == ["customer-7"]


async def test_a_list_leaves_out_what_was_made_before(o: Observer, clock: FakeClock) -> None:
    await o.incident()
    clock.advance(hours=1)
    later = await o.incident()

    page = await o.get(f"{INCIDENTS}?since=2030-01-01T13:00:00Z")

    assert [row["id"] for row in page["items"]] == [later["id"]]
    assert page["meta"]["total"] == 1


@pytest.mark.parametrize("since", ["0001-01-01T00:00:00%2B14:00", "9999-12-31T23:59:59-14:00"])
async def test_a_time_that_no_calendar_has_is_refused(o: Observer, since: str) -> None:
    refusal = await o.get(f"{INCIDENTS}?since={since}", status=422)

    assert refusal["errors"][0]["source"]["field"] == "since"


async def test_after_the_end_a_message_is_only_appended(o: Observer) -> None:
    incident = await o.incident()
    await o.post(of(incident, "resolve"))

    answer = await o.post(of(incident, "messages"), IDENTIFIED)

    assert answer["state"] == "resolved"
    assert [message["type"] for message in answer["messages"]] == ["Investigating", "Identified"]


async def test_resolving_a_draft_tells_nobody(o: Observer, store: FakeStore) -> None:
    draft = await o.draft()

    resolved = await o.post(of(draft, "resolve"), {"description": "It was nothing."})

    assert (resolved["state"], resolved["published_at"]) == ("resolved", None)
    assert store.shown == []


@pytest.mark.parametrize("severity", ["major", "critical", "minor"])
async def test_observers_severities_read_back_as_they_were_given(
    o: Observer, severity: str
) -> None:
    made = await o.incident(severity=severity)

    assert (await o.get(of(made)))["severity"] == severity


async def test_a_step_may_name_the_incident_by_its_reference(o: Observer) -> None:
    await o.draft()

    published = await o.post(f"{INCIDENTS}/inc-1/publish")

    assert (published["reference"], published["state"]) == ("INC-1", "published")


async def test_what_is_answered_is_what_is_documented(
    client: Client, bus: CommandBus, organization_id: OrganizationId
) -> None:
    scopes = ["incidents:write", "maintenances:write"]
    key = await api_key(bus, organization_id, scopes=scopes, dialect=Dialect.OBSERVER)
    o = Observer(client, key)
    incident, maintenance = await o.incident(), await o.maintenance()
    [line] = (await o.get(MAINTENANCES))["items"]

    for answer, model in (
        (incident, IncidentAnswer),
        (maintenance, MaintenanceAnswer),
        (line, MaintenanceLine),
        (incident["messages"][0], MessageLine),
    ):
        assert set(answer) == set(model.model_fields)
        model.model_validate(answer)


@pytest.mark.parametrize(
    "body", [b"not json", b"[]", b"", b'{"type": "Identified"', b'"Identified"']
)
async def test_a_body_that_is_no_message_is_refused(o: Observer, body: bytes) -> None:
    incident = await o.incident()
    headers = {**bearer(o.key), "Content-Type": "application/json"}

    response = await o.client.post(of(incident, "messages"), data=body, headers=headers)

    assert response.status in (400, 422)
    assert len((await o.get(of(incident)))["messages"]) == len([CHECKOUT["initial_message"]])
