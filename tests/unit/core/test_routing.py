"""Which routing rule an alert meets, and what is said of those it does not."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from core.domain.ids import IntegrationId, ServiceId
from core.domain.routing import (
    Facts,
    decide,
    first_that_fits,
    in_force,
    in_order,
    labels_of,
    within,
)
from core.domain.routing_rule import Hours, Routing, RoutingRule
from core.domain.severity import Severity
from tests.fakes.moment import NOON
from tests.unit.core.alerts import firing

FACTS = Facts(
    source="alertmanager",
    integration_id=IntegrationId("int_1"),
    severity=Severity.LOW,
    labels={"alertname": "Slow", "team": "x"},
    service_id=ServiceId("svc_1"),
)
OFFICE = Hours(time_zone="Europe/Berlin", days=(1, 2, 3, 4, 5), start=540, end=1_020)
NIGHT = Hours(time_zone="UTC", days=(5,), start=1_320, end=360)


def a_rule(name: str = "Rule", position: int = 1, **changes: Any) -> RoutingRule:
    rule = RoutingRule(
        id=f"rul_{name}",
        created_at=NOON,
        updated_at=NOON,
        name=name,
        position=position,
        routing=Routing.DROP,
    )
    return replace(rule, **changes)


def first(facts: Facts, rules: list[RoutingRule], now: datetime) -> RoutingRule | None:
    """As triage asks for it."""
    return first_that_fits(facts, in_force(rules, facts.source, facts.integration_id, now))


FITTING = a_rule("fitting")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"enabled": False}, "It is switched off."),
        (
            {"severities": (Severity.CRITICAL, Severity.HIGH)},
            "It asks for critical and high, and the alert is low.",
        ),
        (
            {"sources": ("grafana", "int_2")},
            "It asks for grafana and int_2, and the alert is of alertmanager (int_1).",
        ),
        ({"service_ids": (ServiceId("svc_2"),)}, "It asks for another service."),
        (
            {"matchers": ('team="payments"',)},
            'Its label team is “x”, and the rule asks for team="payments".',
        ),
        (
            {"matchers": ('zone="a"',)},
            'The alert has no label zone, and the rule asks for zone="a".',
        ),
        ({"matchers": ("spoilt in an archive",)}, "Its matchers cannot be read."),
        (
            {"hours": Hours(time_zone="Europe/Atlantis")},
            "Nobody here knows the time zone Europe/Atlantis.",
        ),
        (
            {"hours": OFFICE},
            "It is Sunday 03:00 in Europe/Berlin, outside Mon to Fri, 09:00 to 17:00 "
            "Europe/Berlin.",
        ),
    ],
)
def test_a_rule_that_does_not_fit_says_why(changes: dict[str, Any], reason: str) -> None:
    sunday = datetime(2030, 1, 6, 2, 0, tzinfo=UTC)
    unfit = a_rule(**changes)

    decision = decide(FACTS, [unfit, FITTING], sunday)

    assert (decision.rule, decision.passed) == (FITTING, ((unfit, reason),))
    assert first(FACTS, [unfit, FITTING], sunday) == FITTING


def test_an_alert_without_a_service_says_so() -> None:
    rule = a_rule(service_ids=(ServiceId("svc_1"),))

    decision = decide(replace(FACTS, service_id=None), [rule], NOON)

    assert decision.passed == ((rule, "The alert has no service."),)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"severities": (Severity.LOW,)},
        {"sources": ("alertmanager",)},
        {"sources": ("int_1",)},
        {"service_ids": (ServiceId("svc_1"),)},
        {"matchers": ('team="x"', 'zone=""')},
        {"matchers": ('zone=""',)},
        {"hours": Hours(time_zone="UTC")},
    ],
)
def test_what_is_asked_for_and_there_fits(changes: dict[str, Any]) -> None:
    rule = a_rule(**changes)

    assert decide(FACTS, [rule], NOON).rule == first(FACTS, [rule], NOON) == rule


def test_the_first_rule_that_fits_decides() -> None:
    late, early = a_rule("late", 2), a_rule("early", 1)

    decision = decide(FACTS, in_order([late, early]), NOON)

    assert (decision.rule, decision.passed) == (early, ())


def test_no_rule_at_all_decides_nothing() -> None:
    assert decide(FACTS, [], NOON).rule is None


@pytest.mark.parametrize(
    ("at", "inside"),
    [
        ("2030-01-07T08:00", True),  # Monday 09:00 in Berlin
        ("2030-01-07T07:59", False),
        ("2030-01-07T15:59", True),
        ("2030-01-07T16:00", False),
        ("2030-07-08T07:00", True),  # in summer the clock there is two hours ahead
        ("2030-07-08T15:00", False),
        ("2030-01-06T10:00", False),  # Sunday
    ],
)
def test_hours_are_those_of_their_time_zone(at: str, inside: bool) -> None:
    assert within(OFFICE, datetime.fromisoformat(at).replace(tzinfo=UTC)) is inside


@pytest.mark.parametrize(
    ("at", "inside"),
    [
        ("2030-01-04T22:00", True),  # Friday
        ("2030-01-05T05:59", True),
        ("2030-01-05T06:00", False),
        ("2030-01-04T05:59", False),  # that night began on Thursday
        ("2030-01-05T22:00", False),
        ("2030-01-04T12:00", False),
    ],
)
def test_a_night_belongs_to_the_day_it_begins_on(at: str, inside: bool) -> None:
    assert within(NIGHT, datetime.fromisoformat(at).replace(tzinfo=UTC)) is inside


def test_whatever_its_source_an_alert_is_found_by_its_name() -> None:
    alert = firing("a")

    assert labels_of(alert) == {"alertname": "Alert a", "instance": "a"}
    assert labels_of(replace(alert, labels={"alertname": "Mine"})) == {"alertname": "Mine"}
