"""The bodies and mappings on the pages of alert sources are understood as the pages say."""

import json
import re
from pathlib import Path
from typing import Any

from bot.webhooks.source import Heard
from bot.webhooks.sources import SOURCES
from core.domain.alert import Alert, AlertStatus
from core.domain.payload_mapping import require_mapping, require_meanings
from core.domain.severity import Severity
from core.domain.source_settings import SourceSettings
from tests.fakes.moment import NOON

DOCS = Path(__file__).parents[3] / "docs" / "alerts"


def pasted(name: str, number: int = 0) -> dict[str, Any]:
    """The JSON in that block of a page."""
    text = (DOCS / f"{name}.md").read_text(encoding="utf-8")
    body: dict[str, Any] = json.loads(re.findall(r"```json\n(.*?)```", text, re.DOTALL)[number])
    return body


def read(name: str, payload: Any, **settings: Any) -> list[Alert]:
    heard = Heard(received_at=NOON, settings=SourceSettings(**settings))
    return SOURCES[name].parse(payload, heard)


def curled(name: str) -> list[Any]:
    """What is sent by the calls of curl on a page."""
    text = (DOCS / f"{name}.md").read_text(encoding="utf-8")
    return [json.loads(body) for body in re.findall(r"-d '(\{.*?\})'\n", text, re.DOTALL)]


def test_the_body_for_kibana_fires_and_recovers() -> None:
    filled = {
        name: re.sub(r"\{\{([\w.]+)\}\}", r"the \1", value)
        for name, value in pasted("elasticsearch").items()
    }

    [firing] = read("elasticsearch", filled | {"action_group": "threshold met"})
    [over] = read("elasticsearch", filled | {"action_group": "recovered"})

    assert (firing.status, over.status) == (AlertStatus.FIRING, AlertStatus.RESOLVED)
    assert firing.fingerprint == over.fingerprint == "the rule.id:the alert.id"
    assert (firing.severity, firing.labels["service"]) == (Severity.HIGH, "checkout")


def test_the_event_is_an_alert() -> None:
    [alert] = read("cloudevents", pasted("cloudevents"))

    assert (alert.name, alert.status) == ("The disk of db-1 is full", AlertStatus.FIRING)
    assert (alert.severity, alert.labels["service"]) == (Severity.CRITICAL, "search")


def test_the_plain_json_fires_and_ends() -> None:
    [firing], [over] = (read("generic", body) for body in curled("generic"))

    assert (firing.status, over.status) == (AlertStatus.FIRING, AlertStatus.RESOLVED)
    assert firing.fingerprint == over.fingerprint == "import"


def test_the_mapping_finds_what_it_says() -> None:
    settings = pasted("generic")
    check = {"enabled": True, "host": "db-1", "check": "disk", "id": 7, "state": "CRIT"}
    payload = {
        "checks": [
            check | {"level": "high", "tags": {"service": "search"}},
            check | {"id": 8, "state": "UNKNOWN"},
            check | {"enabled": False},
        ]
    }
    require_mapping(settings["mapping"])
    require_meanings(settings["values"])

    [alert] = read("generic", payload, **settings)

    assert (alert.name, alert.fingerprint) == ("db-1: disk", "7")
    assert (alert.severity, alert.labels["service"]) == (Severity.HIGH, "search")


def test_the_event_of_incident_io_is_an_alert() -> None:
    [body] = curled("incident_io")

    [alert] = read("incident_io", body)

    assert (alert.name, alert.severity) == ("Checkout times out", Severity.CRITICAL)
