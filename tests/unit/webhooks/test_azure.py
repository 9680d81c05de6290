"""Alerts of Azure Monitor become statements about alerts."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.webhooks.azure import parse
from bot.webhooks.source import Heard, NotUnderstood
from core.domain.alert import AlertStatus, Dating
from core.domain.severity import Severity
from tests.fakes.moment import NOON
from tests.unit.webhooks.payloads import azure, azure_before

HEARD = Heard(received_at=NOON)
START = datetime(2030, 1, 1, 11, tzinfo=UTC)


def test_an_alert_and_its_end_are_about_the_same() -> None:
    (fired,) = parse(azure(), HEARD)
    (resolved,) = parse(azure("Resolved"), HEARD)

    assert fired.fingerprint == resolved.fingerprint
    assert fired.starts_at == resolved.starts_at == START + timedelta(microseconds=123_456)
    assert fired.dating is Dating.START
    assert (resolved.status, resolved.ends_at) == (
        AlertStatus.RESOLVED,
        START + timedelta(minutes=30),
    )


def test_alerts_of_one_rule_are_one_group() -> None:
    (one,) = parse(azure(), HEARD)
    (other,) = parse(azure(alertId="other"), HEARD)

    assert one.fingerprint != other.fingerprint
    assert one.group == other.group


@pytest.mark.parametrize(
    ("word", "severity"),
    [
        ("Sev0", Severity.CRITICAL),
        ("Sev1", Severity.HIGH),
        ("Sev2", Severity.MEDIUM),
        ("Sev3", Severity.LOW),
        ("Sev4", Severity.LOW),
        (None, Severity.MEDIUM),
    ],
)
def test_azure_counts_from_nought(word: str | None, severity: Severity) -> None:
    (alert,) = parse(azure(severity=word), HEARD)

    assert alert.severity is severity


def test_everything_worth_knowing_is_kept() -> None:
    (alert,) = parse(azure(), HEARD)

    assert alert.summary == "CPU is high on web-1"
    assert alert.labels == {
        "rule": "CPU is high",
        "severity": "sev1",
        "resource": "web-1",
        "signal": "Metric",
        "monitoring_service": "Platform",
        "service": "checkout",
    }
    assert alert.links["Azure"].startswith("https://portal.azure.com/#resource/subscriptions/")


@pytest.mark.parametrize(
    ("status", "means"),
    [("Activated", AlertStatus.FIRING), ("Deactivated", AlertStatus.RESOLVED)],
)
def test_metric_alerts_before_the_common_schema_are_understood(
    status: str, means: AlertStatus
) -> None:
    (alert,) = parse(azure_before(status), HEARD)

    assert (alert.status, alert.severity) == (means, Severity.CRITICAL)
    assert (alert.starts_at, alert.dating) == (START, Dating.MOMENT)


def test_an_alert_without_targets_or_times_is_understood() -> None:
    bare = azure("Resolved", alertTargetIDs=None, firedDateTime=None, resolvedDateTime="")

    (alert,) = parse(bare, HEARD)

    assert (alert.ends_at, alert.dating, alert.links) == (NOON, Dating.NONE, {})


@pytest.mark.parametrize(
    "payload",
    [
        [],
        {},
        {"schemaId": "azureMonitorCommonAlertSchema"},
        {"schemaId": "azureMonitorCommonAlertSchema", "data": {}},
        {"schemaId": "Microsoft.Insights/activityLogs", "data": {"status": "Activated"}},
        azure("Exploded"),
        azure(alertId=None),
        azure_before(id=""),
    ],
)
def test_anything_else_is_not_understood(payload: Any) -> None:
    with pytest.raises(NotUnderstood):
        parse(payload, HEARD)
