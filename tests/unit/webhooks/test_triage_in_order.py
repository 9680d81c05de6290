"""What one source sent is decided in the order in which it came, whatever fails on the way."""

from collections import Counter
from typing import Any

import orjson
import pytest

from bot.webhooks.sources import SOURCES
from bot.webhooks.triage import MOST_CONFLICTS, TriageWorker
from core.bus import CommandBus
from core.commands import CreateIntegration, TriageAlerts
from core.domain.ids import DeliveryId, IntegrationId, OrganizationId
from core.errors import Conflict, Unavailable
from core.ports import RawDelivery
from tests.fakes.moment import FakeClock
from tests.fakes.people import the_operator
from tests.fakes.store import FakeStore
from tests.unit.webhooks.notifications import a_notification, an_alert


class Fragile(CommandBus):
    """A bus on which the triage of some deliveries fails, so many times; `done` is what did not."""

    def __init__(self, store: FakeStore, clock: FakeClock) -> None:
        super().__init__(store.transactions, clock)
        self.failures: dict[DeliveryId, list[Exception]] = {}
        self.done: list[DeliveryId] = []
        self.tried: Counter[DeliveryId] = Counter()

    async def execute(self, command: Any) -> Any:
        if not isinstance(command, TriageAlerts):
            return await super().execute(command)
        ids = [delivery.id for delivery in command.deliveries]
        self.tried.update(ids)
        for id in ids:
            if self.failures.get(id):
                raise self.failures[id].pop()
        answer = await super().execute(command)
        self.done += ids
        return answer


@pytest.fixture
def fragile(store: FakeStore, clock: FakeClock) -> Fragile:
    return Fragile(store, clock)


@pytest.fixture
def worker(store: FakeStore, fragile: Fragile) -> TriageWorker:
    return TriageWorker(store.inbox, fragile, SOURCES)


@pytest.fixture
async def sources(fragile: Fragile, organization_id: OrganizationId) -> list[IntegrationId]:
    wishes = [
        CreateIntegration(
            caller=the_operator(organization_id), source="alertmanager", name=name, token_hash=name
        )
        for name in ("one", "other")
    ]
    return [(await fragile.execute(wish)).id for wish in wishes]


@pytest.fixture
async def turns(
    store: FakeStore,
    organization_id: OrganizationId,
    sources: list[IntegrationId],
    clock: FakeClock,
) -> None:
    """Of one source an alert that comes, goes and comes, which no run takes together; of the
    other one that comes."""
    ends = {"status": "resolved", "endsAt": "2030-01-01T11:30:00Z"}
    one, other = sources
    for source, alert in ((one, {}), (one, ends), (one, {}), (other, {})):
        raw = RawDelivery(
            organization_id=organization_id,
            integration_id=source,
            body=orjson.dumps(a_notification(an_alert(**alert))),
            received_at=clock(),
        )
        await store.inbox.store(raw)


@pytest.mark.usefixtures("turns")
@pytest.mark.parametrize("failure", [Conflict("No."), ZeroDivisionError("oops")])
async def test_a_source_stops_at_its_first_failure_and_the_others_go_on(
    worker: TriageWorker, fragile: Fragile, failure: Exception
) -> None:
    fragile.failures = {DeliveryId(1): [failure]}

    with pytest.raises(type(failure)):
        await worker.turn()
    before = list(fragile.done)
    await worker.turn()

    assert before == [4]
    assert fragile.done == [4, 1, 2, 3]


@pytest.mark.usefixtures("turns")
async def test_what_is_in_before_a_failure_stays_in(worker: TriageWorker, fragile: Fragile) -> None:
    fragile.failures = {DeliveryId(2): [Conflict("No.")]}

    with pytest.raises(Conflict):
        await worker.turn()

    assert sorted(fragile.done) == [1, 4]


@pytest.mark.usefixtures("turns")
async def test_while_the_database_is_away_nothing_more_is_tried(
    worker: TriageWorker, fragile: Fragile
) -> None:
    fragile.failures = {DeliveryId(1): [Unavailable("It is away.")]}

    with pytest.raises(Unavailable):
        await worker.turn()

    assert fragile.tried[DeliveryId(2)] == 0
    assert fragile.tried[DeliveryId(4)] <= 1


async def _turn(worker: TriageWorker) -> bool:
    """Whether it went well."""
    try:
        await worker.turn()
    except Conflict:
        return False
    return True


@pytest.mark.usefixtures("turns")
async def test_a_delivery_that_always_conflicts_is_put_aside_in_the_end(
    store: FakeStore, worker: TriageWorker, fragile: Fragile
) -> None:
    fragile.failures = {DeliveryId(2): [Conflict("Never.")] * 1_000}

    went = [await _turn(worker) for _ in range(MOST_CONFLICTS)]

    assert went == [False] * (MOST_CONFLICTS - 1) + [True]
    assert [id for id, row in store.inbox.rows.items() if row.refused_because] == [2]
    assert await store.inbox.waiting() == 0
    assert fragile.done == [1, 4, 3]


async def test_of_many_that_were_decided_together_only_the_one_that_conflicts_is_put_aside(
    store: FakeStore,
    worker: TriageWorker,
    fragile: Fragile,
    sources: list[IntegrationId],
    organization_id: OrganizationId,
    clock: FakeClock,
) -> None:
    for name in "abc":
        raw = RawDelivery(
            organization_id=organization_id,
            integration_id=sources[0],
            body=orjson.dumps(a_notification(an_alert(name))),
            received_at=clock(),
        )
        await store.inbox.store(raw)
    fragile.failures = {DeliveryId(2): [Conflict("Never.")] * 1_000}

    while not await _turn(worker):
        pass

    assert [id for id, row in store.inbox.rows.items() if row.refused_because] == [2]
    assert fragile.done == [1, 3]
