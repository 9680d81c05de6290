"""Transitions of Datadog's monitors become statements about alerts."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.webhooks.datadog import DATADOG, parse
from bot.webhooks.source import Heard, NotUnderstood
from core.domain.alert import AlertStatus, Dating
from core.domain.severity import Severity
from tests.fakes.moment import NOON
from tests.unit.webhooks.payloads import datadog, without

HEARD = Heard(received_at=NOON)
NO_CYCLE = {"cycle_key": "", "aggregate": "$AGGREG_KEY"}


@pytest.mark.parametrize(
    ("transition", "status"),
    [
        ("Triggered", AlertStatus.FIRING),
        ("Re-Triggered", AlertStatus.FIRING),
        ("Renotify", AlertStatus.FIRING),
        ("Warn", AlertStatus.FIRING),
        ("No Data", AlertStatus.FIRING),
        ("Recovered", AlertStatus.RESOLVED),
    ],
)
def test_a_transition_says_what_happened(transition: str, status: AlertStatus) -> None:
    (alert,) = parse(datadog(transition), HEARD)

    assert (alert.status, alert.fingerprint, alert.group) == (status, "cycle/c1", "monitor/1234")
    assert (alert.starts_at, alert.dating) == (
        datetime(2030, 1, 1, 11, tzinfo=UTC),
        Dating.MOMENT,
    )


@pytest.mark.parametrize(
    ("said", "severity", "word"),
    [
        ({"priority": "P1"}, Severity.CRITICAL, "P1"),
        ({"priority": "P2"}, Severity.HIGH, "P2"),
        ({"priority": "P3"}, Severity.MEDIUM, "P3"),
        ({"priority": "P5"}, Severity.LOW, "P5"),
        ({"priority": ""}, Severity.HIGH, "triggered"),
        ({"priority": "$ALERT_PRIORITY", "tags": "severity:low"}, Severity.LOW, "low"),
        ({"priority": None, "transition": "Warn"}, Severity.MEDIUM, "warn"),
    ],
)
def test_the_priority_goes_before_tags_and_those_before_the_transition(
    said: dict[str, Any], severity: Severity, word: str
) -> None:
    (alert,) = parse(datadog(**{"transition": "Triggered", **said}), HEARD)

    assert (alert.severity, alert.severity_word) == (severity, word)


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"cycle_key": None}, "aggregate/9bd4ac313a4d1e8fae2482df7b77628"),
        (NO_CYCLE, "monitor/1234/host:web-1,env:prod"),
    ],
)
def test_without_a_cycle_something_else_tells_alerts_apart(
    changes: dict[str, Any], key: str
) -> None:
    (alert,) = parse(datadog(**changes), HEARD)

    assert alert.fingerprint == key


def test_tags_become_labels_and_what_was_not_filled_in_is_left_out() -> None:
    (alert,) = parse(datadog(), HEARD)

    assert alert.labels == {
        "host": "web-1",
        "monitor": "1234",
        "metric": "system.load.1",
        "env": "prod",
        "service": "checkout",
    }
    assert alert.links == {"Datadog": "https://app.datadoghq.com/event/event?id=7011"}


def test_a_repeated_event_has_the_same_name() -> None:
    assert DATADOG.name_of(datadog()) == "event/7011"
    assert DATADOG.name_of(datadog(id="$ID")) is None
    assert DATADOG.name_of(datadog(id=7)) is None


@pytest.mark.parametrize(
    "payload",
    [
        [],
        {},
        {"body": "x", "title": "[Triggered] x", "event_type": "metric_alert_monitor", "id": "1"},
        datadog("Exploded"),
        datadog(**NO_CYCLE, monitor=None),
        without(datadog(), "transition"),
    ],
)
def test_anything_else_is_not_understood(payload: Any) -> None:
    with pytest.raises(NotUnderstood):
        parse(payload, HEARD)


def test_who_did_not_paste_the_template_is_told_to() -> None:
    with pytest.raises(NotUnderstood, match="Paste the payload"):
        parse({"id": "1", "title": "[Triggered] x"}, HEARD)
