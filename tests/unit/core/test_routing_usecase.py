"""What becomes of alerts that a routing rule decides on."""

from dataclasses import replace

import pytest

from core.bus import CommandBus
from core.commands import ResolveIncident
from core.domain.alert import Fate
from core.domain.events import AlertsFired, AlertsNotified
from core.domain.severity import Severity
from core.domain.state import State
from tests.fakes.moment import FakeClock
from tests.fakes.store import FakeStore
from tests.unit.core.alerts import ended, firing
from tests.unit.core.quiet import Quiet
from tests.unit.core.quiet_alerts import fates, rule, tick, titles


@pytest.fixture
async def quiet(store: FakeStore, bus: CommandBus, clock: FakeClock) -> Quiet:
    return await Quiet(store, bus, clock).begin()


async def test_a_dropped_alert_is_recorded_with_the_reason(quiet: Quiet) -> None:
    made = await rule(quiet, routing="drop", reason="Only tests", matchers=["instance=a"])
    effects = quiet.store.effects

    touched = await quiet.source.ring(firing("a", 121), firing("b", 121))

    dropped, called = quiet.episodes()
    assert touched == (called.incident_id,)
    assert (dropped.fate, dropped.kept_by, dropped.incident_id) == (Fate.DROPPED, made.id, None)
    assert dropped.fate_note == "by the rule “Test alerts”: Only tests"
    assert called.fate is Fate.DECLARED
    assert len(quiet.store.effects) > len(effects)


async def test_the_first_rule_that_fits_decides_and_later_ones_do_not(quiet: Quiet) -> None:
    await rule(quiet, routing="declare", matchers=["instance=a"])
    await rule(quiet, routing="drop", reason="The rest")

    await quiet.source.ring(firing("a", 121), firing("b", 121))

    assert fates(quiet) == {"a": Fate.DECLARED, "b": Fate.DROPPED}


async def test_a_rule_that_is_switched_off_decides_nothing(quiet: Quiet) -> None:
    await rule(quiet, routing="drop", reason="Never", enabled=False)

    await quiet.source.ring(firing("a", 121))

    assert fates(quiet) == {"a": Fate.DECLARED}


async def test_a_channel_is_told_once_of_all_that_came_together(quiet: Quiet) -> None:
    await rule(quiet, routing="notify", channel="ops-noise", matchers=["instance!=c"])
    await rule(quiet, name="Others", routing="notify", channel="ops-rest")

    await quiet.source.ring(firing("a", 121), firing("b", 121), firing("c", 121))

    events = quiet.store.events(quiet.source.organization_id)
    told = [event for event in events if isinstance(event, AlertsNotified)]
    assert [(one.rule, one.channel, one.count, one.names) for one in told] == [
        ("Test alerts", "ops-noise", 2, ("Alert a", "Alert b")),
        ("Others", "ops-rest", 1, ("Alert c",)),
    ]
    assert quiet.source.incidents() == []
    assert set(fates(quiet).values()) == {Fate.NOTIFIED}


async def test_what_was_only_told_ends_without_a_word(quiet: Quiet) -> None:
    await rule(quiet, routing="notify", channel="ops-noise")
    await quiet.source.ring(firing("a", 121))
    told = quiet.source.told()

    await quiet.source.ring(ended("a", 121, until=122))

    assert quiet.source.told() == told
    assert not quiet.episodes()[0].firing


async def test_alerts_join_the_incident_that_their_rule_names(quiet: Quiet) -> None:
    await quiet.source.ring(firing("a", 110, group="first"))
    incident = quiet.source.incident()
    made = await rule(quiet, routing="attach", incident_id=incident.id)

    await quiet.source.ring(firing("b", 121, group="second"))

    joined = quiet.episodes()[-1]
    assert (joined.incident_id, joined.fate) == (incident.id, Fate.ATTACHED)
    assert (joined.kept_by, joined.fate_note) == (made.id, "by the rule “Test alerts”")
    [event] = [
        one
        for one in quiet.store.events(quiet.source.organization_id)
        if isinstance(one, AlertsFired)
    ]
    assert event.names == ("Alert b",)


async def test_alerts_call_once_the_incident_of_their_rule_is_over(quiet: Quiet) -> None:
    await quiet.source.ring(firing("a", 110, group="first"))
    incident = quiet.source.incident()
    await rule(quiet, routing="attach", incident_id=incident.id)
    await quiet.bus.execute(ResolveIncident(caller=quiet.carol, incident_id=incident.id))

    await quiet.source.ring(firing("b", 121, group="second"))

    assert [one.state for one in quiet.source.incidents()] == [State.RESOLVED, State.OPEN]
    assert fates(quiet)["b"] is Fate.DECLARED


async def test_a_rule_says_how_bad_what_it_declares_is(quiet: Quiet) -> None:
    await rule(quiet, routing="declare", severity="low")

    await quiet.source.ring(firing("a", 121, severity=Severity.CRITICAL))

    assert quiet.source.incident().severity is Severity.LOW
    assert quiet.episodes()[0].severity is Severity.CRITICAL


async def test_a_rule_groups_by_labels_and_a_restart_stays_in_its_incident(quiet: Quiet) -> None:
    await rule(quiet, routing="declare", group_by=["team"])
    alerts = [
        replace(firing(name, 121, group=name), labels={"team": team})
        for name, team in (("a", "x"), ("b", "x"), ("c", "y"))
    ]
    await quiet.source.ring(*alerts)
    told = quiet.source.told()

    await quiet.source.ring(replace(alerts[1], starts_at=firing("b", 122).starts_at))

    assert titles(quiet) == ["Several alerts: team x", "Alert c"]
    assert quiet.episodes()[-1].incident_id == quiet.source.incidents()[0].id
    assert quiet.source.told() == told


async def test_after_the_window_of_a_group_its_next_alert_is_an_incident_of_its_own(
    quiet: Quiet,
) -> None:
    await rule(quiet, routing="declare", group_by=["alertname"], group_window=60)
    same = {"alertname": "Slow"}
    await quiet.source.ring(replace(firing("a", 120), labels=same))
    quiet.clock.advance(seconds=59)
    await quiet.source.ring(replace(firing("b", 120), labels=same))
    quiet.clock.advance(seconds=1)

    await quiet.source.ring(replace(firing("c", 121), labels=same))

    first, second = quiet.source.incidents()
    assert [one.incident_id for one in quiet.episodes()] == [first.id, first.id, second.id]


async def test_a_rule_holds_longer_than_its_source(quiet: Quiet) -> None:
    await rule(quiet, routing="declare", hold=120, matchers=["instance=a"])

    await quiet.source.ring(firing("a", 120), firing("b", 120))
    held = fates(quiet)
    quiet.clock.advance(minutes=2)
    await tick(quiet)

    assert held == {"a": Fate.HELD, "b": Fate.DECLARED}
    assert fates(quiet) == {"a": Fate.GROUPED, "b": Fate.DECLARED}
