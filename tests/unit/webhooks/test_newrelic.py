"""Issues of New Relic, and incidents of its former alerts, become statements about alerts."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.webhooks.newrelic import parse
from bot.webhooks.source import Heard, NotUnderstood
from core.domain.alert import AlertStatus, Dating
from core.domain.severity import Severity
from tests.fakes.moment import NOON
from tests.unit.webhooks.payloads import newrelic, newrelic_before, without

HEARD = Heard(received_at=NOON)
START = datetime(2030, 1, 1, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    ("state", "status"),
    [
        ("CREATED", AlertStatus.FIRING),
        ("ACTIVATED", AlertStatus.FIRING),
        ("ACKNOWLEDGED", AlertStatus.ACKNOWLEDGED),
        ("CLOSED", AlertStatus.RESOLVED),
    ],
)
def test_a_state_says_what_happened(state: str, status: AlertStatus) -> None:
    (alert,) = parse(newrelic(state), HEARD)

    assert (alert.status, alert.fingerprint) == (status, "issue/issue-1")
    assert (alert.starts_at, alert.dating) == (START, Dating.START)


def test_an_issue_ends_when_it_was_closed() -> None:
    (alert,) = parse(newrelic("CLOSED"), HEARD)

    assert alert.ends_at == START + timedelta(minutes=30)


def test_everything_worth_knowing_is_kept() -> None:
    (alert,) = parse(newrelic(labels={"service": "checkout", "n": 1}), HEARD)

    assert (alert.severity, alert.severity_word) == (Severity.CRITICAL, "CRITICAL")
    assert (alert.name, alert.summary) == ("p99 latency", "Checkout is slow")
    assert alert.labels == {
        "priority": "CRITICAL",
        "policy": "Shop",
        "condition": "p99 latency",
        "entity": "checkout, web-1",
        "service": "checkout",
        "n": "1",
    }


@pytest.mark.parametrize(
    ("state", "status", "by"),
    [
        ("open", AlertStatus.FIRING, ""),
        ("acknowledged", AlertStatus.ACKNOWLEDGED, "Alice Archer"),
        ("closed", AlertStatus.RESOLVED, ""),
    ],
)
def test_the_former_alerts_are_understood(state: str, status: AlertStatus, by: str) -> None:
    (alert,) = parse(newrelic_before(state), HEARD)

    assert (alert.status, alert.fingerprint, alert.by) == (status, "issue/42", by)
    assert (alert.starts_at, alert.dating) == (START, Dating.MOMENT)
    assert (alert.name, alert.labels["entity"]) == ("p99 latency", "checkout")


def test_an_issue_without_times_counts_from_when_it_came() -> None:
    (alert,) = parse(newrelic("CLOSED", createdAt="", updatedAt=None), HEARD)

    assert (alert.starts_at, alert.ends_at, alert.dating) == (NOON, NOON, Dating.NONE)


@pytest.mark.parametrize(
    "payload",
    [
        [],
        {},
        without(newrelic(), "id"),
        without(newrelic(), "state"),
        newrelic("EXPLODED"),
        newrelic(id=""),
    ],
)
def test_anything_else_is_not_understood(payload: Any) -> None:
    with pytest.raises(NotUnderstood):
        parse(payload, HEARD)
