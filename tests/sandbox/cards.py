"""The card that several tests post: a text, a button and a choice."""

from sandbox.json_types import Json
from tests.sandbox.asking import plain

CARD: list[Json] = [
    {"type": "section", "block_id": "s", "text": plain("Card")},
    {
        "type": "actions",
        "block_id": "a",
        "elements": [
            {"type": "button", "action_id": "go", "text": plain("Go"), "value": "7"},
            {
                "type": "static_select",
                "action_id": "level",
                "placeholder": plain("Level"),
                "options": [
                    {"text": plain("High"), "value": "high"},
                    {"text": plain("Low"), "value": "low"},
                ],
            },
        ],
    },
]

RICH: Json = {
    "type": "rich_text",
    "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "Hi"}]}],
}
CONFIRM: Json = {
    "title": plain("Really?"),
    "text": plain("It cannot be undone."),
    "confirm": plain("Yes"),
    "deny": plain("No"),
    "style": "danger",
}
LEVEL: Json = {"text": plain("High"), "value": "high", "description": plain("Very")}
# One of everything that can be used in a message, with all its parts.
ELEMENTS: list[Json] = [
    {
        "type": "actions",
        "block_id": "all",
        "elements": [
            {
                "type": "button",
                "action_id": "go",
                "text": plain("Go"),
                "value": "7",
                "url": "https://example.com/",
                "style": "primary",
                "confirm": CONFIRM,
            },
            {"type": "users_select", "action_id": "who", "initial_user": "UNOBODY000"},
            {"type": "channels_select", "action_id": "where", "initial_channel": "CNOWHERE00"},
            {
                "type": "conversations_select",
                "action_id": "talk",
                "initial_conversation": "CNOWHERE00",
            },
            {"type": "datepicker", "action_id": "day", "initial_date": "2026-11-20"},
            {"type": "timepicker", "action_id": "hour", "initial_time": "09:00"},
            {
                "type": "static_select",
                "action_id": "level",
                "placeholder": plain("Level"),
                "options": [LEVEL],
                "initial_option": LEVEL,
            },
            {"type": "external_select", "action_id": "service", "min_query_length": 1},
        ],
    },
]
