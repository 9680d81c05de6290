"""However many ask at once, and wherever, a metric is drafted once in half an hour."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from core.commands import (
    AddMetric,
    DeleteIncident,
    DraftFromMetric,
    PublishIncident,
    SetMetricStatus,
)
from core.domain.incident import Incident
from core.domain.metric import Metric
from core.domain.severity import Severity
from core.domain.state import Phase, State
from core.errors import NotFound
from core.views import IncidentQuery
from tests.contract.house import House
from tests.contract.samples import a_service
from tests.contract.test_two_processes import other
from tests.fakes.people import a_caller

__all__ = ["other"]


async def _a_metric(house: House, name: str = "Checkout latency", **wish: Any) -> Metric:
    caller = a_caller(house.organization_id)
    return await house.bus.execute(AddMetric(caller=caller, name=name, **wish))


async def _draft(house: House, metric: Metric) -> Incident:
    caller = a_caller(house.organization_id)
    return await house.bus.execute(DraftFromMetric(caller=caller, metric_id=metric.id))


async def _total(house: House) -> int:
    return (await house.reads.incidents(house.organization_id, IncidentQuery())).total


async def test_a_draft_says_what_the_metric_says(house: House) -> None:
    service = await a_service(house)
    metric = await _a_metric(
        house, service_ids=(service.id,), status="unhealthy", note="p99 is above 2 s."
    )

    drafted = await _draft(house, metric)

    record = await house.reads.incident(house.organization_id, drafted.id)
    assert (drafted.title, drafted.state) == ("Investigating: Checkout latency", State.DRAFT)
    assert (drafted.severity, drafted.severity_word) == (Severity.HIGH, "major")
    assert (drafted.service_ids, drafted.metric_id) == ((service.id,), metric.id)
    assert [(one.phase, one.text) for one in record.updates] == [
        (Phase.INVESTIGATING, "Checkout latency is unhealthy: p99 is above 2 s.")
    ]
    kept = await house.reads.record(house.organization_id, Metric, metric.id)
    assert (kept.last_draft_incident_id, kept.last_drafted_at) == (drafted.id, house.clock())


@pytest.mark.parametrize("status", ["healthy", "degraded"])
async def test_what_is_not_unhealthy_is_minor(house: House, status: str) -> None:
    drafted = await _draft(house, await _a_metric(house, status=status))

    assert (drafted.severity, drafted.severity_word) == (Severity.LOW, "minor")


async def test_the_same_metric_gives_the_same_draft_for_half_an_hour(house: House) -> None:
    metric = await _a_metric(house)
    first = await _draft(house, metric)
    house.clock.advance(minutes=30)
    second = await _draft(house, metric)
    house.clock.advance(minutes=1)
    third = await _draft(house, metric)

    assert first.id == second.id != third.id
    assert await _total(house) == 2


async def test_what_became_of_the_draft_does_not_matter(house: House) -> None:
    metric = await _a_metric(house)
    drafted = await _draft(house, metric)
    caller = a_caller(house.organization_id)
    await house.bus.execute(PublishIncident(caller=caller, incident_id=drafted.id))

    again = await _draft(house, metric)

    assert (again.id, again.state) == (drafted.id, State.OPEN)


async def test_a_deleted_draft_is_made_anew(house: House) -> None:
    metric = await _a_metric(house)
    drafted = await _draft(house, metric)
    caller = a_caller(house.organization_id)
    await house.bus.execute(DeleteIncident(caller=caller, incident_id=drafted.id))

    again = await _draft(house, metric)

    assert again.id != drafted.id
    assert await _total(house) == 1


async def test_another_metric_gives_another_draft(house: House) -> None:
    drafts = [await _draft(house, await _a_metric(house, name)) for name in ("A", "B")]

    assert drafts[0].id != drafts[1].id


async def test_twenty_at_once_get_one_draft(house: House, other: House) -> None:
    metric = await _a_metric(house)

    drafts = await asyncio.gather(*(_draft(home, metric) for home in (house, other) * 10))

    assert len({drafted.id for drafted in drafts}) == 1
    assert await _total(house) == 1
    assert drafts[0].reference == "INC-1"


async def test_a_draft_and_a_new_status_at_once_are_both_kept(house: House, other: House) -> None:
    metric = await _a_metric(house)
    caller = a_caller(house.organization_id)
    wish = SetMetricStatus(caller=caller, metric_id=metric.id, status="degraded")

    drafted, _ = await asyncio.gather(_draft(house, metric), other.bus.execute(wish))

    kept = await house.reads.record(house.organization_id, Metric, metric.id)
    assert (kept.status, kept.last_draft_incident_id) == ("degraded", drafted.id)


async def test_the_neighbours_have_no_such_metric(house: House) -> None:
    metric = await _a_metric(house)

    with pytest.raises(NotFound, match="There is no metric"):
        await house.bus.execute(
            DraftFromMetric(caller=a_caller(house.neighbour_id), metric_id=metric.id)
        )


async def test_a_later_window_begins_with_the_later_draft(house: House) -> None:
    metric = await _a_metric(house)
    await _draft(house, metric)
    house.clock.advance(minutes=31)
    second = await _draft(house, metric)
    house.clock.advance(minutes=29)

    assert (await _draft(house, metric)).id == second.id
    assert house.clock() - second.created_at == timedelta(minutes=29)
