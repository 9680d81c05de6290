"""Views: modals and the App Home."""

import json
from collections.abc import Iterator
from typing import Any

from sandbox.facts import limits
from sandbox.json_types import Json
from sandbox.validation.blocks import view_block_problems
from sandbox.validation.objects import plain_text
from sandbox.validation.rules import Problem, by_type, flag, missing, record, string
from sandbox.validation.walk import nested_blocks


def _any_blocks(_value: Any, _pointer: str) -> Iterator[Problem]:
    """Blocks are looked at apart, with their code rules."""
    yield from ()


COMMON = {
    "private_metadata": string(limits.PRIVATE_METADATA),
    "callback_id": string(limits.CALLBACK_ID),
    "external_id": string(limits.EXTERNAL_ID),
}
VIEW = by_type(
    {
        "modal": record(
            {"title": plain_text(limits.MODAL_TITLE), "blocks": _any_blocks},
            {
                **COMMON,
                "submit": plain_text(limits.MODAL_BUTTON),
                "close": plain_text(limits.MODAL_BUTTON),
                "clear_on_close": flag,
                "notify_on_close": flag,
                "submit_disabled": flag,
            },
        ),
        "home": record({"blocks": _any_blocks}, COMMON),
    }
)


def view_problems(view: Any, kind: str, pointer: str = "/view") -> Iterator[Problem]:
    """What Slack would refuse in a view meant as a `modal` or as a `home`."""
    yield from VIEW(view, pointer)
    if not isinstance(view, dict):
        return
    if view.get("type") in ("modal", "home") and view["type"] != kind:
        yield Problem(
            message=f"a view of type {kind} is expected here",
            pointer=f"{pointer}/type",
            type="enum",
            expected=[kind],
            got=view["type"],
        )
    if view.get("blocks") is not None:
        yield from view_block_problems(view["blocks"], kind, f"{pointer}/blocks")
    if kind == "modal" and _asks_something(view) and not view.get("submit"):
        yield missing("submit", pointer)


def _asks_something(view: Json) -> bool:
    return any(block.get("type") == "input" for _, block in nested_blocks(view.get("blocks")))


def is_too_large(view: Any) -> bool:
    """Asked of views without other problems, whose depth is known."""
    return len(json.dumps(view, ensure_ascii=False).encode()) > limits.VIEW_BYTES
