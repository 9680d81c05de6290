"""blocks.validate: Slack's own opinion about blocks, a message or a view."""

import json
from typing import Any

from sandbox.errors import SlackError
from sandbox.facts import limits
from sandbox.json_types import Json
from sandbox.validation.blocks import message_problems
from sandbox.validation.rules import Problem
from sandbox.validation.views import view_problems
from sandbox.web_api.call import Call
from sandbox.web_api.content import invalid_blocks


def validate(call: Call) -> Json:
    given = [name for name in ("blocks", "view", "message") if call.has(name)]
    if len(given) != 1:
        raise call.invalid("must provide exactly one of `blocks`, `view`, or `message`")
    name = given[0]
    value = call.json(name, f"invalid_{name}")
    if len(json.dumps(value)) > limits.VALIDATED_PAYLOAD:
        raise call.invalid(f"{name} is too large")
    problems = _problems(name, value)
    if problems:
        raise invalid_blocks(problems, f"invalid_{name}")
    return {}


def _problems(name: str, value: Any) -> list[Problem]:
    if name == "blocks":
        return list(message_problems(value, ""))
    if not isinstance(value, dict):
        raise SlackError(f"invalid_{name}")
    if name == "view":
        kind = "home" if value.get("type") == "home" else "modal"
        return list(view_problems(value, kind, ""))
    return list(message_problems(value.get("blocks", []), "/blocks"))
