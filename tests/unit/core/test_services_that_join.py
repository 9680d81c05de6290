"""Services of alerts that come to an incident later: it concerns them from then on."""

from dataclasses import replace

import pytest

from core.bus import CommandBus
from core.domain.alert import Alert, Fate
from core.domain.events import IncidentEdited
from core.domain.ids import ServiceId
from tests.fakes.moment import FakeClock
from tests.fakes.store import FakeStore
from tests.unit.core.alerts import firing
from tests.unit.core.quiet import Quiet
from tests.unit.core.quiet_alerts import depends, fates, rule
from tests.unit.core.source import Source


@pytest.fixture
async def quiet(store: FakeStore, bus: CommandBus, clock: FakeClock) -> Quiet:
    """The service "checkout", beside which there is a source whose alerts name their service."""
    quiet = await Quiet(store, bus, clock).begin()
    quiet.source = await quiet.another_source()
    return quiet


def of(service: str, name: str = "", group: str = "latency") -> Alert:
    alert = firing(name or service, 121, group=group)
    return replace(alert, labels={"service": service})


async def test_a_service_that_joins_later_is_added_to_the_incident(quiet: Quiet) -> None:
    payments = await quiet.serve("payments")
    await quiet.source.ring(of("checkout"))

    await quiet.source.ring(of("payments"), of("nobody's"))

    assert quiet.source.incident().service_ids == (quiet.service.id, payments.id)
    edits = [
        one
        for one in quiet.store.events(quiet.source.organization_id)
        if isinstance(one, IncidentEdited)
    ]
    assert [edit.concerns_others for edit in edits] == [True]
    assert [edit.services_added for edit in edits] == [("payments",)]


async def test_a_service_that_is_in_it_already_is_no_news(quiet: Quiet) -> None:
    await quiet.source.ring(of("checkout"))

    await quiet.source.ring(of("checkout", "another"))

    assert "IncidentEdited" not in quiet.source.told()


async def test_what_depends_on_a_service_that_joined_calls_nobody(quiet: Quiet) -> None:
    payments, database = await quiet.serve("payments"), await quiet.serve("database")
    await depends(quiet, payments, database)
    await quiet.source.ring(of("checkout"))
    await quiet.source.ring(of("database"))

    await quiet.source.ring(of("payments", group="payments"))

    assert fates(quiet)["payments"] is Fate.INHIBITED


async def test_services_that_join_a_storm_are_added_to_it(
    store: FakeStore, bus: CommandBus, clock: FakeClock
) -> None:
    quiet = await Quiet(store, bus, clock).begin()
    source = await Source(store, bus, clock).configured(settings={"storm_limit": 1})
    await quiet.serve("payments")
    database = await quiet.serve("database")
    await source.ring(of("checkout", group="a"), of("payments", group="b"))

    await source.ring(of("database", group="c"))

    assert database.id in source.incidents()[-1].service_ids


async def test_services_that_a_rule_attaches_are_added(quiet: Quiet) -> None:
    payments = await quiet.serve("payments")
    await quiet.source.ring(of("checkout"))
    incident = quiet.source.incident()
    await rule(quiet, routing="attach", incident_id=incident.id)

    await quiet.source.ring(of("payments", group="elsewhere"))

    assert quiet.source.incident().service_ids == (quiet.service.id, payments.id)


async def test_an_incident_keeps_no_more_than_twenty_services_of_alerts(quiet: Quiet) -> None:
    services = [await quiet.serve(f"service {number}") for number in range(22)]
    await quiet.source.ring(of("checkout"))

    await quiet.source.ring(*(of(service.name) for service in services))

    wanted: list[ServiceId] = [quiet.service.id, *(one.id for one in services[:19])]
    assert list(quiet.source.incident().service_ids) == wanted
