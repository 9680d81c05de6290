"""Incidents of Google Cloud Monitoring become statements about alerts."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.webhooks.googlecloud import parse
from bot.webhooks.source import Heard, NotUnderstood
from core.domain.alert import AlertStatus, Dating
from core.domain.severity import Severity
from tests.fakes.moment import NOON
from tests.unit.webhooks.payloads import googlecloud

HEARD = Heard(received_at=NOON)
START = datetime(2030, 1, 1, 11, tzinfo=UTC)


def test_an_incident_and_its_end_are_about_the_same() -> None:
    (opened,) = parse(googlecloud(), HEARD)
    (closed,) = parse(googlecloud("closed"), HEARD)

    assert (opened.fingerprint, opened.starts_at) == (closed.fingerprint, closed.starts_at)
    assert (opened.starts_at, opened.dating) == (START, Dating.START)
    assert (closed.status, closed.ends_at) == (AlertStatus.RESOLVED, START + timedelta(minutes=30))


def test_trying_the_channel_does_no_harm() -> None:
    assert parse(googlecloud(documentation="Test documentation"), HEARD) == []


@pytest.mark.parametrize(
    ("word", "severity"),
    [
        ("Critical", Severity.CRITICAL),
        ("Error", Severity.HIGH),
        ("Warning", Severity.MEDIUM),
        ("No severity", Severity.HIGH),
        (None, Severity.HIGH),
    ],
)
def test_a_word_says_how_bad_it_is(word: str | None, severity: Severity) -> None:
    (alert,) = parse(googlecloud(severity=word), HEARD)

    assert alert.severity is severity


def test_everything_worth_knowing_is_kept() -> None:
    (alert,) = parse(googlecloud(), HEARD)

    assert (alert.name, alert.group_title) == ("CPU is high", "CPU of web-1 is high")
    assert alert.description == "Look at the deployments."
    assert alert.labels == {
        "policy": "CPU is high",
        "condition": "CPU above 90 %",
        "project": "shop-1",
        "resource": "web-1",
        "resource_type": "gce_instance",
        "metric": "CPU usage",
        "zone": "europe-west1-b",
        "core": "1",
        "service": "checkout",
    }


def test_an_older_version_without_most_fields_is_understood() -> None:
    old = {"incident": {"incident_id": "1", "state": "OPEN", "documentation": None}}

    (alert,) = parse(old, HEARD)

    assert (alert.status, alert.starts_at, alert.dating) == (
        AlertStatus.FIRING,
        NOON,
        Dating.NONE,
    )


@pytest.mark.parametrize(
    "payload",
    [
        [],
        {},
        {"incident": None},
        {"incident": {"incident_id": "1"}},
        googlecloud("exploded"),
        googlecloud(incident_id=None),
        googlecloud(documentation=7),
    ],
)
def test_anything_else_is_not_understood(payload: Any) -> None:
    with pytest.raises(NotUnderstood):
        parse(payload, HEARD)
