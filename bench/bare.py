"""The baseline: aiohttp doing nothing but reading, validating and answering; no database."""

import sys
from datetime import UTC, datetime
from typing import Any

import orjson
from aiohttp import web
from pydantic import BaseModel


class _Alert(BaseModel):
    status: str
    labels: dict[str, str]
    annotations: dict[str, str] = {}
    startsAt: datetime  # noqa: N815 - the sender's spelling
    endsAt: datetime | None = None  # noqa: N815
    fingerprint: str = ""


class _Webhook(BaseModel):
    status: str
    alerts: list[_Alert]
    groupLabels: dict[str, str] = {}  # noqa: N815


class _Incident(BaseModel):
    title: str
    severity: str
    description: str = ""


async def _alert(request: web.Request) -> web.Response:
    _Webhook.model_validate(orjson.loads(await request.read()))
    return web.Response(body=b'{"status":"accepted"}', content_type="application/json")


async def _create(request: web.Request) -> web.Response:
    wanted = _Incident.model_validate(orjson.loads(await request.read()))
    body = orjson.dumps({"id": "inc_1", **wanted.model_dump(), "created_at": datetime.now(UTC)})
    return web.Response(body=body, status=201, content_type="application/json")


def _row(n: int) -> dict[str, Any]:
    return {
        "id": f"inc_{n}",
        "title": f"Incident {n} of the bench",
        "severity": "high",
        "status": "active",
        "created_at": datetime.now(UTC),
        "assignee": None,
    }


async def _list(_: web.Request) -> web.Response:
    rows = [_row(n) for n in range(25)]
    body = orjson.dumps({"data": rows, "meta": {"total": 100_000, "limit": 25, "offset": 0}})
    return web.Response(body=body, content_type="application/json")


async def _command(request: web.Request) -> web.Response:
    form = await request.post()
    return web.json_response({"response_type": "ephemeral", "text": f"{form['command']!s}: done."})


def main(port: int) -> None:
    app = web.Application()
    app.router.add_post("/webhooks/alertmanager", _alert)
    app.router.add_post("/api/v1/incidents", _create)
    app.router.add_get("/api/v1/incidents", _list)
    app.router.add_post("/slack/events", _command)
    web.run_app(app, host="127.0.0.1", port=port, print=None, access_log=None)


if __name__ == "__main__":
    main(int(sys.argv[1]))
