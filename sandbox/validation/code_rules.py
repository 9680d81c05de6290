"""The rules about blocks that a table cannot say: uniqueness, focus, initial choices."""

from collections.abc import Iterator
from typing import Any

from sandbox.json_types import Json
from sandbox.validation.rules import Problem
from sandbox.validation.walk import blocks_of, elements_of


def code_rules(blocks: Any, pointer: str) -> Iterator[Problem]:
    yield from _unique_block_ids(blocks, pointer)
    yield from _one_focus(blocks, pointer)
    for index, block in blocks_of(blocks):
        yield from _unique_action_ids(block, f"{pointer}/{index}")
        for path, element in elements_of(block):
            yield from _initial_choices(element, f"{pointer}/{index}{path}")
            yield from _lengths_in_order(element, f"{pointer}/{index}{path}")


def _unique_block_ids(blocks: Any, pointer: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, block in blocks_of(blocks):
        name = block.get("block_id")
        if not isinstance(name, str):
            continue
        if name in seen:
            yield _repeated("block_id", name, f"{pointer}/{index}/block_id")
        seen.add(name)


def _unique_action_ids(block: Json, pointer: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for path, element in elements_of(block):
        name = element.get("action_id")
        if not isinstance(name, str):
            continue
        if name in seen:
            yield _repeated("action_id", name, f"{pointer}{path}/action_id")
        seen.add(name)


def _repeated(what: str, name: str, pointer: str) -> Problem:
    return Problem(
        message=f'`{what}` "{name}" already exists', pointer=pointer, type="unique", got=name
    )


def _one_focus(blocks: Any, pointer: str) -> Iterator[Problem]:
    focused = [
        f"{pointer}/{index}{path}/focus_on_load"
        for index, block in blocks_of(blocks)
        for path, element in elements_of(block)
        if element.get("focus_on_load") is True
    ]
    for where in focused[1:]:
        yield Problem(
            message="only one element may have `focus_on_load`",
            pointer=where,
            type="unique",
            expected=1,
            got=len(focused),
        )


def _initial_choices(element: Json, pointer: str) -> Iterator[Problem]:
    if "options" not in element and "option_groups" not in element:
        return
    offered = list(_offered(element))
    chosen: list[tuple[str, Any]] = []
    if "initial_option" in element:
        chosen.append(("initial_option", element["initial_option"]))
    if isinstance(element.get("initial_options"), list):
        for index, option in enumerate(element["initial_options"]):
            chosen.append((f"initial_options/{index}", option))
    for path, option in chosen:
        if option not in offered:
            yield Problem(
                message="the initial choice is not among the options",
                pointer=f"{pointer}/{path}",
                type="enum",
                got=option,
            )


def _offered(element: Json) -> Iterator[Any]:
    if isinstance(element.get("options"), list):
        yield from element["options"]
    if isinstance(element.get("option_groups"), list):
        for group in element["option_groups"]:
            if isinstance(group, dict) and isinstance(group.get("options"), list):
                yield from group["options"]


def _lengths_in_order(element: Json, pointer: str) -> Iterator[Problem]:
    least, most = element.get("min_length"), element.get("max_length")
    if isinstance(least, int) and isinstance(most, int) and least > most:
        yield Problem(
            message="`min_length` must not be greater than `max_length`",
            pointer=f"{pointer}/min_length",
            type="range",
            expected=most,
            got=least,
        )
