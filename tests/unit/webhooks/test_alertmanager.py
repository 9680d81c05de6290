"""Alertmanager's notifications become alerts."""

from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.web.problems import Refusal
from bot.webhooks import alertmanager
from bot.webhooks.fields import MAX_LABEL_VALUE
from bot.webhooks.labelled import NAMELESS, fingerprint_of, group_key
from bot.webhooks.source import Heard, NotUnderstood
from core.domain.alert import Alert, AlertStatus
from core.domain.severity import Severity
from tests.fakes.moment import NOON
from tests.unit.webhooks.captures import ALL, captured
from tests.unit.webhooks.notifications import a_notification, an_alert

HEARD = Heard(received_at=NOON)


def parse(payload: Any) -> list[Alert]:
    return alertmanager.parse(payload, HEARD)


def require(payload: Any) -> object:
    return alertmanager.require(payload, HEARD)


@pytest.mark.parametrize("name", ALL)
def test_every_captured_notification_is_understood(name: str) -> None:
    payload = captured(name)

    alerts = parse(payload)

    assert [alert.fingerprint for alert in alerts] == [
        entry["fingerprint"] for entry in payload["alerts"]
    ]
    assert {alert.group for alert in alerts} == {
        '{"alertname":"HighLatency","cluster":"eu1"}',
    }
    assert {alert.severity for alert in alerts} == {Severity.CRITICAL}
    assert all(alert.links["Runbook"] == "https://runbooks.example/latency" for alert in alerts)


@pytest.mark.parametrize("name", ALL)
def test_a_missing_fingerprint_is_computed_as_prometheus_does(name: str) -> None:
    for entry in captured(name)["alerts"]:
        assert fingerprint_of(entry["labels"]) == entry["fingerprint"]


def test_a_firing_alert_has_no_end_and_a_resolved_one_has() -> None:
    resolved = an_alert("b", status="resolved", endsAt="2030-01-01T11:30:00+01:00")

    firing, ended = parse(a_notification(an_alert(), resolved))

    assert (firing.status, firing.ends_at) == (AlertStatus.FIRING, None)
    assert firing.starts_at == datetime(2030, 1, 1, 11, 0, 0, 123456, UTC)
    assert (ended.status, ended.ends_at) == (
        AlertStatus.RESOLVED,
        datetime(2030, 1, 1, 10, 30, tzinfo=UTC),
    )


def test_an_end_in_the_year_one_is_none() -> None:
    (alert,) = parse(a_notification(an_alert(status="resolved")))

    assert alert.ends_at is None


def test_the_group_depends_on_its_labels_alone() -> None:
    one = a_notification(groupLabels={"a": "1", "b": "2"}, groupKey="{}:x")
    other = a_notification(groupLabels={"b": "2", "a": "1"}, groupKey="{}/route:y")

    assert parse(one)[0].group == parse(other)[0].group


def test_the_name_of_a_large_group_is_bounded() -> None:
    keys = {group_key({"a": "x" * size}) for size in (1_000, 1_001)}

    assert len(keys) == 2
    assert all(len(key) < 100 for key in keys)


@pytest.mark.parametrize(
    ("changes", "title"),
    [
        ({}, "HighLatency"),
        ({"groupLabels": {"alertname": "Down", "job": "x"}}, "Down (job x)"),
        ({"groupLabels": {"job": "x"}}, "job x"),
        ({"groupLabels": {}}, "HighLatency"),
        ({"commonAnnotations": {"summary": "Everything\nis slow"}}, "Everything is slow"),
        ({"commonAnnotations": {"summary": "\u200b"}}, "HighLatency"),
    ],
)
def test_a_group_has_a_title_for_people(changes: dict[str, Any], title: str) -> None:
    (alert,) = parse(a_notification(**changes))

    assert alert.group_title == title


@pytest.mark.parametrize(
    ("word", "severity"),
    [
        ("page", Severity.CRITICAL),
        ("error", Severity.HIGH),
        ("Warning", Severity.MEDIUM),
        ("info", Severity.LOW),
        ("purple", Severity.MEDIUM),
    ],
)
def test_a_label_says_how_bad_it_is(word: str, severity: Severity) -> None:
    (alert,) = parse(a_notification(an_alert(labels={"severity": word})))

    assert alert.severity is severity


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "ftp://example/x",
        "/relative",
        "http://",
        "http://[broken",
        "https://example/with space",
        "https://example/\nx",
        "https://example/" + "x" * 2_000,
    ],
)
def test_only_links_into_the_web_are_kept(url: str) -> None:
    entry = an_alert(annotations={"runbook_url": url}, generatorURL="https://prometheus.example")

    (alert,) = parse(a_notification(entry))

    assert alert.links == {"Graph": "https://prometheus.example"}


