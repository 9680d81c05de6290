"""Hooks of Sentry become statements about alerts."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.web.problems import Refusal
from bot.webhooks.sentry import SENTRY, parse
from bot.webhooks.source import Heard, Knock, Lock, NotUnderstood
from core.domain.alert import AlertStatus, Dating
from core.domain.severity import Severity
from core.domain.source_settings import SourceSettings
from tests.fakes.moment import NOON
from tests.unit.webhooks.payloads import sentry_issue, sentry_issue_alert, sentry_metric

HEARD = Heard(received_at=NOON)
START = datetime(2030, 1, 1, 11, tzinfo=UTC)


def test_an_issue_alert_is_ended_by_what_people_do_with_the_issue() -> None:
    (alert,) = parse(sentry_issue_alert(), HEARD)
    (resolved,) = parse(sentry_issue(), HEARD)

    assert (alert.status, resolved.status) == (AlertStatus.FIRING, AlertStatus.RESOLVED)
    assert alert.fingerprint == resolved.fingerprint
    assert resolved.by == "Alice Archer"


@pytest.mark.parametrize("action", ["resolved", "archived", "ignored"])
def test_some_actions_end_it(action: str) -> None:
    assert len(parse(sentry_issue(action), HEARD)) == 1


@pytest.mark.parametrize("action", ["created", "assigned", "unresolved"])
def test_rules_decide_about_the_rest(action: str) -> None:
    assert parse(sentry_issue(action), HEARD) == []


def test_everything_worth_knowing_of_an_issue_is_kept() -> None:
    (alert,) = parse(sentry_issue_alert(), HEARD)

    assert alert.dating is Dating.MOMENT
    assert (alert.severity, alert.severity_word) == (Severity.HIGH, "error")
    assert alert.labels == {
        "rule": "Very important alert rule!",
        "level": "error",
        "environment": "production",
        "platform": "javascript",
        "browser": "Chrome",
        "service": "checkout",
    }


@pytest.mark.parametrize(
    ("level", "severity"),
    [
        ("fatal", Severity.CRITICAL),
        ("warning", Severity.MEDIUM),
        ("info", Severity.LOW),
        ("debug", Severity.LOW),
        (None, Severity.MEDIUM),
    ],
)
def test_a_level_says_how_bad_it_is(level: str | None, severity: Severity) -> None:
    (alert,) = parse(sentry_issue_alert(level=level), HEARD)

    assert alert.severity is severity


@pytest.mark.parametrize(
    ("action", "status", "severity"),
    [
        ("critical", AlertStatus.FIRING, Severity.CRITICAL),
        ("warning", AlertStatus.FIRING, Severity.MEDIUM),
        ("resolved", AlertStatus.RESOLVED, Severity.MEDIUM),
    ],
)
def test_a_metric_alert_ends_by_itself(
    action: str, status: AlertStatus, severity: Severity
) -> None:
    (alert,) = parse(sentry_metric(action), HEARD)

    assert (alert.status, alert.severity, alert.fingerprint) == (status, severity, "metric/11")
    assert (alert.starts_at, alert.dating) == (START, Dating.START)
    assert alert.ends_at == (NOON if status is AlertStatus.RESOLVED else None)


@pytest.mark.parametrize("data", [{"comment": "x"}, {"error": {"title": "x"}}, {}])
def test_other_resources_say_nothing(data: dict[str, Any]) -> None:
    assert parse({"action": "created", "data": data}, HEARD) == []


@pytest.mark.parametrize(
    "payload",
    [
        [],
        {},
        {"action": "triggered"},
        {"data": {}},
        sentry_issue_alert(issue_id=None),
        sentry_metric("exploded"),
        sentry_metric(id=None),
        sentry_issue(id=" "),
    ],
)
def test_anything_else_is_not_understood(payload: Any) -> None:
    with pytest.raises(NotUnderstood):
        parse(payload, HEARD)


@pytest.mark.parametrize("data", [{"installation": {"status": "pending"}}])
async def test_being_installed_is_a_greeting(data: dict[str, Any]) -> None:
    assert await SENTRY.greet({"action": "created", "data": data}, a_lock())
    assert not await SENTRY.greet(sentry_issue(), a_lock())


async def test_the_token_alone_suffices_until_a_secret_is_known() -> None:
    knock = Knock(headers={}, body=b"{}")

    await SENTRY.verify(knock, a_lock())

    with pytest.raises(Refusal):
        await SENTRY.verify(knock, a_lock(secret="told later"))


def a_lock(secret: str | None = None) -> Lock:
    async def fetch(url: str) -> bytes:
        raise AssertionError(url)

    return Lock(now=NOON, settings=SourceSettings(), fetch=fetch, secret=secret)
