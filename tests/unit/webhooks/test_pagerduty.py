"""Events of PagerDuty's API become statements about alerts."""

from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.webhooks.pagerduty import parse
from bot.webhooks.source import Heard, NotUnderstood
from core.domain.alert import AlertStatus, Dating
from core.domain.severity import Severity
from tests.fakes.moment import NOON

TOLD = {"summary": "p99 latency is high", "source": "web-1", "severity": "critical"}


def an_event(action: str = "trigger", **changes: Any) -> dict[str, Any]:
    return {"event_action": action, "dedup_key": "latency", "payload": TOLD} | changes


def told(**changes: Any) -> dict[str, Any]:
    return an_event(payload=TOLD | changes)


@pytest.mark.parametrize(
    ("action", "status"),
    [
        ("trigger", AlertStatus.FIRING),
        ("Acknowledge", AlertStatus.ACKNOWLEDGED),
        (" RESOLVE ", AlertStatus.RESOLVED),
    ],
)
def test_an_action_says_what_happened(action: str, status: AlertStatus) -> None:
    (alert,) = parse(an_event(action), Heard(received_at=NOON))

    assert (alert.status, alert.fingerprint, alert.group) == (status, "latency", "latency")


@pytest.mark.parametrize("payload", [None, {}, {"summary": "Over"}])
def test_only_a_trigger_needs_a_payload(payload: Any) -> None:
    (alert,) = parse(an_event("resolve", payload=payload), Heard(received_at=NOON))

    assert alert.name


def test_a_time_is_taken_from_the_source_where_there_is_one() -> None:
    (dated,) = parse(told(timestamp="2030-01-01T11:00:00.123456789+01:00"), Heard(received_at=NOON))
    (undated,) = parse(an_event(), Heard(received_at=NOON))

    assert (dated.starts_at, dated.dating) == (
        datetime(2030, 1, 1, 10, 0, 0, 123456, UTC),
        Dating.MOMENT,
    )
    assert (undated.starts_at, undated.dating) == (NOON, Dating.NONE)


@pytest.mark.parametrize("time", ["soon", "2030-01-01T11:00:00", 7, None, "0001-01-01T00:00:00Z"])
def test_an_alert_is_worth_more_than_its_time(time: Any) -> None:
    (alert,) = parse(told(timestamp=time), Heard(received_at=NOON))

    assert alert.dating is Dating.NONE


@pytest.mark.parametrize(
    ("word", "severity"),
    [
        ("critical", Severity.CRITICAL),
        ("Error", Severity.HIGH),
        ("warning", Severity.MEDIUM),
        ("info", Severity.LOW),
    ],
)
def test_a_word_says_how_bad_it_is(word: str, severity: Severity) -> None:
    (alert,) = parse(told(severity=word), Heard(received_at=NOON))

    assert alert.severity is severity


def test_everything_worth_knowing_is_kept() -> None:
    details = {"firing": "2 alerts", "count": 2, "on": True, "hosts": ["a", 1], "deep": {"x": 1}}
    event = told(component="checkout", **{"group": "eu1", "class": "latency"})
    event["payload"]["custom_details"] = details
    event |= {
        "client": "Monitoring",
        "client_url": "https://monitoring.example.com",
        "links": [{"href": "https://runbooks.example.com", "text": "Runbook"}, "x"],
        "images": [{"src": "javascript:alert(1)"}],
    }

    (alert,) = parse(event, Heard(received_at=NOON))

    assert alert.labels == {
        "source": "web-1",
        "component": "checkout",
        "group": "eu1",
        "class": "latency",
        "severity": "critical",
        "firing": "2 alerts",
        "count": "2",
        "on": "true",
        "hosts": "a, 1",
    }
    assert alert.links == {
        "Monitoring": "https://monitoring.example.com",
        "Runbook": "https://runbooks.example.com",
    }
    assert "firing: 2 alerts" in alert.description
    assert (alert.name, alert.summary) == ("latency", "p99 latency is high")


BROKEN = {
    "no object": [],
    "no action": {"dedup_key": "x", "payload": TOLD},
    "another action": an_event("panic"),
    "no key": an_event(dedup_key=None),
    "a blank key": an_event(dedup_key=" "),
    "a long key": an_event(dedup_key="x" * 256),
    "an end without a key": {"event_action": "resolve"},
    "a trigger without a payload": {"event_action": "trigger", "dedup_key": "x"},
    "no summary": told(summary=" "),
    "no source": told(source=None),
    "another severity": told(severity="SEVERE"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_event_is_not_understood(name: str) -> None:
    with pytest.raises(NotUnderstood):
        parse(BROKEN[name], Heard(received_at=NOON))


TEXTS = st.text(max_size=30)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)


@given(
    st.dictionaries(st.sampled_from([*TOLD, "timestamp", "class", "custom_details"]), JSON),
    st.dictionaries(st.sampled_from(["client", "client_url", "links", "images"]), JSON),
)
def test_whatever_is_in_it_is_understood_or_refused(
    changes: dict[str, Any], more: dict[str, Any]
) -> None:
    event = orjson.loads(orjson.dumps(told(**changes) | more, option=orjson.OPT_NON_STR_KEYS))

    try:
        (alert,) = parse(event, Heard(received_at=NOON))
    except NotUnderstood:
        return

    assert alert.name.strip()
    assert len(alert.description) <= 10_000
