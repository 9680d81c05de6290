"""The `state.values` of views and messages: what every input holds."""

from collections.abc import Mapping
from typing import Any

from sandbox.json_types import Json
from sandbox.validation.walk import elements_of, nested_blocks

# Per kind of element: the key of its value in the state, and the keys it starts from.
VALUE_KEYS: Mapping[str, tuple[str, str]] = {
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "file_input": ("files", ""),
}

LISTS = frozenset(key for key, _ in VALUE_KEYS.values() if key.endswith("s"))


def value_key(element: Json) -> str:
    """Under which key an element's value stands in the state; nothing for buttons."""
    return VALUE_KEYS.get(str(element.get("type")), ("", ""))[0]


def initial_values(blocks: list[Json]) -> Json:
    values: Json = {}
    for _, block in nested_blocks(blocks):
        for _, element in elements_of(block):
            if element.get("type") in VALUE_KEYS:
                values.setdefault(block["block_id"], {})[element["action_id"]] = _start(element)
    return values


def _start(element: Json) -> Json:
    key, initial = VALUE_KEYS[element["type"]]
    given: Any = element.get(initial)
    empty: Any = [] if key in LISTS else None
    return {"type": element["type"], key: empty if given is None else given}


def kept_values(blocks: list[Json], values: Json) -> Json:
    """Initial values, with what was typed where block, action and kind are still there."""
    kept = initial_values(blocks)
    for block, actions in kept.items():
        for action, start in actions.items():
            typed = values.get(block, {}).get(action)
            if typed and typed.get("type", start["type"]) == start["type"]:
                actions[action] = {**start, **typed}
    return kept


def is_empty(state: Json) -> bool:
    return all(value in (None, "", []) for key, value in state.items() if key != "type")
