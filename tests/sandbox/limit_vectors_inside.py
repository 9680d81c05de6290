"""Payloads that grow up to the limits of elements: buttons, choices, inputs."""

from collections.abc import Mapping

from sandbox.json_types import Json
from tests.sandbox.asking import text_input
from tests.sandbox.block_makers import (
    actions,
    button,
    choice,
    confirm,
    context_actions,
    entry,
    feedback,
    group,
    grouped,
    icon_button,
    mrkdwn,
    option,
    options,
    overflow,
    select,
    words,
    workflow_button,
)
from tests.sandbox.limit_vector import (
    RANGE,
    Vector,
    in_items,
    in_length,
    in_range,
)


def _users(count: int) -> list[str]:
    return [f"U{number}" for number in range(count)]


def linking_overflow(url: str) -> Json:
    return {"type": "overflow", "action_id": "o", "options": [option(url=url)]}


ELEMENT = "/elements/0"
PICKING: Mapping[str, Json] = {
    "static_select": {"options": [option()]},
    "multi_static_select": {"options": [option()]},
    "external_select": {},
    "multi_external_select": {},
    "users_select": {},
    "multi_users_select": {},
    "conversations_select": {},
    "multi_conversations_select": {},
    "channels_select": {},
    "multi_channels_select": {},
    "datepicker": {},
    "timepicker": {},
}
TYPED: Mapping[str, Json] = {
    "plain_text_input": {},
    "email_text_input": {},
    "url_text_input": {},
    "number_input": {"is_decimal_allowed": False},
    "rich_text_input": {},
}


def _placeholder(kind: str) -> Vector:
    return in_length(
        "PLACEHOLDER",
        150,
        f"{ELEMENT}/placeholder/text",
        lambda n: actions(
            {"type": kind, "action_id": "p", "placeholder": words(n), **PICKING[kind]}
        ),
    )


def _placeholder_of_an_input(kind: str) -> Vector:
    return in_length(
        "PLACEHOLDER",
        150,
        "/element/placeholder/text",
        lambda n: entry(kind, placeholder=words(n), **TYPED[kind]),
    )


BUTTON_VECTORS: list[Vector] = [
    in_length("BUTTON_TEXT", 75, f"{ELEMENT}/text/text", lambda n: actions(button(text=words(n)))),
    in_length(
        "BUTTON_TEXT", 75, f"{ELEMENT}/text/text", lambda n: actions(workflow_button(text=words(n)))
    ),
    in_length(
        "BUTTON_TEXT",
        75,
        f"{ELEMENT}/positive_button/text/text",
        lambda n: context_actions(feedback(text=words(n))),
    ),
    in_length("BUTTON_VALUE", 2_000, f"{ELEMENT}/value", lambda n: actions(button(value="x" * n))),
    in_length("URL", 3_000, f"{ELEMENT}/url", lambda n: actions(button(url="x" * n))),
    in_length(
        "AGENT_PROMPT",
        4_000,
        f"{ELEMENT}/agent_prompt",
        lambda n: actions(button(agent_prompt="x" * n)),
    ),
    in_length(
        "ACCESSIBILITY_LABEL",
        75,
        f"{ELEMENT}/accessibility_label",
        lambda n: actions(button(accessibility_label="x" * n)),
    ),
    in_length(
        "ACCESSIBILITY_LABEL",
        75,
        f"{ELEMENT}/accessibility_label",
        lambda n: context_actions(icon_button(accessibility_label="x" * n)),
    ),
    in_items(
        "ICON_BUTTON_VIEWERS",
        10,
        f"{ELEMENT}/visible_to_user_ids",
        lambda n: context_actions(icon_button(visible_to_user_ids=_users(n))),
    ),
    in_length(
        "CONFIRM_TITLE",
        100,
        f"{ELEMENT}/confirm/title/text",
        lambda n: actions(confirm(title=words(n))),
    ),
    in_length(
        "CONFIRM_TEXT",
        300,
        f"{ELEMENT}/confirm/text/text",
        lambda n: actions(confirm(text=mrkdwn(n))),
    ),
    in_length(
        "CONFIRM_BUTTON",
        30,
        f"{ELEMENT}/confirm/confirm/text",
        lambda n: actions(confirm(confirm=words(n))),
    ),
    in_length(
        "CONFIRM_BUTTON",
        30,
        f"{ELEMENT}/confirm/deny/text",
        lambda n: actions(confirm(deny=words(n))),
    ),
]

