"""Examples of what a schema describes, out of the examples of its fields."""

from collections.abc import Mapping
from typing import Any

from bot.api.openapi.schemas import Json, followed

MOMENT = "2026-11-20T23:28:33.432Z"
ULID = "01kahz5t0c8m4v6r2x9d7w3n1q"
JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1c3JfMSJ9.c2lnbmF0dXJl"
SECRET = "q3vR8sT1wY6zB4nM"  # noqa: S105 - an example of none

_BY_FORMAT: Mapping[str, str] = {
    "date-time": MOMENT,
    "date": MOMENT[:10],
    "email": "alice@example.com",
    "uri": "https://example.com/runbooks/checkout",
    "uuid": "8e3cc412-b49d-4957-9073-2c19d2c61804",
}
_BY_NAME: Mapping[str, str] = {
    "id": ULID,
    "title": "Checkout API errors",
    "name": "Checkout",
    "email": "alice@example.com",
    "description": "Every fifth request fails.",
    "summary": "Every fifth request fails.",
    "message": "The bad deploy is being rolled back.",
    "text": "The bad deploy is being rolled back.",
    "note": "Seen on two of three hosts.",
    "body": "Restart the pooler, then watch the connections.",
    "instructions": "Call the largest customers first.",
    "command": "systemctl restart pgbouncer",
    "url": _BY_FORMAT["uri"],
    "links": _BY_FORMAT["uri"],
    "value_link": _BY_FORMAT["uri"],
    "query": "connection pool exhausted",
    "slug": "example",
    "assignee": "Alice Archer",
    "author": "Alice Archer",
    "created_by": ULID,
    "started_by": ULID,
    "invited_by": ULID,
    "tags": "payments",
    "labels": "payments",
    "value": "Payments",
    "category": "database",
    "shortform": "lead",
    "permissions": "incidents:read",
    "ip_whitelist": "192.0.2.0/24",
    "access_token": JWT,
    "refresh_token": JWT,
    "token": SECRET,
    "current_password": "correct horse battery",
    "snippet": "… waited for the connection pool …",
}
_BY_ENDING: Mapping[str, str] = {
    "_id": ULID,
    "_ids": ULID,
    "_at": MOMENT,
    "_url": _BY_FORMAT["uri"],
    "name": "Alice Archer",
}
_USUAL = "An example"


class Examples:
    """Knows the components that schemas refer to."""

    def __init__(self, definitions: Mapping[str, Json]) -> None:
        self._definitions = definitions

    def answered(self, schema: Json) -> Any:
        """Everything that the schema names, for an answer has it all."""
        return self._of(schema, "", (), sparing=False)

    def asked(self, schema: Json) -> Any:
        """What is required, and whatever has an example of its own."""
        return self._of(schema, "", (), sparing=True)

    def _of(self, schema: Json, name: str, within: tuple[str, ...], *, sparing: bool) -> Any:
        reference = schema.get("$ref", "")
        schema = followed(schema, self._definitions)
        told = _told(schema)
        if told is not None:
            return told[0]
        if reference in within:
            return None
        around = (*within, reference) if reference else within
        for word in ("anyOf", "oneOf", "allOf"):
            if options := schema.get(word):
                return self._of(_first(options), name, around, sparing=sparing)
        match _kind(schema):
            case "object":
                return self._object(schema, around, sparing=sparing)
            case "array":
                return self._array(schema, name, around, sparing=sparing)
            case kind:
                return _plain(kind, schema, name)

    def _object(self, schema: Json, within: tuple[str, ...], *, sparing: bool) -> Json:
        properties: Mapping[str, Json] = schema.get("properties", {})
        required = frozenset(schema.get("required", ()))
        return {
            name: self._of(each, name, within, sparing=sparing)
            for name, each in properties.items()
            if name in required or not sparing or "examples" in each
        }

    def _array(
        self, schema: Json, name: str, within: tuple[str, ...], *, sparing: bool
    ) -> list[Any]:
        items = schema.get("items")
        if not items or items.get("$ref") in within or schema.get("maxItems") == 0:
            return []
        return [self._of(items, name, within, sparing=sparing)] * max(1, schema.get("minItems", 1))


def _told(schema: Json) -> tuple[Any] | None:
    """What the schema itself says; in a tuple, because it may say null."""
    if examples := schema.get("examples"):
        return (examples[0],)
    if "const" in schema:
        return (schema["const"],)
    if "default" in schema:
        return (schema["default"],)
    return (schema["enum"][0],) if "enum" in schema else None


def _first(options: list[Json]) -> Json:
    """The first that is more than null."""
    return next((one for one in options if one.get("type") != "null"), options[0])


def _kind(schema: Json) -> str:
    kind = schema.get("type", "object")
    return str(kind if isinstance(kind, str) else kind[0])


def _plain(kind: str, schema: Json, name: str) -> Any:
    match kind:
        case "string":
            return _text(schema, name)
        case "integer" | "number":
            return max(schema.get("minimum", 1), min(1, schema.get("maximum", 1)))
        case "boolean":
            return True
        case _:
            return None


def _text(schema: Json, name: str) -> str:
    text = _BY_FORMAT.get(schema.get("format", "")) or _BY_NAME.get(name) or _ended(name)
    least = schema.get("minLength", 0)
    return text.ljust(least, ".")[: schema.get("maxLength", len(text) + least)]


def _ended(name: str) -> str:
    return next((text for end, text in _BY_ENDING.items() if name.endswith(end)), _USUAL)
