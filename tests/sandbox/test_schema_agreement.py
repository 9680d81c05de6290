"""The hand-written tables and the reference schema of Block Kit agree on the same blocks."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block

from sandbox.json_types import Json
from sandbox.validation.blocks import loose_block_problems
from tests.sandbox.asking import text_input
from tests.sandbox.limit_vector import Vector
from tests.sandbox.limit_vectors import VECTORS
from tests.sandbox.reference import read
from tests.sandbox.right_blocks import RIGHT, RIGHT_IN_MODALS
from tests.sandbox.schema_differences import LOOSER, unexplained, without_nulls
from tests.sandbox.wrong_blocks import WRONG

MUTATIONS = 400
BLOCKS = [
    *RIGHT,
    *RIGHT_IN_MODALS,
    text_input(),
    {"type": "header", "text": {"type": "plain_text", "text": "Header"}},
]
# Limits which only Slack's text or its Python types state, and those that are lower here.
STRICTER_LIMITS = {
    "CARD_ACTIONS",
    "VIDEO_TITLE",
    "TABLE_TEXT",
    "ICON_BUTTON_VIEWERS",
    "INPUT_LENGTH",
    "OPTIONS",
    "RICH_TEXT_INPUT_LINES",
    "BUTTON_TEXT",
    "ACCESSIBILITY_LABEL",
    "AGENT_PROMPT",
}
# What Slack's own Python types check of the limits that the schema knows too.
KNOWN_TO_SDK = {
    "BLOCK_ID",
    "SECTION_FIELDS",
    "ACTIONS_ELEMENTS",
    "CONTEXT_ELEMENTS",
    "HEADER_TEXT",
    "MARKDOWN_TEXT",
    "CAROUSEL_CARDS",
    "CONTAINER_BLOCKS",
}


@pytest.fixture(scope="module")
def reference() -> Draft7Validator:
    schema = read("block-kit/block-kit.enriched.schema.json")
    return Draft7Validator({**schema, "$ref": "#/definitions/KnownBlock"})


def verdicts(block: Json, reference: Draft7Validator) -> tuple[bool, list[Json]]:
    """Whether the schema takes a block, and what here speaks against it without a reason."""
    problems = list(loose_block_problems([block]))
    if reference.is_valid(without_nulls(block)):
        return True, unexplained(problems)
    return False, [] if problems else [block]


@pytest.mark.parametrize("block", BLOCKS)
def test_what_the_sandbox_takes_the_schema_takes(block: Json, reference: Draft7Validator) -> None:
    assert list(loose_block_problems([block])) == []
    assert list(reference.iter_errors(without_nulls(block))) == []


@pytest.mark.parametrize("name", WRONG)
def test_what_the_sandbox_refuses_the_schema_refuses_or_there_is_a_reason(
    name: str, reference: Draft7Validator
) -> None:
    _, doubtful = verdicts(WRONG[name][0], reference)

    assert doubtful == []


@pytest.mark.parametrize(
    "vector",
    [vector for vector in VECTORS if vector.limit not in STRICTER_LIMITS],
    ids=lambda vector: vector.name,
)
def test_both_draw_a_limit_at_the_same_place(vector: Vector, reference: Draft7Validator) -> None:
    assert reference.is_valid(vector.make(vector.most))
    assert not reference.is_valid(vector.make(vector.most + 1))


@pytest.mark.parametrize(
    "vector",
    [vector for vector in VECTORS if vector.limit in KNOWN_TO_SDK],
    ids=lambda vector: vector.name,
)
def test_slacks_python_types_draw_it_there_too(vector: Vector) -> None:
    taken, refused = vector.make(vector.most), vector.make(vector.most + 1)

    assert as_sdk(taken).to_dict()
    with pytest.raises(SlackObjectFormationError):
        as_sdk(refused).to_dict()


@pytest.mark.parametrize("name", LOOSER)
def test_what_slacks_text_allows_beyond_its_types_is_taken(
    name: str, reference: Draft7Validator
) -> None:
    assert list(loose_block_problems([LOOSER[name]])) == []
    assert not reference.is_valid(LOOSER[name])


def as_sdk(block: Json) -> Block:
    parsed = Block.parse(block)
    assert parsed
    return parsed


def places(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The path to everything inside a JSON value."""
    parts: Any = ()
    if isinstance(value, dict):
        parts = value.items()
    elif isinstance(value, list):
        parts = enumerate(value)
    for name, part in parts:
        yield (*path, name)
        yield from places(part, (*path, name))


STRANGE = st.sampled_from(
    ["", "x", "x" * 80, "x" * 4_001, 0, -1, 7, 1.5, 10**12, True, [], {}, [{}], "primary", "mrkdwn"]
)


@st.composite
def mutations(draw: st.DrawFn) -> Json:
    """A right block with one to three things changed, left out, repeated or added."""
    block: Json = copy.deepcopy(draw(st.sampled_from(BLOCKS)))
    for _ in range(draw(st.integers(1, 3))):
        found = list(places(block))
        if not found:
            break
        path: tuple[Any, ...] = draw(st.sampled_from(found))
        *above, last = path
        inside: Any = block
        for step in above:
            inside = inside[step]
        match draw(st.sampled_from(["change", "leave out", "repeat", "add"])):
            case "change":
                inside[last] = copy.deepcopy(draw(STRANGE))
            case "leave out":
                del inside[last]
            case "repeat" if isinstance(inside, list):
                inside.append(copy.deepcopy(inside[last]))
            case _ if isinstance(inside, dict):
                inside[draw(st.sampled_from(["url", "value", "text", "colour"]))] = draw(STRANGE)
    return block


@settings(
    max_examples=MUTATIONS,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(block=mutations())
def test_both_think_alike_of_blocks_that_were_spoiled(
    block: Json, reference: Draft7Validator
) -> None:
    _, doubtful = verdicts(block, reference)

    assert doubtful == []
