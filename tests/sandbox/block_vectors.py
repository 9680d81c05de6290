"""Right and wrong blocks for every rule, and blocks that grow up to their limits."""

from collections.abc import Callable
from typing import Any

from sandbox.json_types import Json
from tests.sandbox.asking import modal, plain, text_input

Make = Callable[[int], Json]


def mrkdwn(length: int) -> Json:
    return {"type": "mrkdwn", "text": "x" * length}


def words(length: int) -> Json:
    return plain("x" * length)


def button(**parts: Any) -> Json:
    return {"type": "button", "action_id": "go", "text": plain("Go"), **parts}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def option(number: int = 1, **parts: Any) -> Json:
    return {"text": plain(f"Option {number}"), "value": str(number), **parts}


def select(**parts: Any) -> Json:
    return {"type": "static_select", "action_id": "s", "options": [option()], **parts}


def confirm(**parts: Any) -> Json:
    dialog = {"title": plain("T"), "text": plain("x"), "confirm": plain("Y"), "deny": plain("N")}
    return button(confirm={**dialog, **parts})


def section(**parts: Any) -> Json:
    return {"type": "section", **parts}


def overflow(count: int) -> Json:
    return {"type": "overflow", "action_id": "o", "options": [option(n) for n in range(count)]}


def image(**parts: Any) -> Json:
    return {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "a", **parts}


def numbered(count: int) -> list[Json]:
    return [button(action_id=f"b{number}") for number in range(count)]


LIMITS: dict[str, tuple[int, Make]] = {
    "section text": (3_000, lambda n: section(text=mrkdwn(n))),
    "section fields": (10, lambda n: section(fields=[mrkdwn(1)] * n)),
    "section field text": (2_000, lambda n: section(fields=[mrkdwn(n)])),
    "header text": (150, lambda n: {"type": "header", "text": words(n)}),
    "actions elements": (25, lambda n: actions(*numbered(n))),
    "context elements": (10, lambda n: {"type": "context", "elements": [mrkdwn(1)] * n}),
    "block id": (255, lambda n: {"type": "divider", "block_id": "x" * n}),
    "action id": (255, lambda n: actions(button(action_id="x" * n))),
    "button text": (75, lambda n: actions(button(text=words(n)))),
    "button value": (2_000, lambda n: actions(button(value="x" * n))),
    "button url": (3_000, lambda n: actions(button(url="x" * n))),
    "button label": (75, lambda n: actions(button(accessibility_label="x" * n))),
    "option text": (75, lambda n: actions(select(options=[option(text=words(n))]))),
    "option value": (75, lambda n: actions(select(options=[option(value="x" * n)]))),
    "option description": (75, lambda n: actions(select(options=[option(description=words(n))]))),
    "options": (100, lambda n: actions(select(options=[option(i) for i in range(n)]))),
    "overflow options": (5, lambda n: actions(overflow(n))),
    "placeholder": (150, lambda n: actions(select(placeholder=words(n)))),
    "confirm title": (100, lambda n: actions(confirm(title=words(n)))),
    "confirm text": (300, lambda n: actions(confirm(text=words(n)))),
    "confirm button": (30, lambda n: actions(confirm(deny=words(n)))),
    "alt text": (2_000, lambda n: image(alt_text="x" * n)),
    "image title": (2_000, lambda n: image(title=words(n))),
    "markdown": (12_000, lambda n: {"type": "markdown", "text": "x" * n}),
    "input label": (2_000, lambda n: text_input(label="x" * n)),
    "input hint": (2_000, lambda n: text_input(hint=words(n))),
}


VIEW_LIMITS: dict[str, tuple[int, Make]] = {
    "title": (24, lambda n: modal(title=words(n))),
    "submit": (24, lambda n: modal(submit=words(n))),
    "close": (24, lambda n: modal(close=words(n))),
    "private metadata": (3_000, lambda n: modal(private_metadata="x" * n)),
    "callback id": (255, lambda n: modal(callback_id="x" * n)),
    "external id": (255, lambda n: modal(external_id="x" * n)),
    "blocks": (100, lambda n: modal(*[{"type": "divider"}] * n)),
}

