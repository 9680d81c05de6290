"""The OpenAPI document: valid, complete, and with examples that are what they say."""

from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from jsonschema_rs import validator_for
from schemathesis.specs.openapi.definitions import OPENAPI_31

from bot.api.openapi.document import document
from bot.api.operations import Access
from tests.integration.api.doors import OPERATIONS, Client, json_of

PATHS = ("/openapi.json", "/v1/openapiV3.json")
FEWEST = 100
"""So many operations there are at least; a document of none would pass everything below."""

ANY_OPERATION = {"429", "500"}


@pytest.fixture
async def described(client: Client) -> Any:
    return await json_of(await client.get("/openapi.json"))


def operations_of(described: Any) -> Iterator[tuple[str, Any]]:
    for path, item in described["paths"].items():
        for method, operation in item.items():
            yield f"{method.upper()} {path}", operation


def contents_of(operation: Any) -> Iterator[Any]:
    """Every form of its body and of its answers when all is well."""
    yield from operation.get("requestBody", {}).get("content", {}).values()
    for status, response in operation["responses"].items():
        if status.startswith("2"):
            yield from response.get("content", {}).values()


@pytest.mark.parametrize("path", PATHS)
async def test_anybody_may_read_it_at_both_addresses(client: Client, path: str) -> None:
    response = await client.get(path)

    assert response.status == 200
    assert (await json_of(response))["openapi"].startswith("3.1")


def test_check_50_it_is_valid_by_the_schema_of_openapi(described: Any) -> None:
    errors = [str(error)[:300] for error in validator_for(OPENAPI_31).iter_errors(described)]

    assert errors == []


def test_every_schema_in_it_is_one(described: Any) -> None:
    for schema in described["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


async def test_check_50_every_operation_that_is_served_is_in_it(
    client: Client, described: Any
) -> None:
    served = {f"{one.method} {one.path}" for one in client.app[OPERATIONS]}

    listed = {name for name, _ in operations_of(described)}

    assert len(listed) >= FEWEST
    assert listed == served


def test_every_operation_has_a_name_of_its_own(described: Any) -> None:
    names = [operation["operationId"] for _, operation in operations_of(described)]

    assert sorted(names) == sorted(set(names))
    assert all(name.isidentifier() for name in names)


def test_every_operation_says_what_it_is_for_and_where_it_belongs(described: Any) -> None:
    chapters = {tag["name"] for tag in described["tags"]}

    mute = [
        name
        for name, operation in operations_of(described)
        if not operation["summary"]
        or operation["summary"].endswith(".")
        or not set(operation["tags"]) <= chapters
        or not operation["tags"]
    ]

    assert mute == []


async def test_every_operation_says_what_credential_it_needs(
    client: Client, described: Any
) -> None:
    public = {
        f"{one.method} {one.path}"
        for one in client.app[OPERATIONS]
        if one.needs in (Access.PUBLIC, Access.SOURCE, Access.CALENDAR)
    }

    open_ones = {
        name
        for name, operation in operations_of(described)
        if not operation["security"] or {} in operation["security"]
    }

    assert open_ones == public
    assert set(described["components"]["securitySchemes"]) == {"bearer", "apiKey"}


def test_every_operation_names_the_refusals_that_any_request_may_meet(described: Any) -> None:
    for name, operation in operations_of(described):
        answered = set(operation["responses"])
        expected = set(ANY_OPERATION)
        expected |= {"401", "403"} if operation["security"] else set()
        expected |= {"404"} if "{" in name else set()
        expected |= {"400", "413"} if "requestBody" in operation else set()
        assert answered >= expected, name
        assert any(status.startswith("2") for status in answered), name


def test_every_refusal_has_the_one_body_and_an_example_of_it(described: Any) -> None:
    shared = described["components"]["responses"]
    schemas = described["components"]["schemas"]
    problem = Draft202012Validator({**schemas["Problem"], "components": {"schemas": schemas}})

    for name, operation in operations_of(described):
        for status, response in operation["responses"].items():
            if not status.startswith("2"):
                told = shared[response["$ref"].rpartition("/")[2]]["content"]["application/json"]
                assert told["schema"] == {"$ref": "#/components/schemas/Problem"}, name
                assert str(told["example"]["status"]) == status, name
                problem.validate(told["example"])


def test_every_body_and_every_answer_has_an_example_that_is_valid(described: Any) -> None:
    flawed = [
        f"{name}: {error.json_path} {error.message}"
        for name, operation in operations_of(described)
        for content in contents_of(operation)
        for error in _errors(content, described["components"])
    ]

    assert flawed == []


def _errors(content: Any, components: Any) -> Iterator[Any]:
    validator = Draft202012Validator({**content["schema"], "components": components})
    yield from validator.iter_errors(content["example"])


def test_bodies_that_are_documented_have_words_of_this_product_in_their_examples(
    described: Any,
) -> None:
    """What the generator makes up is a last resort; required text is worth a word of its own."""
    lazy = [
        name
        for name, operation in operations_of(described)
        for content in operation.get("requestBody", {}).get("content", {}).values()
        if "An example" in str(content["example"])
    ]

    assert lazy == []


async def test_its_server_is_the_address_it_was_told(client: Client) -> None:
    operations = client.app[OPERATIONS]

    described = document(operations, version="1", base="https://tocsin.example.com")

    assert described["servers"] == [{"url": "https://tocsin.example.com"}]


def test_no_value_has_a_bound_that_nobody_would_write_down(described: Any) -> None:
    """Bounds are there to be read: an end of the machine's numbers is none."""
    strange = [
        f"{name}: {parameter['name']}"
        for name, operation in operations_of(described)
        for parameter in operation["parameters"]
        if parameter["schema"].get("maximum", 0) > 10**12
    ]

    assert strange == []
