"""Checks of Pingdom and monitors of UptimeRobot become statements about alerts."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.webhooks import pingdom, uptimerobot
from bot.webhooks.source import Heard, NotUnderstood
from core.domain.alert import AlertStatus, Dating
from core.domain.severity import Severity
from tests.fakes.moment import NOON
from tests.unit.webhooks import payloads
from tests.unit.webhooks.payloads import without

HEARD = Heard(received_at=NOON)
START = datetime(2030, 1, 1, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    ("state", "status"),
    [
        ("DOWN", AlertStatus.FIRING),
        ("FAILING", AlertStatus.FIRING),
        ("UP", AlertStatus.RESOLVED),
        ("SUCCESS", AlertStatus.RESOLVED),
    ],
)
def test_a_check_of_pingdom_is_down_or_up(state: str, status: AlertStatus) -> None:
    (alert,) = pingdom.parse(payloads.pingdom(state), HEARD)

    assert (alert.status, alert.fingerprint) == (status, "check/12345")
    assert (alert.starts_at, alert.dating) == (START, Dating.MOMENT)


def test_everything_that_pingdom_knows_is_kept() -> None:
    (alert,) = pingdom.parse(payloads.pingdom(importance_level="LOW"), HEARD)

    assert (alert.severity, alert.severity_word) == (Severity.LOW, "low")
    assert alert.labels == {
        "check": "Checkout",
        "type": "HTTP",
        "host": "shop.example.com",
        "service": "checkout",
        "team": "shop",
        "eu": "true",
    }
    assert alert.links["Monitored"] == "https://shop.example.com/pay"
    assert alert.summary == "Checkout is down: Socket timeout"
    assert alert.description == "Socket timeout, unable to connect"


@pytest.mark.parametrize(
    ("type", "status", "severity"),
    [
        ("1", AlertStatus.FIRING, Severity.HIGH),
        (2, AlertStatus.RESOLVED, Severity.HIGH),
        ("3", AlertStatus.FIRING, Severity.LOW),
    ],
)
def test_a_monitor_of_uptimerobot_is_down_or_up_or_about_to_expire(
    type: Any, status: AlertStatus, severity: Severity
) -> None:
    (alert,) = uptimerobot.parse(payloads.uptimerobot(type), HEARD)

    assert (alert.status, alert.severity) == (status, severity)
    assert (alert.starts_at, alert.dating) == (START, Dating.MOMENT)


def test_a_certificate_is_no_monitor_that_is_down() -> None:
    (down,) = uptimerobot.parse(payloads.uptimerobot("1"), HEARD)
    warnings = [
        uptimerobot.parse(payloads.uptimerobot("3", sslExpiryDaysLeft=days), HEARD)[0]
        for days in (30, 7)
    ]

    assert len({down.group, *(warning.group for warning in warnings)}) == 2
    assert len({warning.fingerprint for warning in warnings}) == 2
    assert down.summary == "Checkout is down: Connection Timeout"
    assert warnings[0].group_title == "The certificate of Checkout expires"


def test_a_variable_that_uptimerobot_did_not_fill_in_is_empty() -> None:
    told = payloads.uptimerobot(monitorFriendlyName="*monitorFriendlyName*", alertDateTime="*x*")

    (alert,) = uptimerobot.parse(told, HEARD)

    assert (alert.name, alert.starts_at, alert.dating) == ("Monitor 95987545", NOON, Dating.NONE)


def test_what_the_template_adds_says_how_bad_it_is() -> None:
    told = payloads.uptimerobot(severity="critical", service="checkout")

    (alert,) = uptimerobot.parse(told, HEARD)

    assert alert.severity is Severity.CRITICAL
    assert alert.labels["service"] == "checkout"


@pytest.mark.parametrize(
    "payload",
    [
        [],
        {},
        without(payloads.pingdom(), "check_id"),
        without(payloads.pingdom(), "current_state"),
        payloads.pingdom("UNKNOWN"),
        payloads.pingdom(check_id=None),
    ],
)
def test_anything_else_is_none_of_pingdoms(payload: Any) -> None:
    with pytest.raises(NotUnderstood):
        pingdom.parse(payload, HEARD)


@pytest.mark.parametrize(
    "payload",
    [
        [],
        {},
        without(payloads.uptimerobot(), "monitorID"),
        without(payloads.uptimerobot(), "alertType"),
        payloads.uptimerobot("9"),
        payloads.uptimerobot(monitorID=" "),
    ],
)
def test_anything_else_is_none_of_uptimerobots(payload: Any) -> None:
    with pytest.raises(NotUnderstood):
        uptimerobot.parse(payload, HEARD)
