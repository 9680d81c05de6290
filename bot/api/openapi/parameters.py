"""The parameters of an operation: in its path, its query and its headers."""

import re
from typing import Any

from bot.api.idempotency import HEADER, LONGEST
from bot.api.openapi.schemas import Json, schema_of
from bot.api.operations import Access, Operation
from bot.api.server import LONGEST_PARAMETER

KEY = (
    "The same key with the same request again changes nothing, and answers the same; 404 where the "
    "caller may not know of the incident any more."
)
ALERT_KEY = "An alert without a key of its own is given the same one whenever it is sent with this."
_VARIABLE = re.compile(r"{(\w+)}")


def parameters_of(operation: Operation) -> list[Json]:
    return [*_in_path(operation), *_in_query(operation), *_in_headers(operation)]


def template(path: str) -> str:
    """The path as OpenAPI writes it, without the patterns of the router."""
    return re.sub(r"{(\w+):[^}]*}", r"{\1}", path)


def _in_path(operation: Operation) -> list[Json]:
    schema = {"type": "string", "minLength": 1, "maxLength": LONGEST_PARAMETER}
    return [
        {"name": name, "in": "path", "required": True, "schema": schema}
        for name in _VARIABLE.findall(template(operation.path))
    ]


def _in_query(operation: Operation) -> list[Json]:
    if operation.query is None:
        return []
    schema = schema_of(operation.query)
    required = set(schema.get("required", ()))
    return [
        _query_parameter(name, field, name in required)
        for name, field in schema.get("properties", {}).items()
    ]


def _query_parameter(name: str, field: Json, required: bool) -> Json:
    schema = _never_null(field)
    description = schema.pop("description", None)
    parameter = {"name": name, "in": "query", "required": required, "schema": schema}
    return {**parameter, "description": description} if description else parameter


def _never_null(field: Json) -> Json:
    """A query string has no null; what is absent is left out."""
    others = [one for one in field.get("anyOf", ()) if one.get("type") != "null"]
    rest = {key: value for key, value in field.items() if key != "anyOf"}
    if len(others) == 1:
        return {**others[0], **rest}
    return {**rest, "anyOf": others} if others else rest


def _in_headers(operation: Operation) -> list[Json]:
    found = []
    if operation.unsafe and not operation.public:
        found.append(
            _header(
                HEADER,
                ALERT_KEY if operation.needs is Access.SOURCE else KEY,
                {"type": "string", "maxLength": LONGEST, "pattern": "^[ -~]*$"},
            )
        )
    if 412 in operation.refuses:
        found.append(
            _header(
                "If-Match",
                "The ETag that was read; refused with 412 when it was changed since.",
                {"type": "string"},
            )
        )
    return found


def _header(name: str, description: str, schema: Json) -> dict[str, Any]:
    return {
        "name": name,
        "in": "header",
        "required": False,
        "description": description,
        "schema": schema,
    }
