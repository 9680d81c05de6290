"""For every limit of Block Kit: one below and the limit itself are taken, one above is refused."""

import pytest

from sandbox.facts import limits
from sandbox.json_types import Json
from sandbox.validation.blocks import message_problems
from sandbox.validation.rules import Problem
from sandbox.validation.views import view_problems
from tests.sandbox.asking import modal
from tests.sandbox.block_makers import data_table
from tests.sandbox.limit_vector import Vector
from tests.sandbox.limit_vectors import VECTORS, VIEW_VECTORS


def problems(vector: Vector, size: int) -> list[Problem]:
    made = vector.make(size)
    if vector.surface == "view":
        return list(view_problems(made, made["type"]))
    if vector.surface == "modal":
        return list(view_problems(modal(made), "modal"))
    return list(message_problems([made]))


def where(vector: Vector) -> str:
    place = {"view": "/view", "modal": "/view/blocks/0", "message": "/blocks/0"}
    return f"{place[vector.surface]}{vector.pointer}"


@pytest.mark.parametrize("vector", [*VECTORS, *VIEW_VECTORS], ids=lambda vector: vector.name)
def test_what_just_fits_is_taken_and_one_more_is_refused(vector: Vector) -> None:
    assert getattr(limits, vector.limit) == vector.most
    assert problems(vector, vector.most - 1) == []
    assert problems(vector, vector.most) == []

    refused = problems(vector, vector.most + 1)

    assert refused[0].pointer == where(vector)
    assert {problem.type for problem in refused} == {vector.constraint}
    assert refused[0].got == vector.most + 1
    expected = refused[0].expected
    assert vector.most in (expected if isinstance(expected, list) else [expected])


@pytest.mark.parametrize("vector", [*VECTORS, *VIEW_VECTORS], ids=lambda vector: vector.name)
def test_a_refusal_is_written_as_slacks_checker_writes_it(vector: Vector) -> None:
    refused = problems(vector, vector.most + 1)[0].to_json()

    assert refused["code"] == "failed_constraint"
    assert set(refused) == {"code", "message", "pointer", "constraint"}
    assert set(refused["constraint"]) == {"type", "expected", "got"}
    assert found_at(vector.make(vector.most + 1), vector.pointer) is not None


def found_at(payload: Json, pointer: str) -> object:
    """What a JSON pointer points at; it must be there."""
    found: object = payload
    for part in pointer.strip("/").split("/"):
        found = found[int(part)] if isinstance(found, list) else found[part]  # type: ignore[index]
    return found


def test_a_message_has_at_most_fifty_blocks() -> None:
    divider = {"type": "divider"}

    assert list(message_problems([divider] * 49)) == []
    assert list(message_problems([divider] * 50)) == []
    (refused,) = message_problems([divider] * 51)
    assert (refused.pointer, refused.type, refused.got) == ("/blocks", "max_items", 51)


def test_a_data_table_has_at_least_two_rows() -> None:
    assert list(message_problems([data_table(rows=3)])) == []
    assert list(message_problems([data_table(rows=2)])) == []
    (refused,) = message_problems([data_table(rows=1)])
    assert (refused.pointer, refused.type, refused.got) == ("/blocks/0/rows", "min_items", 1)
