"""What monitoring services and uptime checks send, for the table of all sources."""

from hashlib import sha256
from hmac import digest
from typing import Any

import orjson

from tests.integration.webhooks.case import PADDING, Case, Sent
from tests.unit.webhooks import payloads
from tests.unit.webhooks.payloads import ENDED, without
from tests.unit.webhooks.sns_sender import CERTIFICATE_URL, a_signer, alarm, carried

SENTRY_SECRET = "the client secret of an integration"


def signed_by_sentry(payload: Any) -> Sent:
    body = orjson.dumps(payload)
    signature = digest(SENTRY_SECRET.encode(), body, sha256).hex()
    return Sent(body=body, headers={"Sentry-Hook-Signature": signature})


def forged(sent: Sent) -> Sent:
    return Sent(body=sent.body + b" ", headers=sent.headers)


def through_sns(message: Any) -> Sent:
    """SNS says that it is plain text, and it never is."""
    return Sent(
        body=orjson.dumps(carried(message)), headers={"Content-Type": "text/plain; charset=UTF-8"}
    )


def forged_message(sent: Sent) -> Sent:
    return Sent(body=sent.body.replace(b"HighCPU", b"LowCPU"), headers=sent.headers)


def in_a_form(payload: Any) -> Sent:
    """As Uptime Kuma sends a form."""
    body = b'--b-1\r\nContent-Disposition: form-data; name="data"\r\n\r\n'
    body += orjson.dumps(payload) + b"\r\n--b-1--\r\n"
    return Sent(body=body, headers={"Content-Type": "multipart/form-data; boundary=b-1"})


def heavier_alarm(message: dict[str, Any]) -> dict[str, Any]:
    return {**message, "x_padding": PADDING}


KUMA_DOWN, KUMA_UP = payloads.uptime_kuma(), payloads.uptime_kuma(1)
KUMA_UP["heartbeat"]["time"] = "2030-01-01 11:30:00"
KUMA_AGAIN = payloads.uptime_kuma()
KUMA_AGAIN["heartbeat"] |= {"time": "2030-01-01 11:05:00", "important": False}
NO_KUMA: tuple[Any, ...] = (
    [],
    {},
    {"heartbeat": KUMA_DOWN["heartbeat"]},
    {"heartbeat": 1, "monitor": 2},
)

CASES_B = (
    Case(
        source="datadog",
        firing=payloads.datadog(),
        repeated=payloads.datadog("Renotify", id="7012", date=str(ENDED - 60)),
        resolved=payloads.datadog("Recovered", id="7013", date=str(ENDED)),
        malformed=([], {}, without(payloads.datadog(), "transition"), payloads.datadog("Gone")),
    ),
    Case(
        source="newrelic",
        firing=payloads.newrelic(),
        repeated=payloads.newrelic("CREATED"),
        resolved=payloads.newrelic("CLOSED"),
        malformed=([], {}, payloads.newrelic("LOST"), payloads.newrelic(id=None)),
    ),
    Case(
        source="newrelic",
        firing=payloads.newrelic_before(),
        repeated=payloads.newrelic_before(timestamp=ENDED * 1000 - 1),
        resolved=payloads.newrelic_before("closed", timestamp=ENDED * 1000),
        malformed=(payloads.newrelic_before("lost"), payloads.newrelic_before(incident_id=None)),
    ),
    Case(
        source="cloudwatch",
        firing=alarm(),
        repeated=alarm(NewStateReason="It is still so."),
        resolved=alarm("OK", StateChangeTime="2030-01-01T11:30:00.000+0000"),
        malformed=([], {}, "Hello from the console", {"AlarmName": "x"}, alarm(AlarmName="")),
        send=through_sns,
        forge=forged_message,
        weigh=heavier_alarm,
        fetch={CERTIFICATE_URL: a_signer().certificate},
    ),
    Case(
        source="azure",
        firing=payloads.azure(),
        repeated=payloads.azure(description="Still."),
        resolved=payloads.azure("Resolved"),
        malformed=([], {}, {"schemaId": "other", "data": {}}, payloads.azure("Lost")),
    ),
    Case(
        source="azure",
        firing=payloads.azure_before(),
        repeated=payloads.azure_before(timestamp="2030-01-01T11:10:00Z"),
        resolved=payloads.azure_before("Deactivated", timestamp="2030-01-01T11:30:00Z"),
        malformed=(payloads.azure_before("Lost"), payloads.azure_before(id=None)),
    ),
    Case(
        source="googlecloud",
        firing=payloads.googlecloud(),
        repeated=payloads.googlecloud(summary="Still."),
        resolved=payloads.googlecloud("closed"),
        malformed=([], {}, {"incident": 7}, payloads.googlecloud("lost")),
    ),
    Case(
        source="sentry",
        firing=payloads.sentry_issue_alert(),
        repeated=payloads.sentry_issue_alert(datetime="2030-01-01T11:10:00Z"),
        resolved=payloads.sentry_issue(),
        malformed=([], {}, {"action": "triggered"}, payloads.sentry_issue_alert(issue_id="")),
        send=signed_by_sentry,
        forge=forged,
        secret=SENTRY_SECRET,
    ),
    Case(
        source="sentry",
        firing=payloads.sentry_metric(),
        repeated=payloads.sentry_metric("warning"),
        resolved=payloads.sentry_metric("resolved"),
        malformed=(payloads.sentry_metric("lost"), payloads.sentry_metric(id=None)),
    ),
    Case(
        source="zabbix",
        firing=payloads.zabbix(),
        repeated=payloads.zabbix(update_status="1", severity="5"),
        resolved=payloads.zabbix(event_value="0", recovery_time=str(ENDED)),
        malformed=([], {}, without(payloads.zabbix(), "event_id"), "x"),
    ),
    Case(
        source="uptime_kuma",
        firing=KUMA_DOWN,
        repeated=KUMA_AGAIN,
        resolved=KUMA_UP,
        malformed=NO_KUMA,
    ),
    Case(
        source="uptime_kuma",
        firing=KUMA_DOWN,
        repeated=KUMA_AGAIN,
        resolved=KUMA_UP,
        malformed=NO_KUMA,
        send=in_a_form,
    ),
    Case(
        source="uptimerobot",
        firing=payloads.uptimerobot(),
        repeated=payloads.uptimerobot(alertDateTime=str(ENDED - 60)),
        resolved=payloads.uptimerobot("2", alertDateTime=str(ENDED)),
        malformed=([], {}, payloads.uptimerobot("9"), payloads.uptimerobot(monitorID="")),
    ),
    Case(
        source="pingdom",
        firing=payloads.pingdom(),
        repeated=payloads.pingdom(state_changed_timestamp=ENDED - 60),
        resolved=payloads.pingdom("UP", state_changed_timestamp=ENDED),
        malformed=([], {}, payloads.pingdom("LOST"), payloads.pingdom(check_id=None)),
    ),
)
