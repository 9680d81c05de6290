"""What Slack's own client refuses in a form before the app hears of it."""

import re
from collections.abc import Iterator

from sandbox.errors import Refusal
from sandbox.facts import limits
from sandbox.json_types import Json
from sandbox.model.view_state import is_empty
from sandbox.model.views import View

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def field_errors(view: View) -> dict[str, str]:
    """Per block id of an input what is wrong with it."""
    return dict(_errors(view))


def require_submittable(view: View) -> None:
    """A modal may keep its button shut until something is filled in."""
    states = (state for actions in view.values.values() for state in actions.values())
    if view.content.get("submit_disabled") and all(is_empty(state) for state in states):
        raise Refusal("submit_disabled", "This form cannot be sent before it is filled in.", 409)


def _errors(view: View) -> Iterator[tuple[str, str]]:
    for block in view.blocks:
        if block["type"] != "input":
            continue
        element = block["element"]
        state = view.values.get(block["block_id"], {}).get(element["action_id"], {})
        if is_empty(state):
            if not block.get("optional"):
                yield block["block_id"], "Please complete this required field."
            continue
        if problem := _value_problem(element, state):
            yield block["block_id"], problem


def _value_problem(element: Json, state: Json) -> str:
    value = str(state.get("value") or "")
    match element["type"]:
        case "file_input":
            return _files_problem(element, state["files"])
        case "plain_text_input":
            return _length_problem(element, value)
        case "email_text_input" if not EMAIL.fullmatch(value):
            return "Please enter a valid email address."
        case "url_text_input" if not re.match(r"https?://\S+$", value):
            return "Please enter a valid URL."
        case "number_input":
            return _number_problem(element, value)
    return ""


def _files_problem(element: Json, files: list[Json]) -> str:
    most = element.get("max_files", limits.FILE_INPUT_FILES)
    return f"Please choose at most {most} files." if len(files) > most else ""


def _length_problem(element: Json, value: str) -> str:
    if len(value) > element.get("max_length", 3_000):
        return f"Please enter at most {element.get('max_length', 3_000)} characters."
    if len(value) < element.get("min_length", 0):
        return f"Please enter at least {element['min_length']} characters."
    return ""


def _number_problem(element: Json, value: str) -> str:
    if not re.fullmatch(r"-?\d+(\.\d+)?", value):
        return "Please enter a number."
    if "." in value and not element["is_decimal_allowed"]:
        return "Please enter a whole number."
    if "min_value" in element and float(value) < float(element["min_value"]):
        return f"Please enter a number not less than {element['min_value']}."
    if "max_value" in element and float(value) > float(element["max_value"]):
        return f"Please enter a number not greater than {element['max_value']}."
    return ""
