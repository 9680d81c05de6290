"""The requests of the bench: what a script and a Slack workspace would send."""

import json
import time
from dataclasses import dataclass
from hashlib import sha256
from hmac import new as hmac
from urllib.parse import urlencode

from bench.load import Request, http


def incidents(key: str) -> Request:
    def request(n: int) -> bytes:
        body = {"title": f"Incident {n} of the bench", "severity": "low", "description": "A drill."}
        return http("POST", "/api/v1/incidents", headers=_json(key), body=json.dumps(body).encode())

    return request


def listing(key: str) -> Request:
    page = http("GET", "/api/v1/incidents?limit=25", headers=_json(key))
    return lambda n: page


@dataclass(frozen=True, slots=True, kw_only=True)
class SlashCommands:
    """`/incident …` by these people in turn, signed as Slack signs."""

    secret: str
    team: str
    people: list[str]
    channel: str

    def say(self, text: str) -> Request:
        """`{n}` in the text is the number of the request."""

        def request(n: int) -> bytes:
            form = self._form(n, text.format(n=n))
            headers = _signed(self.secret, form)
            return http("POST", "/slack/events", headers=headers, body=_form(form))

        return request

    def _form(self, n: int, text: str) -> dict[str, str]:
        return {
            "token": "unused",
            "team_id": self.team,
            "team_domain": "bench",
            "channel_id": self.channel,
            "channel_name": "general",
            "user_id": self.people[n % len(self.people)],
            "user_name": "bench",
            "command": "/incident",
            "text": text,
            "api_app_id": "A0BENCH",
            "is_enterprise_install": "false",
            "response_url": "http://127.0.0.1:9/unused",
            "trigger_id": f"{n}.{time.time_ns()}.{n:08x}",
        }


def _form(form: dict[str, str]) -> bytes:
    return urlencode(form).encode()


def _signed(secret: str, form: dict[str, str]) -> dict[str, str]:
    at = str(int(time.time()))
    mark = hmac(secret.encode(), b"v0:" + at.encode() + b":" + _form(form), sha256).hexdigest()
    return {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Slack-Request-Timestamp": at,
        "X-Slack-Signature": f"v0={mark}",
    }


def _json(token: str) -> dict[str, str]:
    return {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
