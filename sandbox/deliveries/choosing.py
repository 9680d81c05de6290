"""What a person may do with an element: press it, choose from it, type into it."""

from typing import Any

from sandbox.deliveries.chosen_checks import check_chosen
from sandbox.errors import Refusal
from sandbox.json_types import Json
from sandbox.model.view_state import value_key
from sandbox.model.workspace import Workspace
from sandbox.validation.walk import elements_of, nested_blocks

# They do something in Slack itself, and the app hears nothing.
SILENT = ("workflow_button", "image")
# Files are looked up by whoever keeps what a form holds.
UNCHECKED = ("file_input",)


def find_element(blocks: list[Json], block_id: str, action_id: str) -> tuple[Json, Json]:
    """The element on screen with these ids; a block id may be left out if the action is enough."""
    for _, block in nested_blocks(blocks):
        if block_id and block.get("block_id") != block_id:
            continue
        for _, element in elements_of(block):
            if element.get("action_id") == action_id:
                return block, element
    raise Refusal("not_found", f"There is no {action_id} to use here.", 404)


def require_dispatch(block: Json, element: Json) -> None:
    """Fields of a form tell the app nothing before it is submitted, unless they are told to."""
    if element["type"] in SILENT or (block["type"] == "input" and not block["dispatch_action"]):
        raise Refusal("not_dispatched", f"Using {element['action_id']} tells the app nothing.", 409)


def chosen_state(workspace: Workspace, element: Json, given: Json) -> Json:
    """The element's new state, from a full state or from a mere `value`."""
    kind = str(element["type"])
    if kind == "feedback_buttons":
        return _feedback(element, given.get("value"))
    key = "selected_option" if kind == "overflow" else value_key(element)
    if not key:
        return {}
    chosen = given[key] if key in given else given.get("value")
    if key == "selected_option":
        chosen = None if chosen is None else _option(element, chosen)
    elif key == "selected_options" and isinstance(chosen, list):
        chosen = [_option(element, one) for one in chosen]
    check_chosen(workspace, element, key, chosen)
    if key == "rich_text_value" and isinstance(chosen, dict):
        chosen = {"block_id": workspace.ids.hex(5), **chosen}
    return {"type": kind, key: chosen}


def chosen_values(workspace: Workspace, blocks: list[Json], held: Json, given: Json) -> Json:
    """What a person has filled in; `Refusal` where they could not have.

    States that are as they were are let alone: an app may start from what nobody could choose.
    """
    values: Json = {block: dict(actions) for block, actions in given.items()}
    for _, block in nested_blocks(blocks):
        actions = values.get(str(block.get("block_id")), {})
        for _, element in elements_of(block):
            action = element.get("action_id")
            state = actions.get(action)
            if state is None or element["type"] in UNCHECKED:
                continue
            if state.get("type", element["type"]) == element["type"] and state != held.get(
                block["block_id"], {}
            ).get(action):
                actions[action] = {**state, **chosen_state(workspace, element, state)}
    return values


def _feedback(element: Json, value: Any) -> Json:
    for name in ("positive_button", "negative_button"):
        if element[name]["value"] == value:
            return dict(element[name])
    raise Refusal("not_found", f"There is no feedback {value} to give.", 404)


def _option(element: Json, chosen: Any) -> Json:
    """The option meant by its value, or by itself; external ones are taken as given."""
    wanted = chosen.get("value") if isinstance(chosen, dict) else chosen
    for option in offered(element):
        if option.get("value") == wanted:
            return option
    if element["type"].endswith("external_select") and isinstance(chosen, dict):
        return chosen
    raise Refusal("not_found", f"There is no option {wanted} to choose.", 404)


def offered(element: Json) -> list[Json]:
    groups = [group["options"] for group in element.get("option_groups", ())]
    return [*element.get("options", ()), *(option for group in groups for option in group)]
