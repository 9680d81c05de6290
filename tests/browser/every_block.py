"""A message with every block, and a modal with every input, as an app would send them."""

from typing import Any

from tests.sandbox.asking import plain

Json = dict[str, Any]
ELSEWHERE = "https://example.com/picture.png"


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def picture(alt: str) -> Json:
    return {"type": "image", "image_url": ELSEWHERE, "alt_text": alt}


def rich(*elements: Json) -> Json:
    inside = list(elements)
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": inside}]}


def said(text: str, **style: bool) -> Json:
    return {"type": "text", "text": text} | ({"style": style} if style else {})


def button(label: str, action_id: str, **parts: Any) -> Json:
    return {"type": "button", "text": plain(label), "action_id": action_id, **parts}


def options(*labels: str) -> list[Json]:
    return [{"text": plain(label), "value": label.lower()} for label in labels]


def select(kind: str, **parts: Any) -> Json:
    return {"type": kind, "action_id": kind, "placeholder": plain(f"Pick {kind}"), **parts}


CONFIRM = {
    "title": plain("Are you sure?"),
    "text": mrkdwn("It *cannot* be undone."),
    "confirm": plain("Do it"),
    "deny": plain("Leave it"),
    "style": "danger",
}
SIZES = options("Small", "Large")
SECTIONS: list[Json] = [
    {"type": "header", "text": plain("Every block")},
    {
        "type": "section",
        "text": mrkdwn("*Bold*, _italic_, ~gone~, `code` and <https://example.com|a link>"),
        "accessory": button("Accessory", "accessory"),
    },
    {"type": "section", "fields": [mrkdwn("*Severity*\nSEV2"), plain("A plain field")]},
    {"type": "section", "text": plain("With a picture"), "accessory": picture("A small picture")},
    {"type": "context", "elements": [picture("A face"), mrkdwn("Noted by _somebody_")]},
    {"type": "divider"},
    {"type": "image", **picture("A large picture"), "title": plain("A title")},
    {
        "type": "markdown",
        "text": "## Heading\n\n- one\n- **two**\n\n| a | b |\n|---|---|\n| 1 | 2 |",
    },
]
RICH_TEXT: Json = {
    "type": "rich_text",
    "elements": [
        {
            "type": "rich_text_section",
            "elements": [
                said("Rich words", bold=True),
                said(" with "),
                {"type": "link", "url": "https://example.com", "text": "a link"},
                {"type": "emoji", "name": "bell"},
                {"type": "color", "value": "#cc3366"},
                {"type": "broadcast", "range": "here"},
                {"type": "usergroup", "usergroup_id": "S12345678"},
                {"type": "date", "timestamp": 1_760_000_000, "format": "{date_long}"},
            ],
        },
        {
            "type": "rich_text_list",
            "style": "bullet",
            "elements": [rich(said("A point"))["elements"][0]],
        },
        {
            "type": "rich_text_list",
            "style": "ordered",
            "indent": 1,
            "elements": [rich(said("A numbered step"))["elements"][0]],
        },
        {"type": "rich_text_quote", "elements": [said("A quote")]},
        {"type": "rich_text_preformatted", "elements": [said("preformatted = 1")]},
    ],
}
ACTIONS: Json = {
    "type": "actions",
    "elements": [
        button("Primary", "primary", style="primary"),
        button("Danger", "danger", style="danger", confirm=CONFIRM),
        select("static_select", options=SIZES),
        select("users_select"),
        select("datepicker"),
        select("timepicker"),
        {"type": "overflow", "action_id": "overflow", "options": SIZES},
        {
            "type": "workflow_button",
            "text": plain("Workflow"),
            "action_id": "workflow",
            "workflow": {"trigger": {"url": "https://slack.com/shortcuts/Ft1/a"}},
        },
    ],
}


def raw(text: str) -> Json:
    return {"type": "raw_text", "text": text}


def amount(value: float) -> Json:
    return {"type": "raw_number", "text": str(value), "value": value}


TABLES: list[Json] = [
    {
        "type": "table",
        "column_settings": [{"is_wrapped": True}, {"align": "right"}],
        "rows": [[raw("Service"), raw("Errors")], [rich(said("Checkout")), amount(12)]],
    },
    {
        "type": "data_table",
        "caption": "Incidents by service",
        "page_size": 2,
        "rows": [
            [raw("Name"), raw("Count")],
            [raw("Search"), amount(3)],
            [raw("Checkout"), amount(20)],
            [raw("Login"), amount(7)],
        ],
    },
]


def card(title: str) -> Json:
    return {
        "type": "card",
        "hero_image": picture(f"Hero of {title}"),
        "icon": picture("An icon"),
        "title": mrkdwn(f"*{title}*"),
        "subtitle": mrkdwn("A subtitle"),
        "body": mrkdwn("A body of a few words."),
        "actions": [button(f"Open {title}", "open")],
    }


