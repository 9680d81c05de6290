"""Whatever stands where something else is expected, a payload is read or refused, and no more."""

from collections.abc import Iterator
from typing import Any

import orjson
import pytest

from bot.web.problems import Refusal
from bot.webhooks.source import Heard, NotUnderstood
from bot.webhooks.sources import SOURCES
from core.domain.alert import Alert
from tests.fakes.moment import NOON
from tests.unit.webhooks import payloads
from tests.unit.webhooks.sns_sender import alarm, carried

HEARD = Heard(received_at=NOON)
ODD: tuple[Any, ...] = (
    None, True, 0, -1, 7.5, 1e300, "", " ", "x", "x" * 20_000, "\u202e🚒", "<!channel>",
    [], [[]], [None], ["x"], [{}], {}, {"x": [None]}, {"name": None, "value": []},
)  # fmt: skip
SAMPLES = {
    "datadog": payloads.datadog(),
    "newrelic": payloads.newrelic(),
    "newrelic before": payloads.newrelic_before(),
    "azure": payloads.azure("Resolved"),
    "azure before": payloads.azure_before(),
    "googlecloud": payloads.googlecloud("closed"),
    "sentry": payloads.sentry_issue_alert(),
    "sentry issue": payloads.sentry_issue(),
    "sentry metric": payloads.sentry_metric("resolved"),
    "zabbix": payloads.zabbix(update_status="1", acknowledged="yes", comment="x"),
    "uptime_kuma": payloads.uptime_kuma(tags=[{"name": "a", "value": "b"}]),
    "uptimerobot": payloads.uptimerobot("3"),
    "pingdom": payloads.pingdom(),
}


def changed(payload: Any) -> Iterator[Any]:
    """The payload with each of its parts replaced by everything odd, or taken out."""
    if isinstance(payload, dict):
        for name, value in payload.items():
            yield {other: one for other, one in payload.items() if other != name}
            yield from ({**payload, name: one} for one in changed(value))
    if isinstance(payload, list) and payload:
        yield from ([*payload[:-1], one] for one in changed(payload[-1]))
    yield from ODD


@pytest.mark.parametrize("name", SAMPLES)
def test_an_odd_payload_is_read_or_refused(name: str) -> None:
    source = SOURCES[name.partition(" ")[0]]
    read = [_read(source.parse, odd) for odd in changed(SAMPLES[name])]

    assert any(read)
    assert all(_fits(alert) for alerts in read for alert in alerts)


def test_an_odd_alarm_is_read_or_refused() -> None:
    parse = SOURCES["cloudwatch"].parse
    envelopes = (*map(carried, changed(alarm())), *changed(carried(alarm())))
    read = [_read(parse, odd) for odd in envelopes]

    assert any(read)
    assert all(_fits(alert) for alerts in read for alert in alerts)


def _read(parse: Any, payload: Any) -> list[Alert]:
    try:
        alerts: list[Alert] = parse(payload, HEARD)
    except (NotUnderstood, Refusal):
        return []
    return alerts


def _fits(alert: Alert) -> bool:
    """It can be told apart, shown, and stored."""
    told = (alert.fingerprint, alert.group, alert.name)
    texts = (*told, alert.summary, *alert.labels, *alert.labels.values(), *alert.links.values())
    return (
        all(told)
        and all(type(text) is str for text in texts)
        and len(alert.fingerprint) <= 255
        and len(orjson.dumps(texts)) < 200_000
        and alert.starts_at.tzinfo is not None
    )
