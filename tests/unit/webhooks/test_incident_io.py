"""Alert events of incident.io's HTTP source become statements about alerts."""

from typing import Any

import pytest

from bot.webhooks.incident_io import parse
from bot.webhooks.source import Heard, NotUnderstood
from core.domain.alert import AlertStatus, Dating
from core.domain.severity import Severity
from tests.fakes.moment import NOON


def an_event(**changes: Any) -> dict[str, Any]:
    return {
        "title": "Checkout times out",
        "status": "firing",
        "deduplication_key": "timeouts",
        "description": "Every fifth request.",
        "source_url": "https://monitoring.example.com/7",
        "metadata": {"severity": "critical", "team": ["checkout", "web"]},
    } | changes


def test_an_event_is_a_statement_about_one_alert() -> None:
    (alert,) = parse(an_event(), Heard(received_at=NOON))

    assert (alert.fingerprint, alert.group) == ("timeouts", "timeouts")
    assert (alert.status, alert.severity) == (AlertStatus.FIRING, Severity.CRITICAL)
    assert (alert.starts_at, alert.dating) == (NOON, Dating.NONE)
    assert (alert.name, alert.description) == ("Checkout times out", "Every fifth request.")
    assert alert.labels == {"severity": "critical", "team": "checkout, web"}
    assert alert.links == {"Source": "https://monitoring.example.com/7"}


def test_little_is_enough() -> None:
    (alert,) = parse(
        {"title": "x", "status": "Resolved", "deduplication_key": 7}, Heard(received_at=NOON)
    )

    assert (alert.status, alert.fingerprint) == (AlertStatus.RESOLVED, "7")
    assert alert.severity is Severity.MEDIUM


@pytest.mark.parametrize(
    "payload",
    [
        [],
        {},
        an_event(title=" "),
        an_event(title=None),
        an_event(status="broken"),
        an_event(deduplication_key=""),
        an_event(deduplication_key="x" * 256),
    ],
)
def test_what_is_no_event_is_not_understood(payload: Any) -> None:
    with pytest.raises(NotUnderstood):
        parse(payload, Heard(received_at=NOON))