CARDS: list[Json] = [
    card("A card"),
    {"type": "carousel", "elements": [card("First"), card("Second"), card("Third")]},
    {
        "type": "container",
        "title": plain("A container"),
        "subtitle": mrkdwn("It _folds_"),
        "is_collapsible": True,
        "child_blocks": [
            {"type": "section", "text": plain("Inside the container")},
            {"type": "actions", "elements": [button("Inner", "inner")]},
            {"type": "file", "external_id": "remote-7", "source": "remote"},
        ],
    },
    {
        "type": "context_actions",
        "elements": [
            {
                "type": "feedback_buttons",
                "action_id": "feedback",
                "positive_button": {"text": plain("Good answer"), "value": "good"},
                "negative_button": {"text": plain("Bad answer"), "value": "bad"},
            },
            {
                "type": "icon_button",
                "action_id": "delete",
                "icon": "trash",
                "text": plain("Delete it"),
            },
        ],
    },
    {
        "type": "video",
        "title": plain("A video"),
        "alt_text": "What the video shows",
        "thumbnail_url": ELSEWHERE,
        "video_url": "https://example.com/video",
        "provider_name": "Example",
        "author_name": "Somebody",
        "description": plain("It is short."),
    },
    {
        "type": "plan",
        "title": "A plan",
        "tasks": [
            {
                "type": "task_card",
                "task_id": "one",
                "title": "Read the logs",
                "status": "complete",
                "output": rich(said("Nothing found")),
            },
            {
                "type": "task_card",
                "task_id": "two",
                "title": "Ask the people",
                "status": "in_progress",
                "sources": [{"type": "url", "url": "https://example.com", "text": "The source"}],
            },
        ],
    },
]
MESSAGE: list[Json] = [*SECTIONS, RICH_TEXT, ACTIONS, *TABLES, *CARDS]


def field(label: str, element: Json, **parts: Any) -> Json:
    return {
        "type": "input",
        "block_id": label,
        "label": plain(label),
        "element": {"action_id": "field", **element},
        "optional": True,
        **parts,
    }


INPUTS: list[Json] = [
    field(
        "Words",
        {
            "type": "plain_text_input",
            "focus_on_load": True,
            "placeholder": plain("Some words"),
            "min_length": 3,
            "max_length": 20,
        },
        hint=plain("Three letters at least."),
        optional=False,
    ),
    field("Lines", {"type": "plain_text_input", "multiline": True, "initial_value": "One\nTwo"}),
    field("Formatted", {"type": "rich_text_input", "initial_value": rich(said("So", bold=True))}),
    field("Number", {"type": "number_input", "is_decimal_allowed": False, "max_value": "9"}),
    field("Address", {"type": "email_text_input"}),
    field("Page", {"type": "url_text_input"}),
    field("Size", {"type": "static_select", "options": SIZES, "initial_option": SIZES[1]}),
    field("Sizes", {"type": "multi_static_select", "options": SIZES}),
    field(
        "Grouped",
        {
            "type": "static_select",
            "option_groups": [{"label": plain("Cold"), "options": options("Blue")}],
        },
    ),
    field("Person", {"type": "users_select"}),
    field("People", {"type": "multi_users_select"}),
    field("Channel", {"type": "channels_select"}),
    field("Channels", {"type": "multi_channels_select"}),
    field("Conversation", {"type": "conversations_select"}),
    field("Conversations", {"type": "multi_conversations_select"}),
    field("External", {"type": "external_select", "min_query_length": 2}),
    field("Externals", {"type": "multi_external_select"}),
    field("Day", {"type": "datepicker", "initial_date": "2026-02-28"}),
    field("Time", {"type": "timepicker", "initial_time": "09:30", "timezone": "Europe/Vienna"}),
    field("Moment", {"type": "datetimepicker", "initial_date_time": 1_760_000_000}),
    field("Boxes", {"type": "checkboxes", "options": SIZES, "initial_options": [SIZES[0]]}),
    field("Choice", {"type": "radio_buttons", "options": SIZES}),
    field("Files", {"type": "file_input", "filetypes": ["txt"], "max_files": 2}),
]
ALERTS: list[Json] = [
    {"type": "alert", "level": level, "text": mrkdwn(f"An alert of level *{level}*")}
    for level in ("default", "info", "warning", "error", "success")
]
MODAL: Json = {
    "type": "modal",
    "callback_id": "every",
    "title": plain("Every input"),
    "submit": plain("Send"),
    "close": plain("Leave"),
    "blocks": [*ALERTS, *INPUTS],
}
