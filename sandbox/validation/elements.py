"""The interactive elements of Block Kit, one row each."""

from collections.abc import Mapping

from sandbox.facts import limits
from sandbox.validation.buttons import BUTTON, WORKFLOW_BUTTON
from sandbox.validation.objects import (
    ACTION_ID,
    CONFIRM,
    CONVERSATION_FILTER,
    DISPATCH_CONFIG,
    IMAGE,
    MANY,
    OPTION_GROUP,
    OVERFLOW_OPTION,
    PLAIN_OPTION,
    RICH_OPTION,
    plain_text,
)
from sandbox.validation.rich_text import RICH_TEXT
from sandbox.validation.rules import (
    Rule,
    array,
    every,
    exactly_one_of,
    flag,
    record,
    string,
    whole_number,
)

SHORT = string(limits.INPUT_LENGTH)
PLACEHOLDER = plain_text(limits.PLACEHOLDER)
DATE = string(10, 10, r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
TIME = string(5, 5, r"([01]\d|2[0-3]):[0-5]\d")
DECIMAL = string(64, 1, r"-?\d+(\.\d+)?")
# Slack wants ten digits.
MOMENT = whole_number(1_000_000_000, 9_999_999_999)
LINES = whole_number(1, limits.RICH_TEXT_INPUT_LINES)

CHOOSING: Mapping[str, Rule] = {
    "action_id": ACTION_ID,
    "confirm": CONFIRM,
    "focus_on_load": flag,
    "placeholder": PLACEHOLDER,
}
TYPING: Mapping[str, Rule] = {
    "action_id": ACTION_ID,
    "placeholder": PLACEHOLDER,
    "initial_value": SHORT,
    "focus_on_load": flag,
    "dispatch_action_config": DISPATCH_CONFIG,
}
ONE: Mapping[str, Rule] = {**CHOOSING, "response_url_enabled": flag}
SEVERAL: Mapping[str, Rule] = {**CHOOSING, "max_selected_items": MANY}
STATIC: Mapping[str, Rule] = {
    "options": array(PLAIN_OPTION, limits.OPTIONS),
    "option_groups": array(OPTION_GROUP, limits.OPTION_GROUPS),
}
CONVERSATIONS: Mapping[str, Rule] = {
    "default_to_current_conversation": flag,
    "filter": CONVERSATION_FILTER,
}
NAMES = array(string(32, 1), limits.OPTIONS)
CHECKED = array(RICH_OPTION, limits.CHOICE_OPTIONS)


def _static(extra: Mapping[str, Rule]) -> Rule:
    return every(exactly_one_of("options", "option_groups"), record({}, {**STATIC, **extra}))


ELEMENTS: Mapping[str, Rule] = {
    "button": BUTTON,
    "workflow_button": WORKFLOW_BUTTON,
    "image": IMAGE,
    "static_select": _static({**CHOOSING, "initial_option": PLAIN_OPTION}),
    "multi_static_select": _static(
        {**SEVERAL, "initial_options": array(PLAIN_OPTION, limits.OPTIONS)}
    ),
    "external_select": record(
        {},
        {
            **CHOOSING,
            "initial_option": PLAIN_OPTION,
            "min_query_length": whole_number(0, 255),
        },
    ),
    "multi_external_select": record(
        {},
        {
            **SEVERAL,
            "initial_options": array(PLAIN_OPTION, limits.OPTIONS),
            "min_query_length": whole_number(0, 255),
        },
    ),
    "users_select": record({}, {**CHOOSING, "initial_user": string(32, 1)}),
    "multi_users_select": record({}, {**SEVERAL, "initial_users": NAMES}),
    "conversations_select": record(
        {}, {**ONE, **CONVERSATIONS, "initial_conversation": string(32, 1)}
    ),
    "multi_conversations_select": record(
        {}, {**SEVERAL, **CONVERSATIONS, "initial_conversations": NAMES}
    ),
    "channels_select": record({}, {**ONE, "initial_channel": string(32, 1)}),
    "multi_channels_select": record({}, {**SEVERAL, "initial_channels": NAMES}),
    "overflow": record(
        {"options": array(OVERFLOW_OPTION, limits.OVERFLOW_OPTIONS)},
        {"action_id": ACTION_ID, "confirm": CONFIRM},
    ),
    "datepicker": record({}, {**CHOOSING, "initial_date": DATE}),
    "timepicker": record({}, {**CHOOSING, "initial_time": TIME, "timezone": string(64, 1)}),
    "datetimepicker": record(
        {},
        {
            "action_id": ACTION_ID,
            "confirm": CONFIRM,
            "focus_on_load": flag,
            "initial_date_time": MOMENT,
        },
    ),
    "plain_text_input": record(
        {},
        {
            **TYPING,
            "multiline": flag,
            "min_length": whole_number(0, limits.INPUT_LENGTH),
            "max_length": whole_number(1, limits.INPUT_LENGTH),
        },
    ),
    "email_text_input": record({}, TYPING),
    "url_text_input": record({}, TYPING),
    "number_input": record(
        {"is_decimal_allowed": flag},
        {**TYPING, "initial_value": DECIMAL, "min_value": DECIMAL, "max_value": DECIMAL},
    ),
    "rich_text_input": record(
        {}, {**TYPING, "initial_value": RICH_TEXT, "min_lines": LINES, "max_lines": LINES}
    ),
    "file_input": record(
        {},
        {
            "action_id": ACTION_ID,
            "filetypes": array(string(32, 1), limits.OPTIONS),
            "max_files": whole_number(1, limits.FILE_INPUT_FILES),
        },
    ),
    "checkboxes": record(
        {"options": CHECKED},
        {
            "action_id": ACTION_ID,
            "confirm": CONFIRM,
            "focus_on_load": flag,
            "initial_options": CHECKED,
        },
    ),
    "radio_buttons": record(
        {"options": CHECKED},
        {
            "action_id": ACTION_ID,
            "confirm": CONFIRM,
            "focus_on_load": flag,
            "initial_option": RICH_OPTION,
        },
    ),
}

SELECTS = frozenset(name for name in ELEMENTS if name.endswith("_select"))
PICKERS = frozenset({"datepicker", "timepicker"})
CHOICES = frozenset({"checkboxes", "radio_buttons"})
INPUTS = frozenset(name for name in ELEMENTS if name.endswith("_input"))

BUTTONS = frozenset({"button", "workflow_button"})

IN_SECTIONS = SELECTS | PICKERS | CHOICES | BUTTONS | {"overflow", "image"}
IN_ACTIONS = (
    SELECTS | PICKERS | CHOICES | BUTTONS | {"overflow", "datetimepicker", "rich_text_input"}
)
IN_INPUTS = SELECTS | PICKERS | CHOICES | INPUTS | {"datetimepicker"}


def among(names: frozenset[str]) -> Mapping[str, Rule]:
    return {name: ELEMENTS[name] for name in sorted(names)}
