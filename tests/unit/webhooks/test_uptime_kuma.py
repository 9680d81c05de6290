"""Beats of Uptime Kuma's monitors become statements about alerts."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.webhooks.source import Heard, NotUnderstood
from bot.webhooks.uptime_kuma import parse
from core.domain.alert import AlertStatus, Dating
from core.domain.severity import Severity
from tests.fakes.moment import NOON
from tests.unit.webhooks.payloads import uptime_kuma

HEARD = Heard(received_at=NOON)
EXPIRES = "[Checkout][https://shop.example.com] server certificate shop will expire in {} days"


@pytest.mark.parametrize(("status", "means"), [(0, AlertStatus.FIRING), (1, AlertStatus.RESOLVED)])
def test_a_monitor_is_down_or_up_at_its_own_time(status: int, means: AlertStatus) -> None:
    (alert,) = parse(uptime_kuma(status), HEARD)

    assert (alert.status, alert.name, alert.severity) == (means, "Checkout", Severity.HIGH)
    assert alert.summary.startswith(("Checkout is down: ", "Checkout is up: "))
    assert (alert.starts_at, alert.dating) == (
        datetime(2030, 1, 1, 11, 0, 0, 86_000, UTC),
        Dating.MOMENT,
    )


@pytest.mark.parametrize("status", [2, 3, 17])
def test_a_monitor_that_is_pending_or_maintained_says_nothing(status: int) -> None:
    assert parse(uptime_kuma(status), HEARD) == []


def test_trying_the_button_does_no_harm() -> None:
    tried = {"heartbeat": None, "monitor": None, "msg": "webhook Testing"}

    assert parse(tried, HEARD) == []


def test_tags_say_how_bad_it_is_and_what_it_is_about() -> None:
    tags = [
        {"name": "severity", "value": "critical"},
        {"name": "service", "value": "pay"},
        {"x": 1},
    ]

    (alert,) = parse(uptime_kuma(tags=[*tags, {"x": 1}], url="https://"), HEARD)

    assert alert.severity is Severity.CRITICAL
    assert alert.severity_word == "critical"
    assert alert.labels == {"monitor": "Checkout", "severity": "critical", "service": "pay"}
    assert alert.links == {}


def test_each_warning_about_a_certificate_is_an_alert_of_one_group() -> None:
    warnings = [
        parse({"heartbeat": None, "monitor": None, "msg": EXPIRES.format(days)}, HEARD)[0]
        for days in (21, 7)
    ]

    assert len({alert.group for alert in warnings}) == 1
    assert len({alert.fingerprint for alert in warnings}) == 2
    assert {alert.severity for alert in warnings} == {Severity.LOW}


def test_a_beat_without_a_time_counts_from_when_it_came() -> None:
    payload = uptime_kuma()
    payload["heartbeat"]["time"] = "soon"

    (alert,) = parse(payload, HEARD)

    assert (alert.starts_at, alert.dating) == (NOON, Dating.NONE)


@pytest.mark.parametrize(
    "payload",
    [
        [],
        "down",
        {"msg": "x"},
        {"heartbeat": {}, "monitor": {"id": 1}},
        {"heartbeat": {"status": 0}, "monitor": {}},
        {"heartbeat": {"status": "down"}, "monitor": {"id": 1}},
        {"heartbeat": 1, "monitor": {"id": " "}},
    ],
)
def test_anything_else_is_not_understood(payload: Any) -> None:
    with pytest.raises(NotUnderstood):
        parse(payload, HEARD)
