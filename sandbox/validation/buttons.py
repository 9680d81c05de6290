"""The things one presses: buttons of every kind."""

from sandbox.facts import limits
from sandbox.validation.objects import ACTION_ID, ADDRESS, CONFIRM, NAME, STYLE, plain_text
from sandbox.validation.rules import array, by_type, literal, record, string

LABEL = string(limits.ACCESSIBILITY_LABEL, 1)
VALUE = string(limits.BUTTON_VALUE, 1)
WORDS = plain_text(limits.BUTTON_TEXT)

BUTTON = record(
    {"text": WORDS},
    {
        "action_id": ACTION_ID,
        "url": ADDRESS,
        "value": VALUE,
        "style": STYLE,
        "confirm": CONFIRM,
        "accessibility_label": LABEL,
        "agent_prompt": string(limits.AGENT_PROMPT, 1),
    },
)
ANY_BUTTON = by_type({"button": BUTTON})

PARAMETER = record({"name": NAME, "value": string(limits.BUTTON_VALUE)})
WORKFLOW_BUTTON = record(
    {
        "text": WORDS,
        "workflow": record(
            {
                "trigger": record(
                    {"url": ADDRESS},
                    {"customizable_input_parameters": array(PARAMETER, limits.OPTIONS, 0)},
                )
            }
        ),
    },
    {
        "action_id": ACTION_ID,
        "style": STYLE,
        "confirm": CONFIRM,
        "accessibility_label": LABEL,
    },
)

ICON_BUTTON = record(
    # The one icon that Slack's Python types name, as an example.
    {"icon": literal("trash"), "text": WORDS},
    {
        "action_id": ACTION_ID,
        "value": VALUE,
        "confirm": CONFIRM,
        "accessibility_label": LABEL,
        "visible_to_user_ids": array(string(32, 1), limits.ICON_BUTTON_VIEWERS),
    },
)

OPINION = record({"text": WORDS, "value": VALUE}, {"accessibility_label": LABEL})
FEEDBACK_BUTTONS = record(
    {"positive_button": OPINION, "negative_button": OPINION}, {"action_id": ACTION_ID}
)
