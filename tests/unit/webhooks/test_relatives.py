"""Prometheus itself, Grafana and CloudEvents: what each has of its own."""

from base64 import b64encode
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import pytest

from bot.webhooks import cloudevents, grafana, prometheus
from bot.webhooks.source import Heard, Knock, NotUnderstood
from core.domain.alert import AlertStatus, Dating
from core.domain.severity import Severity
from core.domain.source_settings import SourceSettings
from tests.fakes.moment import NOON
from tests.unit.webhooks.notifications import a_notification, an_alert

HEARD = Heard(received_at=NOON)
LABELS = {"alertname": "DiskFull", "cluster": "eu1", "instance": "db-1", "severity": "page"}


def posted(**changes: Any) -> dict[str, Any]:
    start, end = NOON - timedelta(hours=1), NOON + timedelta(minutes=4)
    return {"labels": LABELS, "startsAt": start.isoformat(), "endsAt": end.isoformat()} | changes


@pytest.mark.parametrize(
    ("end", "status"),
    [
        (NOON + timedelta(minutes=4), AlertStatus.FIRING),
        (NOON + timedelta(microseconds=1), AlertStatus.FIRING),
        (NOON, AlertStatus.RESOLVED),
        (NOON - timedelta(minutes=15), AlertStatus.RESOLVED),
    ],
)
def test_an_end_to_come_is_a_lease_and_one_that_has_come_is_an_end(
    end: datetime, status: AlertStatus
) -> None:
    [alert] = prometheus.parse([posted(endsAt=end.isoformat())], HEARD)

    assert alert.status is status
    assert alert.ends_at == (end if status is AlertStatus.RESOLVED else None)


@pytest.mark.parametrize("end", [None, "0001-01-01T00:00:00Z"])
def test_no_end_at_all_is_none(end: str | None) -> None:
    [alert] = prometheus.parse([posted(endsAt=end)], HEARD)

    assert (alert.status, alert.ends_at) == (AlertStatus.FIRING, None)


@pytest.mark.parametrize("said", [{}, {"startsAt": "0001-01-01T00:00:00Z"}])
def test_what_says_no_start_goes_by_the_order_of_arrival(said: dict[str, str]) -> None:
    [alert] = prometheus.parse([{"labels": LABELS, **said}], HEARD)

    assert (alert.starts_at, alert.dating) == (NOON, Dating.NONE)


def test_prometheus_is_grouped_by_what_places_an_alert() -> None:
    elsewhere = {**LABELS, "cluster": "us1"}
    alerts = [posted(), posted(labels={**LABELS, "instance": "db-2"}), posted(labels=elsewhere)]

    first, second, third = prometheus.parse(alerts, HEARD)

    assert first.group == second.group != third.group
    assert first.group_title == "DiskFull (cluster eu1)"
    assert (first.severity, first.severity_word) == (Severity.CRITICAL, "page")


def test_grafana_has_more_to_look_at() -> None:
    entry = an_alert(
        dashboardURL="https://grafana.example/d/1",
        panelURL="https://grafana.example/d/1?viewPanel=2",
        imageURL=None,
        silenceURL="https://grafana.example/alerting/silence/new",
        valueString="[ var='A' value=97 ]",
    )

    [alert] = grafana.parse(a_notification(entry), HEARD)

    assert set(alert.links) == {"Rule", "Dashboard", "Panel", "Silence"}
    assert (alert.summary, alert.description) == (
        "p99 latency high on a",
        "[ var='A' value=97 ]",
    )


@pytest.mark.parametrize(
    ("name", "summary"),
    [("DatasourceNoData", "CPU: no data"), ("DatasourceError", "CPU: error"), ("Other", "")],
)
def test_a_rule_that_could_not_be_asked_is_called_by_its_name(name: str, summary: str) -> None:
    labels = {"alertname": name, "rulename": "CPU"}

    [alert] = grafana.parse(a_notification(an_alert(labels=labels, annotations={})), HEARD)

    assert (alert.name, alert.summary) == (name, summary)


