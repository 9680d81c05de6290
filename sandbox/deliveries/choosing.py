"""What a person may do with an element: press it, choose from it, type into it."""

from typing import Any

from sandbox.errors import Refusal
from sandbox.json_types import Json
from sandbox.model.view_state import value_key
from sandbox.validation.walk import elements_of


def find_element(blocks: list[Json], block_id: str, action_id: str) -> tuple[Json, Json]:
    """The element on screen with these ids; a block id may be left out if the action is enough."""
    for block in blocks:
        if block_id and block["block_id"] != block_id:
            continue
        for _, element in elements_of(block):
            if element.get("action_id") == action_id:
                return block, element
    raise Refusal("not_found", f"There is no {action_id} to use here.", 404)


def chosen_state(element: Json, given: Json) -> Json:
    """The element's new state, from a full state or from a mere `value`."""
    kind = str(element["type"])
    key = "selected_option" if kind == "overflow" else value_key(element)
    if not key:
        return {}
    chosen = given[key] if key in given else given.get("value")
    if key == "selected_option":
        chosen = None if chosen is None else _option(element, chosen)
    elif key == "selected_options":
        chosen = [_option(element, one) for one in chosen or ()]
    return {"type": kind, key: chosen}


def _option(element: Json, chosen: Any) -> Json:
    """The option meant by its value, or by itself; external ones are taken as given."""
    wanted = chosen.get("value") if isinstance(chosen, dict) else chosen
    for option in offered(element):
        if option["value"] == wanted:
            return option
    if element["type"].endswith("external_select") and isinstance(chosen, dict):
        return chosen
    raise Refusal("not_found", f"There is no option {wanted} to choose.", 404)


def offered(element: Json) -> list[Json]:
    groups = [group["options"] for group in element.get("option_groups", ())]
    return [*element.get("options", ()), *(option for group in groups for option in group)]
