"""What the demo says once it is ready: where everything is, and two commands to paste."""

import shlex
from dataclasses import dataclass
from pathlib import Path

from bot.answers import Answer
from bot.demo_data import SOURCE, Credentials
from bot.webhook_urls import webhook_url

_ALERT = """\
{"version":"4","groupKey":"demo/checkout","receiver":"tocsin","status":"STATUS",\
"groupLabels":{"alertname":"HighErrorRate"},\
"commonLabels":{"alertname":"HighErrorRate","service":"checkout","severity":"critical"},\
"commonAnnotations":{"summary":"Checkout answers every fifth request with an error"},\
"externalURL":"http://127.0.0.1:9093","truncatedAlerts":0,\
"alerts":[{"status":"STATUS","fingerprint":"5d1c6a0fb3e27894",\
"labels":{"alertname":"HighErrorRate","service":"checkout","severity":"critical"},\
"annotations":{"summary":"Checkout answers every fifth request with an error",\
"runbook_url":"https://runbooks.example/checkout"},\
"startsAt":"NOW","endsAt":"END","generatorURL":"http://127.0.0.1:9090/graph"}]}"""

_NOW = """'"$(date -u +%Y-%m-%dT%H:%M:%SZ)"'"""
"""The shell leaves the quotes, asks for the time, and goes on inside the quotes."""

_NEVER = "0001-01-01T00:00:00Z"


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    sandbox_url: str
    api_url: str
    folder: Path


def ready(places: Places, credentials: Credentials) -> Answer:
    return Answer(
        object={
            "sandbox_url": places.sandbox_url,
            "api_url": places.api_url,
            "email": credentials.email,
            "password": credentials.password,
            "api_key": credentials.api_key,
            "alert_url": webhook_url(places.api_url, SOURCE),
            "alert_token": credentials.alert_token,
            "data_dir": str(places.folder),
        },
        words=_words(places, credentials),
    )


def _words(places: Places, credentials: Credentials) -> str:
    return f"""\
Tocsin is ready.

  Sandbox workspace  {places.sandbox_url}
  REST API           {places.api_url}
  E-mail             {credentials.email}
  Password           {credentials.password}
  API key            {credentials.api_key}

Open the sandbox workspace in a browser and write /incident, or let an alert ring:

{_curl(places, credentials, "firing", _NEVER)}

and let it end:

{_curl(places, credentials, "resolved", _NOW)}

Other commands, such as `tocsin integrations create`, find these data after

export TOCSIN_DATA_DIR={shlex.quote(str(places.folder))}

Ctrl-C stops everything; the next start finds it all again.
"""


def _curl(places: Places, credentials: Credentials, status: str, end: str) -> str:
    body = _ALERT.replace("STATUS", status).replace("NOW", _NOW).replace("END", end)
    url = webhook_url(places.api_url, SOURCE)
    return (
        f"curl {url} \\\n"
        f"  -H 'Authorization: Bearer {credentials.alert_token}' \\\n"
        "  -H 'Content-Type: application/json' \\\n"
        f"  -d '{body}'"
    )
