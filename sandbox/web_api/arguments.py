"""The arguments of a Web API call, however they were sent."""

import json
from typing import Any

from aiohttp import web

from sandbox.errors import SlackError
from sandbox.json_types import Json

FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")
TRUE_WORDS = frozenset({"1", "true", "True"})


async def read_arguments(request: web.Request, *, takes_json: bool) -> Json:
    """Query and body together; `SlackError` when the body is not what its type says."""
    arguments: Json = dict(request.query)
    if request.method == "GET" or not request.can_read_body:
        return arguments
    if request.content_type in FORM_TYPES:
        form = await request.post()
        return arguments | {name: value for name, value in form.items() if isinstance(value, str)}
    if request.content_type == "application/json" and takes_json:
        return arguments | await _read_json(request)
    raise SlackError("invalid_post_type")


async def _read_json(request: web.Request) -> Json:
    try:
        body = json.loads(await request.text())
    except ValueError as problem:
        raise SlackError("invalid_arguments", **messages("the body is not JSON")) from problem
    if not isinstance(body, dict):
        raise SlackError("invalid_arguments", **messages("the body is not a JSON object"))
    return body


def messages(*lines: str) -> Json:
    """Details of an error as Slack attaches them."""
    return {"response_metadata": {"messages": [f"[ERROR] {line}" for line in lines]}}


def token_of(request: web.Request, arguments: Json) -> str:
    """The token of the header, or else of the arguments, which lose it."""
    argument = str(arguments.pop("token", "") or "")
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else argument


def as_flag(value: Any) -> bool:
    return value is True or value == 1 or value in TRUE_WORDS
