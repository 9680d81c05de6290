"""Checks 66 and 67: one draft per metric and half hour, on every database."""

import asyncio

import pytest

from core.bus import CommandBus
from core.commands import AddMetric
from core.domain.account import Dialect
from core.domain.ids import OrganizationId
from core.domain.metric import Metric
from tests.fakes.moment import FakeClock
from tests.fakes.people import the_operator
from tests.integration.api.checks.observer import INCIDENTS, Observer, of
from tests.integration.api.doors import api_key
from tests.integration.api.doorstep import Doorstep


@pytest.fixture
def bus(doorstep: Doorstep) -> CommandBus:
    return doorstep.bus


@pytest.fixture
def organization_id(doorstep: Doorstep) -> OrganizationId:
    return doorstep.organization_id


@pytest.fixture
async def o(doorstep: Doorstep) -> Observer:
    key = await api_key(doorstep.bus, doorstep.organization_id, dialect=Dialect.OBSERVER)
    return Observer(doorstep.client, key)


@pytest.fixture
async def latency(bus: CommandBus, organization_id: OrganizationId) -> Metric:
    return await _metric(bus, organization_id, "p99 latency")


async def _metric(bus: CommandBus, organization_id: OrganizationId, name: str) -> Metric:
    caller = the_operator(organization_id)
    return await bus.execute(
        AddMetric(caller=caller, name=name, status="unhealthy", note="2.1 s since noon.")
    )


def _from(metric: Metric) -> str:
    return f"{INCIDENTS}/from-metric/{metric.id}"


async def test_check_66_the_second_call_answers_the_same_draft(
    o: Observer, latency: Metric, clock: FakeClock
) -> None:
    first = await o.post(_from(latency))
    clock.advance(minutes=29)
    second = await o.post(_from(latency))

    assert second == first
    assert (first["state"], first["severity"]) == ("draft", "major")
    assert first["title"] == "Investigating: p99 latency"
    [message] = first["messages"]
    assert (message["type"], message["description"]) == (
        "Investigating",
        "p99 latency is unhealthy: 2.1 s since noon.",
    )


async def test_check_67_after_half_an_hour_it_is_another_draft(
    o: Observer, latency: Metric, clock: FakeClock
) -> None:
    first = await o.post(_from(latency))
    clock.advance(minutes=31)

    assert (await o.post(_from(latency)))["id"] != first["id"]


async def test_check_67_of_another_metric_it_is_another_draft(
    o: Observer, latency: Metric, bus: CommandBus, organization_id: OrganizationId
) -> None:
    errors = await _metric(bus, organization_id, "error rate")

    assert (await o.post(_from(latency)))["id"] != (await o.post(_from(errors)))["id"]


async def test_check_67_twenty_calls_at_once_answer_one_draft(o: Observer, latency: Metric) -> None:
    drafts = await asyncio.gather(*(o.post(_from(latency)) for _ in range(20)))

    assert len({draft["id"] for draft in drafts}) == 1
    assert (await o.get(f"{INCIDENTS}?state=draft"))["meta"]["total"] == 1


async def test_an_unknown_metric_is_not_found(o: Observer) -> None:
    await o.post(f"{INCIDENTS}/from-metric/met_404", status=404)


async def test_a_draft_that_was_deleted_is_not_answered_again(o: Observer, latency: Metric) -> None:
    first = await o.post(_from(latency))
    await o.ask("DELETE", of(first), status=204)

    assert (await o.post(_from(latency)))["id"] != first["id"]


async def test_the_literal_comes_before_the_id_of_an_incident(o: Observer) -> None:
    """No incident is called from-metric, so what stands after it is always a metric."""
    refusal = await o.post(f"{INCIDENTS}/from-metric/publish", status=404)

    assert "metric publish" in refusal["detail"]
