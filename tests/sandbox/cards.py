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
