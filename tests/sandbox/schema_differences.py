"""Where the sandbox differs from the reference schema of Block Kit, each with its reason."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.json_types import Json
from sandbox.validation.rules import Problem
from tests.sandbox.block_makers import actions, button


@dataclass(frozen=True, slots=True, kw_only=True)
class Stricter:
    """A kind of problem which the schema does not see."""

    constraint: str
    pointer: str
    reason: str

    def explains(self, problem: Problem) -> bool:
        return problem.type == self.constraint and bool(re.search(self.pointer, problem.pointer))


def _stricter(constraint: str, pointer: str, reason: str) -> Stricter:
    return Stricter(constraint=constraint, pointer=pointer, reason=reason)


STRICTER: list[Stricter] = [
    _stricter("unique", "", "The schema cannot say that ids differ."),
    _stricter("conflict", "", "The schema does not know which flags exclude each other."),
    _stricter("length", "/rows/", "Rows of a data table are equally long: Slack's text."),
    _stricter("range", "", "Numbers have the bounds of Slack's text; dates have ten digits."),
    _stricter("pattern", "", "Addresses, dates, times and numbers are looked at more closely."),
    _stricter("min_length", "", "Nothing is named with no characters."),
    _stricter("min_items", "", "A list that holds nothing is left out."),
    _stricter("max_length", "", "Every text has a limit here, if only the one of its like."),
    _stricter("max_items", "", "Every list has a limit here, if only the one of its like."),
    _stricter(
        "one_of",
        "^/0(/child_blocks/\\d+|/elements/\\d+)?$",
        "An empty card or container shows nothing.",
    ),
    _stricter("one_of", "/slack_file$", "A file is named by its id or by its address."),
    _stricter("enum", "/icon$", "Slack's text knows one icon."),
    _stricter("enum", "/source$", "Slack's text knows one source of files."),
    _stricter("enum", "^/0/type$", "An app cannot send a file block."),
    _stricter("enum", "/initial_options?(/\\d+)?$", "The first choice is one of the options."),
    _stricter("enum", "/rows/0/\\d+/type$", "The head of a data table is plain: Slack's text."),
    _stricter("enum", "/tasks/\\d+", "A plan holds tasks; the types allow any object."),
    _stricter("type", "/tasks/\\d+", "A plan holds tasks; the types allow any object."),
    _stricter("required", "/tasks/\\d+", "A plan holds tasks; the types allow any object."),
    _stricter("additional_property", "/tasks/\\d+", "A plan holds tasks, not any object."),
    _stricter("required", "/options/\\d+$|/initial_options?", "Slack's text wants a value."),
    _stricter("additional_property", "/options/\\d+$|/initial_options?", "Only menus take a url."),
    _stricter(
        "type",
        "_lines$|_items$|_length$|initial_date_time$|timestamp$|page_size$|indent$|border$|index$"
        "|max_files$",
        "What counts is a whole number.",
    ),
]


def _rich(part: Json) -> Json:
    return {"type": "rich_text", "elements": [part]}


TEXT = {"type": "text", "text": "x"}
HIGHLIGHTED = {"type": "user", "user_id": "U1", "style": {"highlight": True}}
LINE = {"type": "rich_text_section", "elements": [TEXT]}
# Fields which the schema leaves out: one of Slack's Python types, the others by hearsay.
LOOSER: Mapping[str, Json] = {
    "agent_prompt": actions(button(agent_prompt="Summarise it")),
    "offset": _rich(
        {"type": "rich_text_list", "style": "ordered", "offset": 3, "elements": [LINE]}
    ),
    "language": _rich({"type": "rich_text_preformatted", "language": "python", "elements": [TEXT]}),
    "highlight": _rich({"type": "rich_text_section", "elements": [HIGHLIGHTED]}),
}


def without_nulls(value: Any) -> Any:
    """Null is read as absent, for Slack's own answers hold nulls that apps send back."""
    if isinstance(value, dict):
        return {name: without_nulls(part) for name, part in value.items() if part is not None}
    if isinstance(value, list):
        return [without_nulls(part) for part in value]
    return value


def unexplained(problems: list[Problem]) -> list[Json]:
    """Problems that no difference accounts for."""
    return [
        problem.to_json()
        for problem in problems
        if not any(difference.explains(problem) for difference in STRICTER)
    ]