EVENT: dict[str, Any] = {
    "specversion": "1.0",
    "id": "A-1",
    "source": "/probe/eu1",
    "type": "com.example.disk.firing",
    "subject": "web1",
    "time": "2030-01-01T11:00:00Z",
    "data": {"severity": "critical", "title": "web1 is full"},
}


def test_an_event_is_known_by_its_source_its_type_and_its_subject() -> None:
    [firing] = cloudevents.parse(EVENT, HEARD)
    [over] = cloudevents.parse(EVENT | {"type": "com.example.disk.resolved", "data": None}, HEARD)

    assert firing.fingerprint == over.fingerprint == "/probe/eu1/com.example.disk/web1"
    assert (firing.status, over.status) == (AlertStatus.FIRING, AlertStatus.RESOLVED)
    assert (firing.name, over.name) == ("web1 is full", "com.example.disk web1")
    assert (firing.starts_at, firing.dating) == (
        datetime(2030, 1, 1, 11, tzinfo=UTC),
        Dating.MOMENT,
    )


def test_extensions_of_an_event_are_labels() -> None:
    [alert] = cloudevents.parse(EVENT | {"cluster": "eu1"}, HEARD)

    assert alert.labels["cluster"] == "eu1"
    assert alert.labels["source"] == "/probe/eu1"


def test_an_event_that_says_nothing_of_an_alert_is_refused() -> None:
    with pytest.raises(NotUnderstood, match=r"Neither “data\.status” nor the type"):
        cloudevents.parse(EVENT | {"type": "com.example.pushed"}, HEARD)


def test_a_mapping_finds_its_way_through_the_whole_event() -> None:
    mapping = {"status": "data.phase", "title": "subject", "key": "id"}
    settings = SourceSettings(mapping=mapping, values={"bad": "firing"})
    event = EVENT | {"type": "com.example.pushed", "data": {"phase": "bad"}}

    [alert] = cloudevents.parse(event, Heard(received_at=NOON, settings=settings))

    assert (alert.name, alert.fingerprint, alert.status) == ("web1", "A-1", AlertStatus.FIRING)


@pytest.mark.parametrize(
    ("kind", "packed", "name"),
    [
        ("application/json", b'{"title": "packed"}', "packed"),
        ("text/plain", b"the disk", "com.example.disk web1"),
    ],
)
def test_data_may_be_packed(kind: str, packed: bytes, name: str) -> None:
    event = {key: value for key, value in EVENT.items() if key != "data"}

    [alert] = cloudevents.parse(
        event | {"datacontenttype": kind, "data_base64": b64encode(packed).decode()}, HEARD
    )

    assert alert.name == name


@pytest.mark.parametrize("packed", ["%%%", "bm90IGpzb24="])
def test_data_that_cannot_be_unpacked_is_refused(packed: str) -> None:
    with pytest.raises(NotUnderstood, match="data_base64"):
        cloudevents.parse(EVENT | {"data_base64": packed}, HEARD)


def test_both_modes_are_the_same_event() -> None:
    headers = {f"ce-{name}": str(EVENT[name]) for name in EVENT if name != "data"}
    knock = Knock(
        headers={**headers, "ce-subject": "web%201", "content-type": "application/json"},
        body=orjson.dumps(EVENT["data"]),
    )

    assert orjson.loads(cloudevents.take(knock)) == EVENT | {"subject": "web 1"}


def test_an_event_without_data_is_one() -> None:
    headers = {f"ce-{name}": str(EVENT[name]) for name in EVENT if name != "data"}

    taken = orjson.loads(cloudevents.take(Knock(headers=headers, body=b"")))

    assert cloudevents.parse(taken, HEARD)[0].status is AlertStatus.FIRING


def test_events_are_named_by_source_and_id() -> None:
    again = EVENT | {"data": {"title": "said otherwise"}}
    others = [EVENT | {"id": "A-2"}, EVENT | {"source": "/probe/us1"}, [EVENT, EVENT]]

    assert cloudevents.name_of(EVENT) == cloudevents.name_of(again)
    assert len({cloudevents.name_of(one) for one in [EVENT, *others]}) == 4
