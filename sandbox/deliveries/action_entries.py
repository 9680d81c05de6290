"""The entries of `actions`: the element's own words, and what was chosen."""

from collections.abc import Mapping

from sandbox.json_types import Json
from sandbox.model.view_state import value_key

SELECT = ("placeholder", "initial_option", "confirm")
MULTI_SELECT = ("placeholder", "initial_options", "confirm")
INPUT = ("placeholder", "initial_value")
# Per kind of element what of it comes back to the app beside the choice.
ECHOED: Mapping[str, tuple[str, ...]] = {
    "button": ("text", "value", "style", "url", "confirm"),
    "icon_button": ("icon", "text", "value", "confirm"),
    "overflow": ("confirm",),
    "static_select": SELECT,
    "external_select": (*SELECT, "min_query_length"),
    "users_select": ("placeholder", "initial_user", "confirm"),
    "conversations_select": ("placeholder", "initial_conversation", "confirm"),
    "channels_select": ("placeholder", "initial_channel", "confirm"),
    "multi_static_select": MULTI_SELECT,
    "multi_external_select": (*MULTI_SELECT, "min_query_length"),
    "multi_users_select": ("placeholder", "initial_users", "confirm"),
    "multi_conversations_select": ("placeholder", "initial_conversations", "confirm"),
    "multi_channels_select": ("placeholder", "initial_channels", "confirm"),
    "radio_buttons": ("initial_option", "confirm"),
    "checkboxes": ("initial_options", "confirm"),
    "datepicker": ("placeholder", "initial_date", "confirm"),
    "timepicker": ("placeholder", "initial_time", "confirm", "timezone"),
    "datetimepicker": ("initial_date_time", "confirm"),
    "plain_text_input": INPUT,
    "email_text_input": INPUT,
    "url_text_input": INPUT,
    "number_input": INPUT,
    "rich_text_input": INPUT,
}


def action_entry(block: Json, element: Json, state: Json, action_ts: str) -> Json:
    kind = str(element["type"])
    entry: Json = {
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "type": kind,
        "action_ts": action_ts,
    }
    entry |= {name: element[name] for name in ECHOED.get(kind, ()) if name in element}
    if kind == "feedback_buttons":
        return entry | {name: state[name] for name in ("text", "value") if name in state}
    key = value_key(element) or ("selected_option" if kind == "overflow" else "")
    return entry | ({key: state.get(key)} if key else {})
