"""The arguments of a Web API call, however they were sent."""

import re
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from sandbox.bodies import form_of, json_of
from sandbox.errors import SlackError
from sandbox.json_types import Json

FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")
JSON_TYPE = "application/json"
# Slack takes it as a body, and reads nothing from it.
PLAIN_TYPE = "text/plain"
CHARSETS = frozenset({"utf-8", "utf8", "iso-8859-1", "latin-1"})
TRUE_WORDS = frozenset({"1", "true"})
FALSE_WORDS = frozenset({"0", "false"})
ARGUMENT_NAME = re.compile(r"[A-Za-z0-9_]+")
# Slack speaks of "very long names" only.
LONGEST_NAME = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What a call brought; `problem` is why its body could not be read."""

    arguments: Json
    secret: str = ""
    warnings: tuple[str, ...] = ()
    problem: SlackError | None = None


async def receive(request: web.Request, *, takes_json: bool, may_get: bool) -> Received:
    """Query, body and token; a token in the query or inside JSON counts as none."""
    query = {name: value for name, value in request.query.items() if name != "token"}
    secret = _bearer(request)
    try:
        _require_verb(request, may_get=may_get)
        body, in_body = await _read_body(request, takes_json=takes_json)
        arguments = query | body
        _require_names(arguments)
    except SlackError as problem:
        return Received(arguments=query, secret=secret, problem=problem)
    return Received(
        arguments=arguments, secret=secret or in_body, warnings=tuple(_warnings(request))
    )


def _bearer(request: web.Request) -> str:
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else ""


def _require_verb(request: web.Request, *, may_get: bool) -> None:
    """Slack names no code for a wrong verb; reading is all that GET is for."""
    if request.method != "POST" and not (may_get and request.method == "GET"):
        raise SlackError("invalid_arguments", **messages("this method must be called with POST"))


async def _read_body(request: web.Request, *, takes_json: bool) -> tuple[Json, str]:
    """The arguments of the body, and the token among them."""
    if request.method == "GET" or not request.can_read_body:
        return {}, ""
    if "Content-Type" not in request.headers:
        raise SlackError("missing_post_type")
    if (request.charset or "utf-8").lower() not in CHARSETS:
        raise SlackError("invalid_charset")
    if request.content_type == PLAIN_TYPE:
        return {}, ""
    if request.content_type == JSON_TYPE and takes_json:
        return await _read_json(request), ""
    if request.content_type in FORM_TYPES:
        body = await _read_form(request)
        return body, str(body.pop("token", ""))
    raise SlackError("invalid_post_type")


async def _read_form(request: web.Request) -> Json:
    try:
        form = await form_of(request)
    except ValueError as problem:
        raise SlackError("invalid_form_data") from problem
    return {name: value for name, value in form.items() if isinstance(value, str)}


async def _read_json(request: web.Request) -> Json:
    try:
        body = await json_of(request)
    except ValueError as problem:
        raise SlackError("invalid_arguments", **messages("the body is not JSON")) from problem
    if not isinstance(body, dict):
        raise SlackError("invalid_arguments", **messages("the body is not a JSON object"))
    body.pop("token", None)
    return body


def _require_names(arguments: Json) -> None:
    for name in arguments:
        if "[" in name:
            raise SlackError("invalid_array_arg")
        if len(name) > LONGEST_NAME or not ARGUMENT_NAME.fullmatch(name):
            raise SlackError("invalid_arg_name")


def _warnings(request: web.Request) -> list[str]:
    if request.method == "GET" or not request.body_exists:
        return []
    if request.content_type == JSON_TYPE and request.charset is None:
        return ["missing_charset"]
    if request.content_type in FORM_TYPES and request.charset is not None:
        return ["superfluous_charset"]
    return []


def messages(*lines: str) -> Json:
    """Details of an error as Slack attaches them."""
    return {"response_metadata": {"messages": [f"[ERROR] {line}" for line in lines]}}


def as_flag(value: Any) -> bool:
    return value is True or value == 1 or value in TRUE_WORDS