CHOICE_VECTORS: list[Vector] = [
    in_length(
        "OPTION_TEXT",
        75,
        f"{ELEMENT}/options/0/text/text",
        lambda n: actions(select(options=[option(text=words(n))])),
    ),
    in_length(
        "OPTION_VALUE",
        75,
        f"{ELEMENT}/options/0/value",
        lambda n: actions(select(options=[option(value="x" * n)])),
    ),
    in_length(
        "OPTION_DESCRIPTION",
        75,
        f"{ELEMENT}/options/0/description/text",
        lambda n: actions(select(options=[option(description=words(n))])),
    ),
    in_items("OPTIONS", 100, f"{ELEMENT}/options", lambda n: actions(select(options=options(n)))),
    in_range(
        "OPTIONS",
        100,
        f"{ELEMENT}/max_selected_items",
        lambda n: actions(
            {"type": "multi_users_select", "action_id": "m", "max_selected_items": n}
        ),
    ),
    in_items(
        "OPTIONS",
        100,
        f"{ELEMENT}/option_groups/0/options",
        lambda n: actions(grouped(group(options=options(n)))),
    ),
    in_items(
        "OPTION_GROUPS", 100, f"{ELEMENT}/option_groups", lambda n: actions(grouped(*[group()] * n))
    ),
    in_length(
        "OPTION_GROUP_LABEL",
        75,
        f"{ELEMENT}/option_groups/0/label/text",
        lambda n: actions(grouped(group(label=words(n)))),
    ),
    in_length(
        "URL", 3_000, f"{ELEMENT}/options/0/url", lambda n: actions(linking_overflow("x" * n))
    ),
    in_items("OVERFLOW_OPTIONS", 5, f"{ELEMENT}/options", lambda n: actions(overflow(n))),
    in_items(
        "CHOICE_OPTIONS", 10, f"{ELEMENT}/options", lambda n: actions(choice("checkboxes", n))
    ),
    in_items(
        "CHOICE_OPTIONS", 10, f"{ELEMENT}/options", lambda n: actions(choice("radio_buttons", n))
    ),
    *(_placeholder(kind) for kind in PICKING),
]

INPUT_VECTORS: list[Vector] = [
    *(_placeholder_of_an_input(kind) for kind in TYPED),
    in_length("INPUT_LABEL", 2_000, "/label/text", lambda n: text_input(label="x" * n)),
    in_length("INPUT_HINT", 2_000, "/hint/text", lambda n: text_input(hint=words(n))),
    in_length(
        "INPUT_LENGTH",
        3_000,
        "/element/initial_value",
        lambda n: entry("plain_text_input", initial_value="x" * n),
    ),
    in_range(
        "INPUT_LENGTH",
        3_000,
        "/element/max_length",
        lambda n: entry("plain_text_input", max_length=n),
    ),
    in_range(
        "INPUT_LENGTH",
        3_000,
        "/element/min_length",
        lambda n: entry("plain_text_input", min_length=n),
    ),
    in_range(
        "RICH_TEXT_INPUT_LINES",
        100,
        "/element/max_lines",
        lambda n: entry("rich_text_input", max_lines=n),
    ),
    Vector(
        limit="FILE_INPUT_FILES",
        most=10,
        make=lambda n: entry("file_input", max_files=n),
        pointer="/element/max_files",
        constraint=RANGE,
        surface="modal",
    ),
]


INSIDE = [*BUTTON_VECTORS, *CHOICE_VECTORS, *INPUT_VECTORS]
