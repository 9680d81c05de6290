"""Alerts of services that depend on a broken one, along the graph of services."""

from dataclasses import replace
from typing import Any

import pytest

from core.bus import CommandBus
from core.commands import DeclareIncident, DeleteIncident, ResolveIncident
from core.commands.together import MergeIncident
from core.domain.alert import Alert, Fate
from core.domain.dependencies import ancestors
from core.domain.ids import ServiceId
from core.domain.service import Service
from core.domain.state import State
from tests.fakes.moment import FakeClock
from tests.fakes.store import FakeStore
from tests.unit.core.alerts import ended, firing
from tests.unit.core.quiet import Quiet
from tests.unit.core.quiet_alerts import depends, fates, tick


@pytest.fixture
async def quiet(store: FakeStore, bus: CommandBus, clock: FakeClock) -> Quiet:
    """The service "checkout", beside which there is a source whose alerts name their service."""
    quiet = await Quiet(store, bus, clock).begin()
    quiet.source = await quiet.another_source()
    return quiet


def of(service: str, name: str = "", since: float = 121, **changes: Any) -> Alert:
    fingerprint = name or service
    alert = firing(fingerprint, since, group=fingerprint)
    return replace(alert, labels={"service": service}, **changes)


async def a_chain(quiet: Quiet) -> tuple[Service, Service]:
    """checkout depends on payments, payments on the database."""
    payments, database = await quiet.serve("payments"), await quiet.serve("database")
    await depends(quiet, quiet.service, payments)
    await depends(quiet, payments, database)
    return payments, database


async def test_what_depends_on_something_broken_calls_nobody(quiet: Quiet) -> None:
    await a_chain(quiet)
    await quiet.source.ring(of("database"))
    incident = quiet.source.incident()

    await quiet.source.ring(of("checkout"), of("payments"))

    assert fates(quiet) == {
        "database": Fate.DECLARED,
        "checkout": Fate.INHIBITED,
        "payments": Fate.INHIBITED,
    }
    kept = {(e.kept_by, e.fate_note) for e in quiet.episodes() if e.incident_id is None}
    assert kept == {
        (incident.id, "INC-1, on which checkout depends"),
        (incident.id, "INC-1, on which payments depends"),
    }


async def test_the_incident_is_of_the_service_that_the_label_names(quiet: Quiet) -> None:
    database = await quiet.serve("Data Base")

    await quiet.source.ring(of("DATA base", "a"), of(database.id, "b"), of("nobody's", "c"))

    incidents = quiet.source.incidents()
    assert [one.service_ids for one in incidents] == [(database.id,), (database.id,), ()]


async def test_in_one_delivery_what_others_depend_on_comes_first(quiet: Quiet) -> None:
    await a_chain(quiet)

    await quiet.source.ring(of("checkout"), of("payments"), of("database"))

    assert quiet.source.incident().title == "Alert database"
    assert fates(quiet)["checkout"] is Fate.INHIBITED


async def test_what_depends_on_each_other_still_calls(quiet: Quiet) -> None:
    payments = await quiet.serve("payments")
    rows = quiet.source.rows
    for one, other in ((quiet.service, payments), (payments, quiet.service)):
        rows.services[one.id] = replace(rows.services[one.id], depends_on=(other.id,))

    await quiet.source.ring(of("checkout"), of("payments"))
    await quiet.source.ring(of("checkout", "later"))

    assert fates(quiet) == {
        "checkout": Fate.DECLARED,
        "payments": Fate.DECLARED,
        "later": Fate.INHIBITED,
    }


async def test_what_is_broken_itself_is_no_reason_to_be_quiet(quiet: Quiet) -> None:
    await a_chain(quiet)
    await quiet.source.ring(of("checkout"))

    await quiet.source.ring(of("checkout", "more"))
    await quiet.source.ring(of("payments"))

    assert set(fates(quiet).values()) == {Fate.DECLARED}


async def test_once_it_is_over_what_still_fires_calls(quiet: Quiet) -> None:
    await a_chain(quiet)
    await quiet.source.ring(of("database"))
    await quiet.source.ring(of("checkout"), of("payments"))
    await quiet.source.ring(ended("payments", 121, until=122))
    before = fates(quiet)

    await quiet.source.ring(ended("database", 121, until=123))
    await tick(quiet)

    assert before["checkout"] is Fate.INHIBITED
    assert fates(quiet)["checkout"] is Fate.DECLARED
    assert [one.title for one in quiet.source.incidents()] == ["Alert database", "Alert checkout"]


async def test_what_is_kept_quiet_stays_so_when_its_cause_goes_on_in_another_incident(
    quiet: Quiet,
) -> None:
    await a_chain(quiet)
    await quiet.source.ring(of("database"))
    await quiet.source.ring(of("payments"))
    gone = quiet.source.incident()
    wider = DeclareIncident(caller=quiet.carol, title="Wider", severity="low")
    stays = await quiet.bus.execute(wider)

    merge = MergeIncident(caller=quiet.carol, incident_id=gone.id, into_id=stays.id)
    await quiet.bus.execute(merge)
    await tick(quiet)

    kept = [one.kept_by for one in quiet.episodes() if one.fate is Fate.INHIBITED]
    assert kept == [stays.id]


async def test_a_deleted_incident_inhibits_nothing(quiet: Quiet) -> None:
    await a_chain(quiet)
    await quiet.source.ring(of("database"))
    await quiet.source.ring(of("payments"))
    id = quiet.source.incident().id

    await quiet.bus.execute(DeleteIncident(caller=quiet.operator, incident_id=id))
    await tick(quiet)

    assert fates(quiet)["payments"] is Fate.DECLARED


async def test_of_two_that_are_broken_the_other_one_goes_on_keeping_it_quiet(
    quiet: Quiet,
) -> None:
    await a_chain(quiet)
    await quiet.source.ring(of("database"))
    await quiet.source.ring(of("payments", "direct", since=110))
    database = quiet.source.incident()
    await quiet.bus.execute(ResolveIncident(caller=quiet.carol, incident_id=database.id))
    await tick(quiet)
    payments = quiet.source.incidents()[-1]

    await quiet.source.ring(of("checkout"))

    assert fates(quiet)["direct"] is Fate.DECLARED
    assert quiet.episodes()[-1].kept_by == payments.id
    assert payments.state is State.OPEN


def test_all_that_it_depends_on_is_found_once_the_nearest_first() -> None:
    a, b, c, d = (ServiceId(name) for name in "abcd")

    assert ancestors(a, {a: (b, c), b: (d,), c: (d, a), d: (a,)}) == [b, c, d]
    assert ancestors(d, {a: (b,)}) == []
