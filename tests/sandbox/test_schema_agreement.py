"""The hand-written tables and the reference schema of Block Kit agree on the same blocks."""

import pytest
from jsonschema import Draft7Validator

from sandbox.json_types import Json
from sandbox.validation.blocks import message_problems
from tests.sandbox.block_vectors import LIMITS, RIGHT
from tests.sandbox.reference import read

# Two sources say 150 and 75; the sandbox takes the stricter, and the schema does not know headers.
STRICTER_HERE = {"option value", "button url"}


@pytest.fixture(scope="module")
def reference() -> Draft7Validator:
    schema = read("block-kit/block-kit.enriched.schema.json")
    return Draft7Validator({**schema, "$ref": "#/definitions/KnownBlock"})


@pytest.mark.parametrize("block", RIGHT)
def test_what_the_sandbox_takes_the_schema_takes(block: Json, reference: Draft7Validator) -> None:
    assert list(message_problems([block])) == []
    assert list(reference.iter_errors(block)) == []


@pytest.mark.parametrize("name", sorted(set(LIMITS) - STRICTER_HERE))
def test_what_the_schema_refuses_the_sandbox_refuses(name: str, reference: Draft7Validator) -> None:
    most, make = LIMITS[name]

    assert list(reference.iter_errors(make(most))) == []
    assert list(reference.iter_errors(make(most + 1)))
    assert list(message_problems([make(most + 1)]))
