"""The sources there are, each with what its tool sends."""

from hashlib import sha256
from hmac import digest

import orjson

from tests.integration.webhooks.case import Case, Sent
from tests.integration.webhooks.cases_b import CASES_B
from tests.unit.webhooks.notifications import a_notification, an_alert

RESOLVED = {"status": "resolved", "endsAt": "2030-01-01T11:30:00Z"}
LABELS = {"alertname": "DiskFull", "service": "search", "severity": "critical"}
POSTED = {"labels": LABELS, "startsAt": "2029-12-31T23:00:00Z", "endsAt": "2035-01-01T00:00:00Z"}
EVENT = {
    "specversion": "1.0",
    "id": "A-1",
    "source": "/probe/eu1",
    "type": "com.example.alert.firing",
    "subject": "web1",
    "time": "2029-12-31T23:00:00Z",
    "data": {"severity": "critical", "title": "web1 is down"},
}
OVER = {
    **EVENT, "id": "A-3", "type": "com.example.alert.resolved", "time": "2030-01-01T11:00:00Z",
}  # fmt: skip
NOTE = {"version": "1.0", "title": "DB", "message": "no primary", "attachments": []}
RULE = {
    "rule_id": "r1", "alert_id": "host-1", "title": "CPU is high", "severity": "critical",
    "action_group": "threshold met", "reason": "CPU is 99 %", "date": "2029-12-31T23:00:00Z",
}  # fmt: skip
OWN = {
    "what": {"name": "Queue grows", "id": 17},
    "state": "BAD",
    "level": "P1",
    "app": "mail",
}
MAPPING = {
    "title": "what.name",
    "key": "join('-', [app, to_string(what.id)])",
    "status": "state",
    "severity": "level",
    "service": "app",
}
GRAFANA_SECRET = "the secret of a contact point"


def signed_by_grafana(payload: object) -> Sent:
    body = orjson.dumps(payload)
    signature = digest(GRAFANA_SECRET.encode(), body, sha256).hex()
    return Sent(body=body, headers={"X-Grafana-Alerting-Signature": signature})


def forged_grafana(sent: Sent) -> Sent:
    return Sent(body=sent.body + b" ", headers=sent.headers)


def in_headers(event: dict[str, object]) -> Sent:
    """An event in the binary mode."""
    headers = {f"ce-{name}": str(value) for name, value in event.items() if name != "data"}
    return Sent(
        body=orjson.dumps(event.get("data")),
        headers={**headers, "Content-Type": "application/json"},
    )


def heavier_data(event: dict[str, object]) -> dict[str, object]:
    return {**event, "data": {"title": "web1 is down", "x_padding": "x" * 5_000_000}}


CASES_A = (
    Case(
        source="alertmanager",
        firing=a_notification(),
        repeated=a_notification(),
        resolved=a_notification(an_alert(**RESOLVED)),
        malformed=([], {}, {"alerts": [{}]}, a_notification(an_alert(startsAt="soon"))),
    ),
    Case(
        source="signoz",
        firing=a_notification(),
        repeated=a_notification(),
        resolved=a_notification(an_alert(**RESOLVED)),
        malformed=([], {}, a_notification(an_alert(status="on"))),
    ),
    Case(
        source="grafana",
        firing=a_notification(an_alert(panelURL="https://grafana.example/d/1", imageURL=None)),
        repeated=a_notification(),
        resolved=a_notification(an_alert(**RESOLVED)),
        malformed=([], {}, {"alerts": "none"}, a_notification(an_alert(labels={"a": 1}))),
        send=signed_by_grafana,
        forge=forged_grafana,
        secret=GRAFANA_SECRET,
    ),
    Case(
        source="prometheus",
        firing=[POSTED],
        repeated=[{**POSTED, "endsAt": "2035-01-01T00:01:00Z"}],
        resolved=[{**POSTED, "endsAt": "2029-12-31T23:30:00Z"}],
        malformed=({}, [{}], [{"labels": {}}], [{**POSTED, "startsAt": "soon"}], "x"),
        status=200,
    ),
    Case(
        source="apprise",
        firing={**NOTE, "type": "failure"},
        repeated={**NOTE, "type": "failure", "message": "still none"},
        resolved={**NOTE, "type": "success", "message": "a primary"},
        malformed=([], {}, {"type": "failure"}, "x"),
    ),
    Case(
        source="cloudevents",
        firing=EVENT,
        repeated={**EVENT, "id": "A-2"},
        resolved=OVER,
        malformed=([1], {}, {**EVENT, "type": ""}, {**EVENT, "specversion": "0.3"}, "x"),
    ),
    Case(
        source="cloudevents",
        firing=EVENT,
        repeated={**EVENT, "id": "A-2"},
        resolved=OVER,
        malformed=({**EVENT, "source": ""}, {**EVENT, "type": "com.example.greeting"}),
        send=in_headers,
        weigh=heavier_data,
    ),
    Case(
        source="cloudevents",
        firing=[EVENT],
        repeated=[{**EVENT, "id": "A-2"}],
        resolved=[OVER],
        malformed=([EVENT, 7], [{**EVENT, "id": 7}]),
    ),
    Case(
        source="elasticsearch",
        firing=RULE,
        repeated={**RULE, "date": "2030-01-01T00:00:00Z"},
        resolved={**RULE, "action_group": "recovered", "date": "2030-01-01T11:00:00Z"},
        malformed=([], {}, {"title": "{{rule.name}}"}, 7),
    ),
    Case(
        source="generic",
        firing={"title": "Disk full", "severity": "critical"},
        repeated={"title": "Disk full", "severity": "critical", "state": "firing"},
        resolved={"title": "Disk full", "state": "ok"},
        malformed=({}, "x", [7], {"title": "Disk full", "state": "perhaps"}),
    ),
    Case(
        source="generic",
        firing=OWN,
        repeated={**OWN, "level": "P2"},
        resolved={**OWN, "state": "good"},
        malformed=({"state": "BAD"}, {**OWN, "app": 7}, "x"),
        settings={"mapping": MAPPING, "values": {"bad": "firing", "good": "resolved"}},
    ),
    Case(
        source="generic",
        firing={"checks": [OWN]},
        repeated={"checks": [{**OWN, "level": "P2"}]},
        resolved={"checks": [{**OWN, "state": "good"}]},
        malformed=({"checks": 7}, {"checks": [7]}, {"checks": [{"state": "BAD"}]}),
        settings={
            "mapping": {"alerts": "checks", **MAPPING},
            "values": {"bad": "firing", "good": "resolved"},
        },
    ),
)

CASES: tuple[Case, ...] = (*CASES_A, *CASES_B)
