"""The headers of answers, which all of them share."""

from collections.abc import Mapping

from bot.api.openapi.schemas import Json
from bot.api.operations import Access, Operation

HEADERS: Mapping[str, Json] = {
    "X-Request-ID": {
        "description": "The request's id, as the log has it: yours if you sent one.",
        "required": True,
        "schema": {"type": "string", "minLength": 1},
    },
    "X-RateLimit-Limit": {
        "description": "Requests a minute, of the limit that is nearest to its end.",
        "schema": {"type": "integer"},
    },
    "X-RateLimit-Remaining": {
        "description": "How many of them are left.",
        "schema": {"type": "integer", "minimum": 0},
    },
    "X-RateLimit-Used": {
        "description": "How many of them are used up.",
        "schema": {"type": "integer", "minimum": 0},
    },
    "X-RateLimit-Reset": {
        "description": "When all of them are there again, in seconds of the epoch.",
        "schema": {"type": "integer"},
    },
    "Retry-After": {
        "description": "Seconds until it is worth trying again.",
        "required": True,
        "schema": {"type": "integer", "minimum": 1},
    },
    "WWW-Authenticate": {
        "description": "The scheme of the credential.",
        "required": True,
        "schema": {"type": "string"},
    },
    "ETag": {
        "description": "What was read: send it as If-None-Match to be told when nothing changed.",
        "schema": {"type": "string"},
    },
}
LIMITS = tuple(name for name in HEADERS if name.startswith("X-RateLimit-"))


def granted(operation: Operation) -> Json:
    """Of what an operation answers when all is well."""
    names = ["X-Request-ID"]
    if operation.needs is not Access.SOURCE:
        names += LIMITS
    if operation.method == "GET":
        names.append("ETag")
    own = {
        name: {"description": text, "schema": {"type": "string"}}
        for name, text in operation.answer_headers.items()
    }
    return {**_referred(*names), **own}


def refused(status: int) -> Json:
    names = ["X-Request-ID"]
    if status in (429, 503):
        names.append("Retry-After")
    if status == 429:
        names += LIMITS
    if status == 401:
        names.append("WWW-Authenticate")
    return _referred(*names)


def _referred(*names: str) -> Json:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}