def test_long_texts_are_cut() -> None:
    long = "x" * 50_000
    entry = an_alert(
        labels={"alertname": long, "other": long} | {f"l{n}": "x" for n in range(200)},
        annotations={"summary": long, "description": long},
    )

    (alert,) = parse(a_notification(entry))

    assert len(alert.name) == len(alert.summary) == 500
    assert len(alert.description) == 10_000
    assert len(alert.labels) == 64
    assert len(alert.labels["other"]) == MAX_LABEL_VALUE


def test_an_alert_without_a_name_has_one_for_people() -> None:
    (alert,) = parse(a_notification(an_alert(labels={"job": "x"}), groupLabels={}))

    assert (alert.name, alert.group_title) == (NAMELESS, NAMELESS)


BROKEN: dict[str, tuple[Any, str]] = {
    "no alerts": ({"version": "4"}, "alerts"),
    "alerts are text": (a_notification(alerts="x"), "alerts"),
    "an alert is null": (a_notification(alerts=[None]), "alerts.0"),
    "no status": (
        a_notification({k: v for k, v in an_alert().items() if k != "status"}),
        "alerts.0.status",
    ),
    "a strange status": (a_notification(an_alert(status="on")), "alerts.0.status"),
    "no start": (a_notification(an_alert(startsAt=None)), "alerts.0.startsAt"),
    "a start that is no time": (a_notification(an_alert(startsAt="soon")), "alerts.0.startsAt"),
    "a start without zone": (
        a_notification(an_alert(startsAt="2030-01-01T00:00:00")),
        "alerts.0.startsAt",
    ),
    "a start in the year one": (
        a_notification(an_alert(startsAt="0001-01-01T00:00:00+14:00")),
        "alerts.0.startsAt",
    ),
    "a start at the end of time": (
        a_notification(an_alert(startsAt="9999-12-31T23:59:59-14:00")),
        "alerts.0.startsAt",
    ),
    "labels are a list": (a_notification(an_alert(labels=[])), "alerts.0.labels"),
    "a label is a number": (a_notification(an_alert(labels={"a": 1})), "alerts.0.labels.a"),
    "an annotation is null": (
        a_notification(an_alert(annotations={"a": None})),
        "alerts.0.annotations.a",
    ),
    "nothing to tell it by": (a_notification(an_alert(labels={}, fingerprint="")), "alerts.0"),
    "group labels are text": (a_notification(groupLabels="x"), "groupLabels"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_notification_names_what_is_wrong(name: str) -> None:
    payload, field = BROKEN[name]

    with pytest.raises(Refusal) as refused:
        require(payload)
    with pytest.raises(NotUnderstood):
        parse(payload)

    assert refused.value.problem.status == 422
    assert refused.value.problem.issues[0].field == field


@pytest.mark.parametrize("payload", [[], "x", 7, None])
def test_what_is_no_object_is_no_notification(payload: Any) -> None:
    with pytest.raises(Refusal):
        require(payload)
    with pytest.raises(NotUnderstood):
        parse(payload)


TEXTS = st.text(max_size=40)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)
FIELDS = ("status", "labels", "annotations", "startsAt", "endsAt", "generatorURL", "fingerprint")


@given(st.dictionaries(st.sampled_from(FIELDS), JSON))
def test_whatever_the_door_lets_in_is_understood_later(changes: dict[str, Any]) -> None:
    payload = orjson.loads(orjson.dumps(a_notification(an_alert() | changes)))
    try:
        require(payload)
    except Refusal:
        return

    (alert,) = parse(payload)

    assert alert.name
    assert alert.group_title


@given(st.dictionaries(TEXTS, TEXTS), st.dictionaries(TEXTS, TEXTS), TEXTS)
def test_any_labels_and_annotations_are_understood(
    labels: dict[str, str], annotations: dict[str, str], summary: str
) -> None:
    entry = an_alert(labels=labels, annotations=annotations | {"summary": summary})

    (alert,) = parse(a_notification(entry, groupLabels=labels))

    assert alert.group_title.strip() == alert.group_title != ""
