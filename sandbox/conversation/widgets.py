"""The state of menus, pickers, boxes and fields, from the words a person sees on them."""

from typing import Any

from sandbox.conversation.control import ControlClient
from sandbox.deliveries.choosing import offered
from sandbox.json_types import Json
from sandbox.model.view_state import value_key


async def state_of(control: ControlClient, element: Json, value: Any) -> Json:
    """What an element holds: options by their words, people and channels by their names."""
    kind, key = element["type"], value_key(element)
    if key in ("selected_option", "selected_options"):
        value = options_of(element, value)
    elif key in ("selected_user", "selected_users"):
        value = await _named(control, "users", value)
    elif key.startswith(("selected_channel", "selected_conversation")):
        value = await _named(control, "channels", value)
    elif key == "value" and value is not None:
        value = str(value)
    return {"type": kind, key: _listed(key, value)}


def _listed(key: str, value: Any) -> Any:
    """Multi selects hold lists, also of one."""
    several = key.endswith("s") and key.startswith("selected_")
    return [value] if several and isinstance(value, str) else value


async def _named(control: ControlClient, table: str, value: Any) -> Any:
    state = await control.get("state")
    ids = {row["name"]: row["id"] for row in state[table]}
    if isinstance(value, list):
        return [ids.get(name.lstrip("#@"), name) for name in value]
    return ids.get(value.lstrip("#@"), value) if isinstance(value, str) else value


def options_of(element: Json, value: Any) -> Any:
    """The option or options with these words on them, or with these values."""
    if value is None:
        return None
    if isinstance(value, list):
        return [_option(element, one) for one in value]
    chosen = _option(element, value)
    return [chosen] if value_key(element) == "selected_options" else chosen


def _option(element: Json, wanted: Any) -> Any:
    for option in offered(element):
        if wanted in (option["text"]["text"], option["value"], option):
            return option
    if isinstance(wanted, dict):
        return wanted
    known = ", ".join(option["text"]["text"] for option in offered(element))
    raise LookupError(f"There is no option {wanted!r} here, but {known}.")
