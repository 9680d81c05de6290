"""Block Kit's limits: what just fits is taken, one more is refused with a pointer."""

import pytest

from sandbox.json_types import Json
from sandbox.validation.blocks import message_problems
from sandbox.validation.views import view_problems
from tests.sandbox.asking import modal, text_input
from tests.sandbox.block_vectors import LIMITS, RIGHT, VIEW_LIMITS, WRONG, section


def problems(block: Json) -> list[str]:
    return [problem.message for problem in message_problems([block])]


@pytest.mark.parametrize("name", LIMITS)
def test_what_just_fits_is_taken_and_one_more_is_refused(name: str) -> None:
    most, make = LIMITS[name]

    assert problems(make(most - 1)) == []
    assert problems(make(most)) == []
    assert len(problems(make(most + 1))) == 1


@pytest.mark.parametrize("name", VIEW_LIMITS)
def test_what_just_fits_a_view_is_taken_and_one_more_is_refused(name: str) -> None:
    most, make = VIEW_LIMITS[name]

    assert list(view_problems(make(most), "modal")) == []
    assert len(list(view_problems(make(most + 1), "modal"))) == 1


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_block_is_refused_where_it_is_wrong(name: str) -> None:
    block, pointer = WRONG[name]

    assert [problem.pointer for problem in message_problems([block])] == [pointer]


def test_block_ids_are_unique_in_a_message() -> None:
    twice = [{"type": "divider", "block_id": "same"}] * 2

    assert [problem.pointer for problem in message_problems(twice)] == ["/blocks/1/block_id"]


def test_only_one_element_takes_the_focus() -> None:
    focused = {"type": "plain_text_input", "action_id": "x", "focus_on_load": True}
    view = modal(text_input("a", element=focused), text_input("b", element=focused))

    found = [problem.pointer for problem in view_problems(view, "modal")]

    assert found == ["/view/blocks/1/element/focus_on_load"]


@pytest.mark.parametrize("block", RIGHT)
def test_a_right_block_is_taken(block: Json) -> None:
    assert problems(block) == []


def test_a_problem_has_the_shape_of_slacks_own_checker() -> None:
    (problem,) = message_problems([section(text={"type": "invalid", "text": "x"})], "")

    assert problem.to_json() == {
        "code": "failed_constraint",
        "message": "unsupported type: invalid",
        "pointer": "/0/text/type",
        "constraint": {"type": "enum", "expected": ["mrkdwn", "plain_text"], "got": "invalid"},
    }
