"""Events of Zabbix become statements about alerts."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.webhooks.source import Heard, NotUnderstood
from bot.webhooks.zabbix import ZABBIX, parse, said
from core.domain.alert import AlertEdit, AlertStatus, Dating
from core.domain.severity import Severity
from tests.fakes.moment import NOON
from tests.unit.webhooks.payloads import ENDED, without, zabbix

HEARD = Heard(received_at=NOON)
START = datetime(2030, 1, 1, 11, tzinfo=UTC)


def test_a_problem_and_its_recovery_are_about_the_same_alert() -> None:
    (problem,) = parse(zabbix(), HEARD)
    (recovery,) = parse(zabbix(event_value="0", recovery_time=ENDED), HEARD)

    assert (problem.fingerprint, problem.group) == (recovery.fingerprint, recovery.group)
    assert (problem.starts_at, problem.dating) == (START, Dating.START)
    assert (recovery.status, recovery.ends_at) == (
        AlertStatus.RESOLVED,
        START + timedelta(minutes=30),
    )
    assert (problem.name, problem.labels["service"]) == ("CPU high", "checkout")


def test_an_older_zabbix_that_knows_no_times_is_understood() -> None:
    old = zabbix(time="{EVENT.TIMESTAMP}", event_value="0", name="{EVENT.NAME}")

    (alert,) = parse(old, HEARD)

    assert (alert.starts_at, alert.ends_at, alert.dating) == (NOON, NOON, Dating.NONE)
    assert alert.name == "Problem: CPU high"


@pytest.mark.parametrize(
    ("number", "severity"),
    [
        ("0", Severity.LOW),
        ("1", Severity.LOW),
        ("2", Severity.MEDIUM),
        ("3", Severity.MEDIUM),
        (4, Severity.HIGH),
        ("5", Severity.CRITICAL),
        ("{EVENT.NSEVERITY}", Severity.MEDIUM),
        (None, Severity.MEDIUM),
    ],
)
def test_a_number_says_how_bad_it_is(number: Any, severity: Severity) -> None:
    (alert,) = parse(zabbix(severity=number), HEARD)

    assert alert.severity is severity


def test_what_somebody_does_with_a_problem_is_told() -> None:
    update = zabbix(
        update_status="1", acknowledged="Yes", user="Alice Archer", comment="I am looking."
    )

    problem, acknowledged, noted = parse(update, HEARD)

    assert problem.status is AlertStatus.FIRING
    assert (acknowledged.status, acknowledged.by) == (AlertStatus.ACKNOWLEDGED, "Alice Archer")
    assert (noted.status, noted.edit) == (AlertStatus.EDITED, AlertEdit(note="I am looking."))
    assert {one.fingerprint for one in (problem, acknowledged, noted)} == {"event/4711"}


def test_an_update_about_nothing_is_the_problem_again() -> None:
    update = zabbix(update_status="1", acknowledged="No", comment="{EVENT.UPDATE.MESSAGE}")

    assert [alert.status for alert in parse(update, HEARD)] == [AlertStatus.FIRING]


def test_an_event_that_is_no_problem_says_nothing() -> None:
    assert parse(zabbix(event_value="{EVENT.VALUE}"), HEARD) == []


@pytest.mark.parametrize(
    "macro", ["{EVENT.ID}", "{$ZABBIX.URL}", "{DATE} {TIME}", " {#NAME} ", "", None]
)
def test_a_macro_without_a_value_is_empty(macro: str | None) -> None:
    assert said(macro) == ""


@pytest.mark.parametrize("text", ["{x}", "CPU", "{HOST.NAME} is down", "web1 {A}"])
def test_other_text_stays(text: str) -> None:
    assert said(text) == text


def test_a_repeated_event_has_the_same_name_and_an_update_none() -> None:
    name = ZABBIX.name_of

    assert name(zabbix()) == name(zabbix(subject="x"))
    assert name(zabbix()) != name(zabbix(event_value="0"))
    assert name(zabbix(update_status="1")) is name(zabbix(update_status=1)) is None


@pytest.mark.parametrize(
    "payload",
    [
        [],
        {},
        without(zabbix(), "event_id"),
        without(zabbix(), "event_value"),
        zabbix(event_id=""),
        zabbix(event_value=None),
    ],
)
def test_anything_else_is_not_understood(payload: Any) -> None:
    with pytest.raises(NotUnderstood):
        parse(payload, HEARD)
