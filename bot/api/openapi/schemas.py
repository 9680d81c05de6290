"""The schemas of the models, written for readers and generators rather than for pydantic."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, models_json_schema
from pydantic_core.core_schema import WithDefaultSchema

Json: TypeAlias = dict[str, Any]
Described: TypeAlias = tuple[type[BaseModel], JsonSchemaMode]
References: TypeAlias = Mapping[Any, Json]
"""From a model and the way it goes to a reference to its schema."""

PLACE = "#/components/schemas/"
PRODUCTS: Mapping[str, str] = {
    "incident_io": "IncidentIo",
    "opsknight": "OpsKnight",
    "observer": "Observer",
    "overwatch": "Overwatch",
}
SHARED = "V1"

_QUALIFIED = re.compile(r"((?:\w+\.)+)(\w+)")


class Schemas(GenerateJsonSchema):
    """Without a title on every field, which only repeats its name, and without nulls as defaults
    where null is no value."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def normalize_name(self, name: str) -> str:
        """A model whose name others have as well is told apart by its product."""
        spoken = _QUALIFIED.sub(_by_product, name).replace("[", "").replace("]", "")
        return super().normalize_name(spoken)

    def default_schema(self, schema: WithDefaultSchema) -> Json:
        described = super().default_schema(schema)
        if described.get("default", "") is None:
            del described["default"]
        return described


def _by_product(qualified: re.Match[str]) -> str:
    modules = qualified[1].split(".")
    product = next((PRODUCTS[each] for each in modules if each in PRODUCTS), SHARED)
    return f"{product}{qualified[2]}"


def components(models: Iterable[Described]) -> tuple[References, Json]:
    """Where each model's schema is, and all of them by name."""
    listed = list(dict.fromkeys(models))
    references, schema = models_json_schema(
        listed, ref_template=f"{PLACE}{{model}}", schema_generator=Schemas
    )
    # Generators name their classes after the titles.
    named = {name: {**each, "title": name} for name, each in schema.get("$defs", {}).items()}
    return references, named


def schema_of(model: type[BaseModel]) -> Json:
    """One model with everything it refers to in its place."""
    schema = model.model_json_schema(schema_generator=Schemas)
    inlined: Json = _inlined(schema, schema.get("$defs", {}))
    return inlined


def followed(schema: Json, definitions: Mapping[str, Json]) -> Json:
    """What a reference into the components stands for."""
    while reference := schema.get("$ref"):
        beside = {key: value for key, value in schema.items() if key != "$ref"}
        schema = {**definitions[str(reference).removeprefix(PLACE)], **beside}
    return schema


def _inlined(value: Any, definitions: Mapping[str, Json]) -> Any:
    match value:
        case {"$ref": str(reference), **rest}:
            return {**_inlined(definitions[reference.rpartition("/")[2]], definitions), **rest}
        case dict():
            return {key: _inlined(each, definitions) for key, each in value.items()}
        case list():
            return [_inlined(each, definitions) for each in value]
        case _:
            return value
