"""Block Kit's rules: right blocks are taken, wrong ones refused with a pointer to what is wrong."""

import pytest

from sandbox.facts.surfaces import BLOCK_SURFACES
from sandbox.json_types import Json
from sandbox.validation.blocks import BLOCKS, message_problems
from sandbox.validation.views import view_problems
from tests.sandbox.asking import modal, plain, text_input
from tests.sandbox.block_makers import (
    actions,
    card,
    container,
    entry,
    markdown,
    numbered,
    section,
    table,
)
from tests.sandbox.right_blocks import RIGHT, RIGHT_IN_MODALS
from tests.sandbox.wrong_blocks import WRONG


def problems(block: Json) -> list[str]:
    return [problem.message for problem in message_problems([block])]


def pointers(blocks: list[Json]) -> list[str]:
    return [problem.pointer for problem in message_problems(blocks)]


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_block_is_refused_where_it_is_wrong(name: str) -> None:
    block, pointer = WRONG[name]

    assert set(pointers([block])) == {pointer}


@pytest.mark.parametrize("block", RIGHT)
def test_a_right_block_is_taken(block: Json) -> None:
    assert problems(block) == []


@pytest.mark.parametrize("block", RIGHT_IN_MODALS)
def test_a_right_block_of_modals_is_taken_in_modals_alone(block: Json) -> None:
    assert list(view_problems(modal(block), "modal")) == []
    assert problems(block) != []
    assert list(view_problems({"type": "home", "blocks": [block]}, "home")) != []


def test_every_type_of_block_has_a_place_and_a_rule() -> None:
    tried = {block["type"] for block in [*RIGHT, *RIGHT_IN_MODALS]}

    assert set(BLOCKS) == set(BLOCK_SURFACES)
    assert {kind for kind, places in BLOCK_SURFACES.items() if places} <= tried | {
        "divider",
        "header",
        "input",
    }


@pytest.mark.parametrize("kind", sorted(BLOCK_SURFACES))
def test_a_block_stands_only_where_slack_puts_it(kind: str) -> None:
    bare: Json = {"type": kind}
    refused = f"unsupported type: {kind}"

    for surface in ("modal", "home"):
        view = {"type": surface, "title": plain("T"), "submit": plain("S"), "blocks": [bare]}
        found = [problem.message for problem in view_problems(view, surface)]
        assert (refused not in found) == (surface in BLOCK_SURFACES[kind])
    assert (refused not in problems(bare)) == ("message" in BLOCK_SURFACES[kind])


def test_block_ids_are_unique_in_a_message() -> None:
    twice = [{"type": "divider", "block_id": "same"}] * 2

    assert pointers(twice) == ["/blocks/1/block_id"]


def test_an_action_id_may_be_used_again_in_another_block() -> None:
    assert pointers([actions(*numbered(2)), actions(*numbered(2)), card(actions=numbered(2))]) == []


def test_only_one_element_takes_the_focus() -> None:
    focused = {"type": "plain_text_input", "action_id": "x", "focus_on_load": True}
    view = modal(text_input("a", element=focused), text_input("b", element=focused))

    found = [problem.pointer for problem in view_problems(view, "modal")]

    assert found == ["/view/blocks/1/element/focus_on_load"]


def test_the_focus_is_counted_inside_containers_too() -> None:
    focused = entry("plain_text_input", focus_on_load=True)

    found = pointers([focused, container(child_blocks=[focused])])

    assert found == ["/blocks/1/child_blocks/0/element/focus_on_load"]


def test_a_message_has_one_table() -> None:
    assert pointers([table(), table()]) == ["/blocks/1"]
    assert [problem.message for problem in message_problems([table(), table()])] == [
        "only_one_table_allowed"
    ]


def test_markdown_blocks_share_their_limit() -> None:
    assert pointers([markdown(6_000), markdown(6_000)]) == []
    assert pointers([markdown(6_000), markdown(6_001)]) == ["/blocks"]


def test_a_modal_with_an_input_needs_a_submit_button() -> None:
    view = modal(text_input())
    del view["submit"]

    assert [problem.to_line() for problem in view_problems(view, "modal")] == [
        "[ERROR] missing required field: submit [json-pointer:/view]"
    ]


def test_a_problem_has_the_shape_of_slacks_own_checker() -> None:
    (problem,) = message_problems([section(text={"type": "invalid", "text": "x"})], "")

    assert problem.to_json() == {
        "code": "failed_constraint",
        "message": "unsupported type: invalid",
        "pointer": "/0/text/type",
        "constraint": {"type": "enum", "expected": ["mrkdwn", "plain_text"], "got": "invalid"},
    }
