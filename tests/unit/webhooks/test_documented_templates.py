"""What the documentation has people paste into their tools is what is read of it here."""

import json
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.webhooks import datadog, newrelic, uptimerobot, zabbix
from bot.webhooks.source import Heard
from bot.webhooks.sources import SOURCES
from core.domain.alert import AlertStatus
from core.domain.severity import Severity
from tests.fakes.moment import NOON
from tests.programs import required
from tests.unit.webhooks.payloads import ENDED, STARTED

DOCS = Path(__file__).parents[3] / "docs" / "alerts"
HEARD = Heard(received_at=NOON)

# What a macro stands for, by the name of its parameter.
PROBLEM = {
    "event_id": "4711", "event_value": "1", "update_status": "0", "name": "CPU high",
    "severity": "4", "trigger_id": "99", "host": "web1", "time": str(STARTED),
    "tags": '[{"tag": "service", "value": "checkout"}]',
}  # fmt: skip

# Zabbix's own way to make requests, so far as the script uses it.
ENGINE = """
const sent = {headers: []};
class HttpRequest {
  addHeader(line) { sent.headers.push(line); }
  post(url, body) { sent.url = url; sent.body = JSON.parse(body); return 'an answer'; }
  getStatus() { return Number(process.argv[2]); }
}
const script = new Function('value', 'HttpRequest', process.argv[3]);
try { sent.returned = script(process.argv[1], HttpRequest); }
catch (error) { sent.thrown = String(error); }
console.log(JSON.stringify(sent));
"""


def page(name: str) -> str:
    return (DOCS / f"{name}.md").read_text(encoding="utf-8")


def pasted(name: str, language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", page(name), re.DOTALL)
    assert found
    return found[1]


def parameters() -> dict[str, str]:
    """Of Zabbix's media type."""
    rows = re.findall(r"^\| `(\w+)` \| `?([^`|]*?)`? \|$", page("zabbix"), re.MULTILINE)
    return dict(rows)


def run_by_zabbix(given: Mapping[str, str], status: int = 202) -> dict[str, Any]:
    """What the script of the page sends, returns and throws."""
    arguments = [json.dumps(given), str(status), pasted("zabbix", "javascript")]
    done = subprocess.run(
        [required("node", "nodejs"), "-e", ENGINE, *arguments],
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )
    sent: dict[str, Any] = json.loads(done.stdout)
    return sent


def test_datadogs_variables_are_read() -> None:
    template = json.loads(pasted("datadog", "json"))
    said = {"transition": "Triggered", "cycle_key": "c1", "priority": "P1", "tags": "service:pay"}

    (alert,) = datadog.parse({**template, **said}, HEARD)

    assert set(template) == set(datadog.Shape.model_fields)
    assert all(re.fullmatch(r"\$[A-Z_]+", variable) for variable in template.values())
    assert (alert.severity, alert.labels) == (Severity.CRITICAL, {"service": "pay"})


def test_uptimerobots_variables_are_read() -> None:
    template = json.loads(pasted("uptimerobot", "json"))
    known = {field.alias or name for name, field in uptimerobot.Shape.model_fields.items()}

    (alert,) = uptimerobot.parse({**template, "monitorID": "1", "alertType": "1"}, HEARD)

    assert set(template) <= known
    assert (alert.name, alert.severity) == ("Monitor 1", Severity.CRITICAL)
    assert alert.labels == {"service": "checkout", "severity": "critical"}


def test_new_relics_template_is_read() -> None:
    template = re.search(r"```\n(\{\n.*?\n\})\n```", page("newrelic"), re.DOTALL)
    assert template
    filled = re.sub(r"\{\{ json (state|priority) \}\}", r'"\1"', template[1])
    payload = json.loads(re.sub(r"\{\{ (json )?[\w.\[\]]+ \}\}", '"1893495600000"', filled))

    (alert,) = newrelic.parse({**payload, "state": "CLOSED", "priority": "HIGH"}, HEARD)

    assert (alert.status, alert.severity) == (AlertStatus.RESOLVED, Severity.HIGH)
    assert alert.labels["service"] == "checkout"


def test_every_parameter_of_zabbixs_media_type_is_read() -> None:
    own = {"url", "token", "zabbix_url"}

    assert set(parameters()) - own == set(zabbix.Shape.model_fields) - {"url"}


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({}, AlertStatus.FIRING),
        ({"event_value": "0", "recovery_time": str(ENDED)}, AlertStatus.RESOLVED),
    ],
)
def test_zabbixs_script_sends_what_is_read(change: dict[str, str], status: AlertStatus) -> None:
    places = {"url": "https://x", "token": "t0ken", "zabbix_url": "https://zabbix.example.com/"}

    sent = run_by_zabbix({**parameters(), **PROBLEM, **places, **change})

    (alert,) = zabbix.parse(sent["body"], HEARD)
    assert (sent["url"], sent["returned"]) == ("https://x", "OK")
    assert "Authorization: Bearer t0ken" in sent["headers"]
    assert not {"token", "zabbix_url"} & set(sent["body"])
    assert (alert.status, alert.name, alert.labels["service"]) == (status, "CPU high", "checkout")
    assert alert.links == {
        "Zabbix": "https://zabbix.example.com/tr_events.php?triggerid=99&eventid=4711"
    }


def test_zabbixs_script_throws_so_that_zabbix_tries_again() -> None:
    sent = run_by_zabbix({**parameters(), **PROBLEM}, status=503)

    assert sent["thrown"] == "Tocsin answered 503: an answer"


def test_trying_zabbixs_media_type_does_no_harm() -> None:
    sent = run_by_zabbix(parameters())

    assert zabbix.parse(sent["body"], HEARD) == []


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_every_source_has_its_page(name: str) -> None:
    assert page(name).startswith("# ")
