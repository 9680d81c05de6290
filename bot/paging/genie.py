"""How Opsgenie's API is opened, and the form of its answers."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import orjson
from aiohttp import hdrs, web

from bot.paging.switchboard import Ringing, Switchboard
from bot.web.authorization import offered_secret
from bot.web.problems import refusal

SOURCE = "opsgenie"
SCHEME = "geniekey "
ACCEPTED = "Request will be processed"


async def ringing(request: web.Request, switchboard: Switchboard) -> Ringing:
    """Whose GenieKey this is; a `Refusal` otherwise."""
    token = offered_key(request)
    found = await switchboard.of_token(token, SOURCE)
    if found is None:
        message = (
            "Could not authenticate: this key opens no alert source of the kind opsgenie."
            if token
            else "Could not authenticate: send the header Authorization: GenieKey KEY."
        )
        raise refusal(401, "invalid_token", message, headers={hdrs.WWW_AUTHENTICATE: "GenieKey"})
    return found


def offered_key(request: web.Request) -> str | None:
    given = request.headers.get(hdrs.AUTHORIZATION, "").strip()
    if given.lower().startswith(SCHEME):
        return given[len(SCHEME) :].strip() or None
    return offered_secret(request)


def new_request() -> str:
    """The id of a request, by which its outcome can be asked for."""
    return str(uuid4())


def accepted(request_id: str, result: str = ACCEPTED) -> web.Response:
    return _answer({"result": result}, request_id, status=202)


def told(data: Any, **more: Any) -> web.Response:
    return _answer({"data": data, **more}, new_request())


def _answer(body: Mapping[str, Any], request_id: str, *, status: int = 200) -> web.Response:
    full = {**body, "took": 0.0, "requestId": request_id}
    return web.Response(
        status=status, body=orjson.dumps(full), content_type="application/json", charset="utf-8"
    )
