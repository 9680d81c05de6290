"""The triage worker: what was stored becomes incidents, whatever goes wrong on the way."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import orjson
import pytest

from bot.webhooks.source import Heard, Source
from bot.webhooks.sources import SOURCES
from bot.webhooks.triage import BATCH, MOST_FAILURES, TriageWorker
from core.bus import CommandBus
from core.commands import CreateIntegration
from core.domain.alert import Alert
from core.domain.ids import IntegrationId, OrganizationId
from core.domain.incident import Incident
from core.domain.integration import Integration
from core.domain.state import State
from core.errors import Unavailable
from core.ports import Inbox, PendingDelivery, RawDelivery
from tests.fakes.moment import FakeClock
from tests.fakes.people import the_operator
from tests.fakes.store import FakeStore
from tests.unit.webhooks.captures import captured
from tests.unit.webhooks.notifications import a_notification, an_alert


@pytest.fixture
async def source(bus: CommandBus, organization_id: OrganizationId) -> Integration:
    return await bus.execute(
        CreateIntegration(
            caller=the_operator(organization_id),
            source="alertmanager",
            name="Alertmanager",
            token_hash="x",
        )
    )


@pytest.fixture
def worker(store: FakeStore, bus: CommandBus) -> TriageWorker:
    return TriageWorker(store.inbox, bus, SOURCES)


Keep = Callable[[Any], RawDelivery]


@pytest.fixture
def raw(organization_id: OrganizationId, source: Integration, clock: FakeClock) -> Keep:
    def made(payload: Any) -> RawDelivery:
        return RawDelivery(
            organization_id=organization_id,
            integration_id=source.id,
            body=payload if isinstance(payload, bytes) else orjson.dumps(payload),
            received_at=clock(),
        )

    return made


def incidents(store: FakeStore, organization_id: OrganizationId) -> list[Incident]:
    return list(store.rows.of(organization_id).incidents.values())


def refusals(store: FakeStore) -> list[str | None]:
    return [row.refused_because for row in store.inbox.rows.values()]


async def test_a_group_becomes_one_incident(
    store: FakeStore, worker: TriageWorker, raw: Keep, organization_id: OrganizationId
) -> None:
    await store.inbox.store(raw(a_notification(an_alert("a"), an_alert("b"), an_alert("c"))))

    await worker.turn()

    (incident,) = incidents(store, organization_id)
    assert (incident.title, incident.state) == ("HighLatency", State.OPEN)
    assert incident.created_by_name == "Alertmanager"
    assert await store.inbox.waiting() == 0


async def test_the_captured_story_ends_with_one_resolved_incident(
    store: FakeStore, worker: TriageWorker, raw: Keep, organization_id: OrganizationId
) -> None:
    for name in ("01", "02", "03", "04", "05"):
        await store.inbox.store(raw(captured(name)))

    await worker.turn()

    (incident,) = incidents(store, organization_id)
    assert incident.state is State.RESOLVED


async def test_the_same_delivery_twice_changes_nothing(
    store: FakeStore, worker: TriageWorker, raw: Keep, organization_id: OrganizationId
) -> None:
    for _ in range(2):
        await store.inbox.store(raw(a_notification()))

    await worker.turn()

    (incident,) = incidents(store, organization_id)
    assert incident.version == 1


async def test_source_time_decides_when_deliveries_come_in_the_wrong_order(
    store: FakeStore, worker: TriageWorker, raw: Keep, organization_id: OrganizationId
) -> None:
    over = an_alert(status="resolved", endsAt="2030-01-01T11:30:00Z")
    for alert in (over, an_alert()):
        await store.inbox.store(raw(a_notification(alert)))

    await worker.turn()

    assert incidents(store, organization_id) == []


async def test_what_cannot_be_understood_is_put_aside_with_the_reason(
    store: FakeStore, worker: TriageWorker, raw: Keep, organization_id: OrganizationId
) -> None:
    for payload in (b"not json", {"alerts": "x"}, a_notification()):
        await store.inbox.store(raw(payload))

    await worker.turn()

    not_json, no_alerts, understood = refusals(store)
    assert "not valid JSON" in str(not_json)
    assert no_alerts == "Alerts must be a list."
    assert understood is None
    assert len(incidents(store, organization_id)) == 1


async def test_a_delivery_of_an_unknown_source_is_put_aside(
    store: FakeStore, worker: TriageWorker, raw: Keep
) -> None:
    stray = replace(raw(a_notification()), integration_id=IntegrationId("int_gone"))
    await store.inbox.store(stray)

    await worker.turn()

    assert "int_gone" in str(refusals(store)[0])


async def test_more_than_a_batch_is_worked_off(
    store: FakeStore, worker: TriageWorker, raw: Keep, organization_id: OrganizationId
) -> None:
    for number in range(BATCH + 1):
        group = {"alertname": f"Alert {number}"}
        await store.inbox.store(raw(a_notification(an_alert(str(number)), groupLabels=group)))

    while await worker.turn():
        pass

    assert len(store.rows.of(organization_id).episodes) == BATCH + 1
    assert await store.inbox.waiting() == 0


async def test_incidents_are_numbered_in_the_order_of_arrival(
    store: FakeStore, worker: TriageWorker, raw: Keep, organization_id: OrganizationId
) -> None:
    for name in ("first", "second", "third"):
        entry = an_alert(name, labels={"alertname": name})
        await store.inbox.store(raw(a_notification(entry, groupLabels={"alertname": name})))

    await worker.turn()

    in_order = sorted(incidents(store, organization_id), key=lambda incident: incident.number)
    assert [incident.title.split()[-1] for incident in in_order] == ["first", "second", "third"]


def _never_read(_: Any, __: Heard) -> list[Alert]:
    raise KeyError("nobody foresaw this")


async def test_a_parser_that_fails_loses_nothing_and_stops_nobody(
    store: FakeStore, bus: CommandBus, raw: Keep
) -> None:
    broken = Source(name="alertmanager", title="X", parse=_never_read)
    await store.inbox.store(raw(a_notification()))

    await TriageWorker(store.inbox, bus, {"alertmanager": broken}).turn()

    assert refusals(store) == ["Tocsin failed to read it; the log says how."]


class Moody:
    """An inbox whose database is away for the first so many questions."""

    def __init__(self, inbox: Inbox, failures: list[Exception]) -> None:
        self._inbox = inbox
        self._failures = failures

    async def store(self, delivery: RawDelivery) -> None:
        await self._inbox.store(delivery)

    async def pending(self, limit: int) -> list[PendingDelivery]:
        if self._failures:
            raise self._failures.pop()
        return await self._inbox.pending(limit)

    async def waiting(self) -> int:
        return await self._inbox.waiting()


@pytest.mark.parametrize("failure", [Unavailable("The database is busy."), RuntimeError("odd")])
async def test_an_outage_is_waited_out(
    store: FakeStore, bus: CommandBus, raw: Keep, failure: Exception
) -> None:
    worker = TriageWorker(Moody(store.inbox, [failure]), bus, SOURCES)
    await store.inbox.store(raw(a_notification()))
    running = asyncio.create_task(worker.run())

    await _until_empty(store)
    worker.stop()
    await running

    assert refusals(store) == [None]


async def test_waking_it_is_enough(store: FakeStore, worker: TriageWorker, raw: Keep) -> None:
    running = asyncio.create_task(worker.run())
    await asyncio.sleep(0)
    await store.inbox.store(raw(a_notification()))

    worker.wake()
    await _until_empty(store)
    worker.stop()
    await running

    assert refusals(store) == [None]


async def _until_empty(store: FakeStore) -> None:
    while await store.inbox.waiting():  # noqa: ASYNC110 - the fake inbox rings no bell
        await asyncio.sleep(0.01)


class Failing(CommandBus):
    """A bus on which triage fails for a reason nobody foresaw."""

    async def execute(self, command: Any) -> Any:
        if type(command).__name__ == "TriageAlerts":
            raise ZeroDivisionError
        return await super().execute(command)


async def test_a_delivery_that_keeps_failing_is_put_aside_in_the_end(
    store: FakeStore, clock: FakeClock, raw: Keep
) -> None:
    worker = TriageWorker(store.inbox, Failing(store.transactions, clock), SOURCES)
    await store.inbox.store(raw(a_notification()))

    for _ in range(MOST_FAILURES - 1):
        with pytest.raises(ZeroDivisionError):
            await worker.turn()
    before = refusals(store)
    await worker.turn()

    assert before == [None]
    assert refusals(store) == ["It failed again and again in triage; the log says how."]


async def test_each_delivery_is_read_as_its_source_means_it_and_speaks_by_its_name(
    store: FakeStore,
    bus: CommandBus,
    worker: TriageWorker,
    raw: Keep,
    organization_id: OrganizationId,
) -> None:
    events = await bus.execute(
        CreateIntegration(
            caller=the_operator(organization_id),
            source="pagerduty",
            name="Batch jobs",
            token_hash="y",
        )
    )
    event = {
        "event_action": "trigger",
        "dedup_key": "disk",
        "payload": {"summary": "Disk is full", "source": "db-1", "severity": "critical"},
    }
    await store.inbox.store(raw(a_notification()))
    await store.inbox.store(replace(raw(event), integration_id=events.id))

    await worker.turn()

    assert refusals(store) == [None, None]
    assert [(one.title, one.created_by_name) for one in incidents(store, organization_id)] == [
        ("p99 latency high on a", "Alertmanager"),
        ("Disk is full", "Batch jobs"),
    ]
