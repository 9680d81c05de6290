"""What real tools sent, and the alerts that it means; run as a program it writes the latter down.

The captures are in `tests/golden`, each the record of one request; what they mean is beside them
in `tests/golden/expected`, under the same names. Look at what was written before you believe it.
"""

from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import Any

import orjson

from bot.webhooks.source import Heard, Knock
from bot.webhooks.sources import SOURCES
from core.domain.alert import Alert, AlertEdit
from core.domain.source_settings import SourceSettings
from tests.unit.paging.stored import OPSGENIE, PAGERDUTY, as_stored

GOLDEN = Path(__file__).parents[2] / "golden"
EXPECTED = GOLDEN / "expected"

READ_BY: Mapping[str, str] = {
    "alertmanager/webhook_": "alertmanager",
    "alertmanager/pagerduty_": "pagerduty",
    "alertmanager/opsgenie_": "opsgenie",
    "prometheus-direct/": "prometheus",
    "pypi/apprise_": "apprise",
    "pypi/cloudevents_": "cloudevents",
    "pypi/moto_sns_": "cloudwatch",
    "pypi/opsgenie_sdk_": "opsgenie",
    "pypi/pagerduty7_": "pagerduty",
    "pypi/pdpyras_": "pagerduty",
    "uptime-kuma/06_pagerduty_": "pagerduty",
    "uptime-kuma/07_pagerduty_": "pagerduty",
    "uptime-kuma/": "uptime_kuma",
    "zabbix/": "zabbix",
}
"""How a capture's name begins → the source that reads it."""


def captures() -> list[str]:
    """Their names, such as `alertmanager/webhook_01_firing_single`."""
    files = (file.relative_to(GOLDEN) for file in GOLDEN.glob("*/*.json"))
    return sorted(str(file.with_suffix("")) for file in files if file.parts[0] != EXPECTED.name)


def recorded(name: str) -> dict[str, Any]:
    """The record of a request."""
    record: dict[str, Any] = orjson.loads((GOLDEN / f"{name}.json").read_bytes())
    return record


def source_of(name: str) -> str | None:
    return next((source for begin, source in READ_BY.items() if name.startswith(begin)), None)


def body_of(name: str) -> bytes:
    """As it came: JSON was taken apart for the record, anything else was kept."""
    record, source = recorded(name), source_of(name) or ""
    if source in (PAGERDUTY, OPSGENIE):
        return orjson.dumps(as_stored(source, record))
    body = record["body"]
    return body.encode() if isinstance(body, str) else orjson.dumps(body)


def headers_of(name: str) -> dict[str, str]:
    return {key.lower(): value for key, value in recorded(name)["headers"]}


def alerts_of(name: str, settings: SourceSettings | None = None) -> list[Alert]:
    """What the source reads in it."""
    source = SOURCES[source_of(name) or ""]
    taken = source.take(Knock(headers=headers_of(name), body=body_of(name)))
    received_at = datetime.fromtimestamp(recorded(name)["received_at"], UTC)
    heard = Heard(received_at=received_at, settings=settings or SourceSettings())
    return list(source.parse(orjson.loads(taken), heard))


def plain(alert: Alert) -> dict[str, Any]:
    """Of an alert what is not as usual, as JSON has it."""
    usual = {one.name: one.default for one in fields(Alert)}
    said = {one.name: getattr(alert, one.name) for one in fields(Alert)}
    return {
        name: _plain(value)
        for name, value in said.items()
        if value != usual[name] and value not in ({}, ())
    }


def expected(name: str) -> Any:
    return orjson.loads((EXPECTED / f"{name}.json").read_bytes())


def _plain(value: Any) -> Any:
    match value:
        case Enum():
            return value.value
        case datetime():
            return value.isoformat()
        case AlertEdit():
            return orjson.loads(orjson.dumps(value))
        case tuple():
            return list(value)
        case _:
            return value


def write() -> None:
    """What the sources read now is what is expected from now on."""
    for name in captures():
        if source_of(name):
            path = EXPECTED / f"{name}.json"
            path.parent.mkdir(parents=True, exist_ok=True)
            alerts = [plain(alert) for alert in alerts_of(name)]
            path.write_bytes(orjson.dumps(alerts, option=orjson.OPT_INDENT_2) + b"\n")


if __name__ == "__main__":
    write()
