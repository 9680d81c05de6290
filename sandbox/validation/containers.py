"""The container: a titled group of other blocks, which may be folded away."""

from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.facts import limits
from sandbox.validation.objects import ANY_IMAGE, BLOCK_ID, any_text, plain_text
from sandbox.validation.rich_text import RICH_TEXT
from sandbox.validation.rules import (
    Problem,
    Rule,
    array,
    at_least_one_of,
    by_type,
    every,
    flag,
    literal,
    record,
)


def _folding(container: Any, pointer: str) -> Iterator[Problem]:
    """What folds has no line below its head, and only what folds starts folded."""
    folds = container.get("is_collapsible") is True
    if container.get("default_collapsed") is True and not folds:
        yield _clash("default_collapsed", "requires `is_collapsible`", pointer)
    if container.get("has_header_divider") is True and folds:
        yield _clash("has_header_divider", "cannot be used with `is_collapsible`", pointer)


def _clash(name: str, words: str, pointer: str) -> Problem:
    return Problem(
        message=f"`{name}` {words}",
        pointer=f"{pointer}/{name}",
        type="conflict",
        expected=False,
        got=True,
    )


def container(children: Mapping[str, Rule]) -> Rule:
    return every(
        at_least_one_of("title", "rich_text_title"),
        record(
            {"child_blocks": array(by_type(children), limits.CONTAINER_BLOCKS)},
            {
                "block_id": BLOCK_ID,
                "title": plain_text(limits.CONTAINER_TITLE),
                "rich_text_title": RICH_TEXT,
                "subtitle": any_text(limits.CONTAINER_SUBTITLE),
                "icon": ANY_IMAGE,
                "width": literal("narrow", "standard", "wide", "full"),
                "is_collapsible": flag,
                "default_collapsed": flag,
                "has_header_divider": flag,
            },
        ),
        _folding,
    )
