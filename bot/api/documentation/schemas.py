"""JSON schemas in words: what a value may be, and the fields of an object as a table."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from bot.api.documentation.markup import Markup, code, element, inline, joined
from bot.api.documentation.reading import Json, slug

SCHEMAS = "#/components/schemas/"
PLAIN = {"integer": "whole number", "boolean": "true or false", "null": "null"}
NOTHING: tuple[Any, ...] = (None, "", [], {})
"""Defaults that go without saying."""

# (least, most, one of what is counted, several of it): "1 to 200 characters"
RANGES = (
    ("minLength", "maxLength", " character", " characters"),
    ("minItems", "maxItems", " entry", " entries"),
    ("minimum", "maximum", "", ""),
)


def anchor(name: str) -> str:
    return f"schema-{slug(name)}"


def shape(schema: Json | bool) -> Markup:
    """ "list of Incident", "text (date-time), 1 to 200 characters", "one of `a`, `b`"."""
    if isinstance(schema, bool) or not schema:
        return Markup("anything")
    return joined([_kind(schema), *_limits(schema)], ", ")


def fields(schema: Json) -> Markup:
    """The table of an object's properties; nothing for what has none."""
    properties: Mapping[str, Json] = schema.get("properties", {})
    required = frozenset(schema.get("required", ()))
    rows = (
        row(name, each, required=name in required, description=each.get("description", ""))
        for name, each in properties.items()
    )
    return table(*rows) if properties else Markup("")


def table(*rows: Markup) -> Markup:
    return element("table", element("tbody", *rows))


def row(name: str, schema: Json, *, required: bool, description: str) -> Markup:
    must = element("span", "required", class_="required") if required else Markup("")
    return element(
        "tr",
        element("th", code(name), must, scope="row"),
        element(
            "td",
            element("span", shape(schema), class_="shape"),
            element("p", inline(description)) if description else Markup(""),
        ),
    )


def _kind(schema: Json) -> Markup:
    if reference := schema.get("$ref"):
        name = str(reference).removeprefix(SCHEMAS)
        return element("a", name, href=f"#{anchor(name)}")
    for word, separator in (("anyOf", " or "), ("oneOf", " or "), ("allOf", " and ")):
        if word in schema:
            return joined(map(shape, schema[word]), separator)
    if "const" in schema:
        return code(_json(schema["const"]))
    if "enum" in schema:
        return joined(["one of ", joined((code(_json(one)) for one in schema["enum"]), ", ")])
    kinds = schema.get("type", ())
    listed = (kinds,) if isinstance(kinds, str) else kinds
    return joined((_named(kind, schema) for kind in listed), " or ") or Markup("anything")


def _named(kind: str, schema: Json) -> Markup:
    match kind:
        case "string":
            form = schema.get("format")
            return joined(["text", f" ({form})" if form else ""])
        case "array":
            return joined(["list of ", shape(schema.get("items", {}))])
        case "object":
            values = schema.get("additionalProperties")
            return joined(["object", joined([" of ", shape(values)]) if values else ""])
        case _:
            return joined([PLAIN.get(kind, kind)])


def _limits(schema: Json) -> Iterator[Markup]:
    for least, most, one, several in RANGES:
        if told := _range(schema.get(least), schema.get(most)):
            yield joined([told, one if told.endswith(" 1") else several])
    if pattern := schema.get("pattern"):
        yield joined(["like ", code(pattern)])
    if schema.get("default") not in NOTHING:
        yield joined(["by default ", code(_json(schema["default"]))])


def _range(least: Any, most: Any) -> str:
    match least, most:
        case None, None:
            return ""
        case None, _:
            return f"at most {most}"
        case _, None:
            return f"at least {least}"
        case _:
            return f"{least} to {most}"


def _json(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
