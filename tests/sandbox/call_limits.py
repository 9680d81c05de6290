"""Calls that grow up to the limits of whole messages and views, and the error beyond each."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sandbox.json_types import Json
from tests.sandbox.asking import plain
from tests.sandbox.block_makers import markdown, section


@dataclass(frozen=True, slots=True, kw_only=True)
class CallLimit:
    """`arguments(n)` is a call of that size; channel, user and ts are filled in where they go."""

    most: int
    method: str
    arguments: Callable[[int], Json]
    error: str


def _sections(length: int) -> list[Json]:
    """Sections with so many characters in all."""
    full, rest = divmod(length, 3_000)
    sizes = [3_000] * full + [rest] * bool(rest)
    return [section(text=plain("x" * size)) for size in sizes]


def _posted(**parts: object) -> Json:
    return {"text": "A message", **parts}


def _metadata(size: int) -> Json:
    """Metadata of so many bytes of JSON."""
    bare = {"event_type": "e", "event_payload": {"x": ""}}
    padding = "x" * (size - len(json.dumps(bare)))
    return {"event_type": "e", "event_payload": {"x": padding}}


def _home(size: int) -> Json:
    """A view of so many bytes of JSON."""
    blocks = [section(text=plain("x" * 2_400)) for _ in range(100)]
    view: Json = {"type": "home", "blocks": blocks}
    missing = size - len(json.dumps(view))
    for block in blocks:
        added = min(missing, 600)
        block["text"]["text"] += "x" * added
        missing -= added
    return view


def _buttons(count: int) -> list[Json]:
    return [{"type": "button", "text": "Go", "name": "go"}] * count


POST, UPDATE, PUBLISH, VALIDATE = (
    "chat.postMessage",
    "chat.update",
    "views.publish",
    "blocks.validate",
)
CALL_LIMITS: Mapping[str, CallLimit] = {
    "CUMULATIVE_BLOCK_TEXT": CallLimit(
        most=10_000,
        method=POST,
        arguments=lambda n: _posted(blocks=_sections(n)),
        error="msg_blocks_too_long",
    ),
    "CUMULATIVE_TEXT_WITH_MARKDOWN": CallLimit(
        most=12_000,
        method=POST,
        arguments=lambda n: _posted(blocks=[markdown(6_000), *_sections(n - 6_000)]),
        error="msg_blocks_too_long",
    ),
    "MARKDOWN_TEXT": CallLimit(
        most=12_000,
        method=POST,
        arguments=lambda n: {"markdown_text": "x" * n},
        error="msg_blocks_too_long",
    ),
    "ATTACHMENTS": CallLimit(
        most=100,
        method=POST,
        arguments=lambda n: _posted(attachments=[{"text": "x"}] * n),
        error="too_many_attachments",
    ),
    "ATTACHMENT_ACTIONS": CallLimit(
        most=5,
        method=POST,
        arguments=lambda n: _posted(attachments=[{"text": "x", "actions": _buttons(n)}]),
        error="invalid_arguments",
    ),
    "METADATA_BYTES": CallLimit(
        most=8_000,
        method=POST,
        arguments=lambda n: _posted(metadata=_metadata(n)),
        error="metadata_too_large",
    ),
    "UPDATE_TEXT": CallLimit(
        most=4_000,
        method=UPDATE,
        arguments=lambda n: {"text": "x" * n},
        error="msg_too_long",
    ),
    "VIEW_BYTES": CallLimit(
        most=250_000,
        method=PUBLISH,
        arguments=lambda n: {"view": _home(n)},
        error="view_too_large",
    ),
    "VALIDATED_PAYLOAD": CallLimit(
        most=100_000,
        method=VALIDATE,
        arguments=lambda n: {"blocks": '[{"type": "divider"}]'.rjust(n)},
        error="invalid_blocks",
    ),
    "TEXT_TRUNCATED_AT": CallLimit(
        most=40_000,
        method=VALIDATE,
        arguments=lambda n: {"message": {"text": "x" * n}},
        error="invalid_message",
    ),
}
