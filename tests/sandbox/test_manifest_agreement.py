"""What a manifest may say, compared with Slack's official schema and its reference."""

from collections.abc import Iterator

from jsonschema import Draft7Validator

from sandbox.facts.scopes import BOT_SCOPES, USER_SCOPES
from sandbox.facts.subscribable import SUBSCRIBABLE
from sandbox.json_types import Json
from sandbox.manifest.contents import MANIFEST
from sandbox.manifest.shapes import Mapped, Several, Shape, Text
from tests.sandbox.manifest_vectors import AT_LEAST, AT_MOST, Make, named, put
from tests.sandbox.reference import read


def official() -> Draft7Validator:
    return Draft7Validator(read("manifest/manifest.schema.2.0.0.json"))


@named(AT_MOST)
def test_the_official_schema_takes_no_more_either(path: str, number: int, make: Make) -> None:
    assert official().is_valid(put(path, make(number - 1)))
    assert official().is_valid(put(path, make(number)))
    assert not official().is_valid(put(path, make(number + 1)))


@named(AT_LEAST)
def test_the_official_schema_takes_no_less_either(path: str, number: int, make: Make) -> None:
    assert official().is_valid(put(path, make(number)))
    assert not official().is_valid(put(path, make(number - 1)))


def test_the_parts_and_their_numbers_are_those_of_the_official_schema() -> None:
    schema = read("manifest/manifest.schema.2.0.0.json")

    assert list(differences(MANIFEST, schema, schema, "")) == []


def differences(shape: Shape, schema: Json, root: Json, where: str) -> Iterator[str]:
    """Where our table of shapes and the official schema part ways."""
    schema = _followed(schema, root)
    if isinstance(shape, Mapped):
        if set(shape.parts) != set(schema["properties"]):
            yield f"{where}: {set(shape.parts) ^ set(schema['properties'])}"
        if set(shape.required) != set(schema.get("required", ())):
            yield f"{where}: requires {schema.get('required')}"
        for name, part in shape.parts.items():
            yield from differences(part, schema["properties"][name], root, f"{where}.{name}")
    elif isinstance(shape, Several):
        yield from _other_numbers(shape, schema, where)
        yield from differences(shape.each, schema["items"], root, f"{where}[]")
    elif isinstance(shape, Text):
        numbers = (schema.get("minLength", 0), schema.get("maxLength"))
        if (shape.fewest, shape.most) != numbers:
            yield f"{where}: {numbers}"


def _followed(schema: Json, root: Json) -> Json:
    while "$ref" in schema:
        schema = root["definitions"][schema["$ref"].removeprefix("#/definitions/")]
    return schema


def _other_numbers(shape: Several, schema: Json, where: str) -> Iterator[str]:
    numbers = (schema.get("minItems", 0), schema.get("maxItems"), schema.get("uniqueItems", False))
    if (shape.fewest, shape.most, shape.unique) != numbers:
        yield f"{where}: {numbers}"


def test_the_scopes_are_those_of_the_reference() -> None:
    methods = read("method-index.json").values()
    of_users = {scope for method in methods for scope in method["user_scopes"] or ()}

    assert set(read("known-bot-scopes.json")["scopes"]) == BOT_SCOPES
    assert of_users | BOT_SCOPES <= USER_SCOPES


# Named in Slack's guides; the reference has no page for them.
WITHOUT_A_PAGE = {"channel_archive", "channel_unarchive", "group_archive", "group_unarchive"}


def test_the_events_are_those_of_the_reference() -> None:
    documented = {
        name: set(event["scopes"] or ())
        for name, event in read("event-scopes.json").items()
        if "Events" in event["apis"] and name != "message"
    }

    assert set(SUBSCRIBABLE) == set(documented) | WITHOUT_A_PAGE
    assert {name: set(SUBSCRIBABLE[name]) for name in documented} == documented
