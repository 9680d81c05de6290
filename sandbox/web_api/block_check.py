"""blocks.validate: Slack's own opinion about blocks, a message or a view."""

import json
from collections.abc import Iterator
from typing import Any

from sandbox.errors import SlackError
from sandbox.facts import limits
from sandbox.json_types import Json
from sandbox.validation.attachments import whole_message_problems
from sandbox.validation.blocks import loose_block_problems
from sandbox.validation.rules import Problem, too_long
from sandbox.validation.views import is_too_large, view_problems
from sandbox.web_api.call import Call


def validate(call: Call) -> Json:
    given = [name for name in ("blocks", "view", "message") if call.has(name)]
    if len(given) != 1:
        raise call.invalid("must provide exactly one of `blocks`, `view`, or `message`")
    name = given[0]
    value = call.json(name, "invalid_arguments")
    length = len(_written(call.args[name]))
    if length > limits.VALIDATED_PAYLOAD:
        problems = [too_long(limits.VALIDATED_PAYLOAD, length, "")]
    else:
        problems = list(_problems(name, value))
    if problems:
        errors = [problem.to_json() for problem in problems]
        raise SlackError(f"invalid_{name}", errors=errors)
    return {}


def _written(value: Any) -> str:
    """What was sent, or for a JSON body what it would be as a text."""
    try:
        return value if isinstance(value, str) else json.dumps(value)
    except RecursionError as problem:
        raise SlackError("invalid_arguments") from problem


def _problems(name: str, value: Any) -> Iterator[Problem]:
    if name == "blocks":
        yield from loose_block_problems(value)
    elif name == "message":
        yield from whole_message_problems(value)
    else:
        yield from _view_problems(value)


def _view_problems(view: Any) -> Iterator[Problem]:
    kind = "home" if isinstance(view, dict) and view.get("type") == "home" else "modal"
    problems = list(view_problems(view, kind, ""))
    yield from problems
    if not problems and is_too_large(view):
        yield Problem(
            message="view_too_large",
            pointer="",
            type="max_length",
            expected=limits.VIEW_BYTES,
        )
