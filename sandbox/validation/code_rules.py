"""The rules about blocks that a table cannot say: uniqueness, focus, initial choices, sums."""

from collections.abc import Iterator
from typing import Any

from sandbox.facts import limits
from sandbox.facts.surfaces import FILE_INPUT_SURFACES
from sandbox.json_types import Json
from sandbox.validation.rules import Problem, too_long
from sandbox.validation.walk import elements_of, markdown_text, nested_blocks


def code_rules(blocks: Any, pointer: str, surface: str) -> Iterator[Problem]:
    """`surface` is where the blocks will stand: a message, a modal, the home; or nobody knows."""
    known = list(nested_blocks(blocks, pointer))
    yield from _unique_block_ids(known)
    yield from _one_focus(known)
    yield from _one_table(known)
    yield from _markdown_in_bounds(blocks, pointer)
    for where, block in known:
        yield from _unique_action_ids(block, where)
        for path, element in elements_of(block):
            yield from _initial_choices(element, f"{where}{path}")
            yield from _lengths_in_order(element, f"{where}{path}")
            yield from _files_in_place(element, f"{where}{path}", surface)


def _unique_block_ids(known: list[tuple[str, Json]]) -> Iterator[Problem]:
    seen: set[str] = set()
    for where, block in known:
        name = block.get("block_id")
        if not isinstance(name, str) or not name:
            continue
        if name in seen:
            yield _repeated("block_id", name, f"{where}/block_id")
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


def _one_focus(known: list[tuple[str, Json]]) -> Iterator[Problem]:
    focused = [
        f"{where}{path}/focus_on_load"
        for where, block in known
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


def _one_table(known: list[tuple[str, Json]]) -> Iterator[Problem]:
    tables = [where for where, block in known if block.get("type") == "table"]
    for where in tables[limits.TABLES_PER_MESSAGE :]:
        yield Problem(
            message="only_one_table_allowed",
            pointer=where,
            type="max_items",
            expected=limits.TABLES_PER_MESSAGE,
            got=len(tables),
        )


def _markdown_in_bounds(blocks: Any, pointer: str) -> Iterator[Problem]:
    """A single block that is too long has its own problem."""
    texts = [length for _, block in nested_blocks(blocks) if (length := markdown_text([block]))]
    if len(texts) > 1 and sum(texts) > limits.MARKDOWN_TEXT:
        yield too_long(limits.MARKDOWN_TEXT, sum(texts), pointer)


def _files_in_place(element: Json, pointer: str, surface: str) -> Iterator[Problem]:
    if element.get("type") == "file_input" and surface and surface not in FILE_INPUT_SURFACES:
        yield Problem(
            message="unsupported type: file_input",
            pointer=f"{pointer}/type",
            type="enum",
            expected=sorted(FILE_INPUT_SURFACES),
            got=surface,
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
    for low, high in (("min_length", "max_length"), ("min_lines", "max_lines")):
        least, most = element.get(low), element.get(high)
        if isinstance(least, int) and isinstance(most, int) and least > most:
            yield _out_of_order(low, high, element, pointer)
    least, most = _decimal(element.get("min_value")), _decimal(element.get("max_value"))
    if least is not None and most is not None and least > most:
        yield _out_of_order("min_value", "max_value", element, pointer)


def _decimal(written: Any) -> float | None:
    try:
        return float(written) if isinstance(written, str) else None
    except ValueError:
        return None


def _out_of_order(low: str, high: str, element: Json, pointer: str) -> Problem:
    return Problem(
        message=f"`{low}` must not be greater than `{high}`",
        pointer=f"{pointer}/{low}",
        type="range",
        expected=element[high],
        got=element[low],
    )