WRONG: dict[str, tuple[Json, str]] = {
    "an unknown block": ({"type": "banner"}, "/blocks/0/type"),
    "no type": ({}, "/blocks/0/type"),
    "an empty section": (section(), "/blocks/0"),
    "empty text": (section(text=mrkdwn(0)), "/blocks/0/text/text"),
    "mrkdwn in a header": ({"type": "header", "text": mrkdwn(1)}, "/blocks/0/text/type"),
    "mrkdwn on a button": (actions(button(text=mrkdwn(1))), "/blocks/0/elements/0/text/type"),
    "an image without alt text": (
        {"type": "image", "image_url": "https://example.com/a.png"},
        "/blocks/0",
    ),
    "an input outside an input block": (
        actions({"type": "plain_text_input", "action_id": "x"}),
        "/blocks/0/elements/0/type",
    ),
    "an unknown property": (actions(button(colour="red")), "/blocks/0/elements/0"),
    "an unknown style": (actions(button(style="green")), "/blocks/0/elements/0/style"),
    "no elements": (actions(), "/blocks/0/elements"),
    "a repeated action id": (actions(button(), button()), "/blocks/0/elements/1/action_id"),
    "options and groups": (
        actions(select(option_groups=[{"label": plain("G"), "options": [option()]}])),
        "/blocks/0/elements/0",
    ),
    "a foreign initial option": (
        actions(select(initial_option=option(2))),
        "/blocks/0/elements/0/initial_option",
    ),
    "an impossible date": (
        actions({"type": "datepicker", "action_id": "d", "initial_date": "2026-13-01"}),
        "/blocks/0/elements/0/initial_date",
    ),
    "an impossible time": (
        actions({"type": "timepicker", "action_id": "t", "initial_time": "24:00"}),
        "/blocks/0/elements/0/initial_time",
    ),
    "a number input that says nothing of decimals": (
        {
            "type": "input",
            "label": plain("N"),
            "element": {"type": "number_input", "action_id": "n"},
        },
        "/blocks/0/element",
    ),
    "a text where rich text belongs": (
        {"type": "rich_text", "elements": [{"type": "text", "text": "x"}]},
        "/blocks/0/elements/0/type",
    ),
    "lengths in the wrong order": (
        text_input(
            element={
                "type": "plain_text_input",
                "action_id": "x",
                "min_length": 5,
                "max_length": 4,
            }
        ),
        "/blocks/0/element/min_length",
    ),
}

RIGHT: list[Json] = [
    section(text=mrkdwn(5), accessory=image()),
    section(text=words(5), accessory=overflow(2)),
    {"type": "context", "elements": [image(), words(3)]},
    actions(
        select(initial_option=option()),
        {"type": "users_select", "action_id": "u", "initial_user": "U1"},
        {"type": "multi_users_select", "action_id": "mu", "max_selected_items": 3},
        {"type": "conversations_select", "action_id": "c", "default_to_current_conversation": True},
        {"type": "multi_conversations_select", "action_id": "mc", "filter": {"include": ["im"]}},
        {"type": "channels_select", "action_id": "ch"},
        {"type": "multi_channels_select", "action_id": "mch"},
        {"type": "external_select", "action_id": "e", "min_query_length": 0},
        {"type": "multi_external_select", "action_id": "me"},
        {"type": "multi_static_select", "action_id": "ms", "options": [option()]},
        {"type": "datepicker", "action_id": "d", "initial_date": "2026-02-28"},
        {"type": "timepicker", "action_id": "t", "initial_time": "23:59"},
        {"type": "datetimepicker", "action_id": "dt", "initial_date_time": 1_700_000_000},
        {"type": "checkboxes", "action_id": "cb", "options": [option(text=mrkdwn(3))]},
        {"type": "radio_buttons", "action_id": "rb", "options": [option()]},
    ),
    {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_section",
                "elements": [
                    {"type": "text", "text": "a", "style": {"bold": True}},
                    {"type": "link", "url": "https://example.com"},
                    {"type": "user", "user_id": "U1"},
                    {"type": "emoji", "name": "bell"},
                ],
            },
            {
                "type": "rich_text_list",
                "style": "bullet",
                "elements": [{"type": "rich_text_section", "elements": []}],
            },
            {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "x"}]},
        ],
    },
]
