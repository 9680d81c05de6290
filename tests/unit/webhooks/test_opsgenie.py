"""Requests of Opsgenie's API, as they are stored, become statements about alerts."""

from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.alert_bodies.opsgenie import Act
from bot.webhooks.opsgenie import parse
from bot.webhooks.source import Heard, NotUnderstood
from core.domain.alert import AlertStatus
from core.domain.severity import Severity
from tests.fakes.moment import NOON

HEARD = Heard(received_at=NOON)
BODIES: dict[Act, dict[str, Any]] = {
    Act.CREATE: {"message": "DB down"},
    Act.SNOOZE: {"endTime": "2030-01-01T14:00:00Z"},
    Act.ADD_NOTE: {"note": "on it"},
    Act.ADD_TAGS: {"tags": ["eu"]},
    Act.REMOVE_TAGS: {"tags": "eu"},
    Act.ADD_DETAILS: {"details": {"rack": 7}},
    Act.REMOVE_DETAILS: {"keys": "rack"},
    Act.UPDATE_MESSAGE: {"message": "DB is down"},
    Act.UPDATE_DESCRIPTION: {"description": "both"},
    Act.UPDATE_PRIORITY: {"priority": "p2"},
    Act.ASSIGN: {"owner": {"username": "a@example.com"}},
}


def waiting(act: str, alias: str = "db-down", **body: Any) -> dict[str, Any]:
    return {"action": act, "alias": alias, "body": body}


@pytest.mark.parametrize("act", Act)
def test_every_act_is_a_statement_about_its_alias(act: Act) -> None:
    [alert] = parse(waiting(act, user="bob", **BODIES.get(act, {})), HEARD)

    status = {
        Act.CREATE: AlertStatus.FIRING,
        Act.ACKNOWLEDGE: AlertStatus.ACKNOWLEDGED,
        Act.CLOSE: AlertStatus.RESOLVED,
        Act.DELETE: AlertStatus.RESOLVED,
    }.get(act, AlertStatus.EDITED)
    assert (alert.fingerprint, alert.status, alert.by) == ("db-down", status, "bob")
    assert alert.starts_at == NOON
    assert (alert.edit is not None) is (status is AlertStatus.EDITED)


@pytest.mark.parametrize(
    ("priority", "severity"),
    [
        ("P1", Severity.CRITICAL),
        ("P2", Severity.HIGH),
        ("P3", Severity.MEDIUM),
        ("P4", Severity.LOW),
        ("P5", Severity.LOW),
        (None, Severity.MEDIUM),
    ],
)
def test_a_priority_says_how_bad_it_is(priority: str | None, severity: Severity) -> None:
    [alert] = parse(waiting(Act.CREATE, message="DB down", priority=priority), HEARD)

    assert alert.severity is severity


def test_a_detail_cannot_pass_for_what_rules_speak_of() -> None:
    details = {"priority": "P5", "region": "eu"}
    [made] = parse(waiting(Act.CREATE, message="x", priority="P1", details=details), HEARD)
    [edited] = parse(waiting(Act.ADD_DETAILS, details=details), HEARD)

    assert made.labels == {"priority": "P1", "region": "eu"}
    assert edited.edit is not None
    assert edited.edit.details_added == {"region": "eu"}


def test_an_alert_may_be_tried_out_as_it_is_sent() -> None:
    [named] = parse({"message": "DB down", "alias": "db-down"}, HEARD)
    [nameless] = parse({"message": "DB down"}, HEARD)

    assert (named.fingerprint, nameless.fingerprint) == ("db-down", "DB down")
    assert nameless.status is AlertStatus.FIRING


@pytest.mark.parametrize(
    "payload",
    [
        None,
        [],
        {},
        {"action": "Panic", "alias": "x"},
        waiting(Act.CREATE),
        waiting(Act.SNOOZE, endTime="soon"),
        waiting(Act.CLOSE, alias=""),
    ],
)
def test_what_is_no_request_is_not_understood(payload: Any) -> None:
    with pytest.raises(NotUnderstood):
        parse(payload, HEARD)


TEXTS = st.text(max_size=30)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)
NAMES = ["message", "tags", "details", "priority", "source", "owner", "note", "endTime", "keys"]


@given(st.sampled_from(Act), st.dictionaries(st.sampled_from(NAMES), JSON))
def test_whatever_is_in_it_is_understood_or_refused(act: Act, body: dict[str, Any]) -> None:
    payload = orjson.loads(orjson.dumps(waiting(act, **body), option=orjson.OPT_NON_STR_KEYS))

    try:
        [alert] = parse(payload, HEARD)
    except NotUnderstood:
        return

    assert alert.fingerprint == "db-down"
    assert len(alert.description) <= 10_000
