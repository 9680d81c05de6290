"""The composition objects of Block Kit: texts, pictures, options, confirmation dialogs."""

from sandbox.facts import limits
from sandbox.validation.rules import (
    Rule,
    array,
    by_type,
    every,
    exactly_one_of,
    flag,
    literal,
    record,
    string,
    whole_number,
)


def plain_text(most: int = limits.TEXT_OBJECT) -> Rule:
    return by_type({"plain_text": record({"text": string(most, 1)}, {"emoji": flag})})


def mrkdwn(most: int = limits.TEXT_OBJECT) -> Rule:
    return by_type({"mrkdwn": record({"text": string(most, 1)}, {"verbatim": flag})})


def any_text(most: int = limits.TEXT_OBJECT) -> Rule:
    return by_type(
        {
            "plain_text": record({"text": string(most, 1)}, {"emoji": flag}),
            "mrkdwn": record({"text": string(most, 1)}, {"verbatim": flag}),
        }
    )


BLOCK_ID = string(limits.BLOCK_ID)
ACTION_ID = string(limits.ACTION_ID, 1)
ADDRESS = string(limits.URL, 1)
WEB_ADDRESS = string(limits.URL, 1, r"https?://.+")
SECURE_ADDRESS = string(limits.URL, 1, r"https://.+")
# Slack gives no length for the names an app makes up.
NAME = string(limits.BLOCK_ID, 1)
TITLE = string(limits.TEXT_OBJECT, 1)

SLACK_FILE = every(
    exactly_one_of("id", "url"),
    record({}, {"id": NAME, "url": ADDRESS}),
)
PICTURE = {
    "image_url": string(limits.IMAGE_URL, 1, r"https?://.+"),
    "slack_file": SLACK_FILE,
}
IMAGE = every(
    exactly_one_of("image_url", "slack_file"),
    record({"alt_text": string(limits.ALT_TEXT, 1)}, PICTURE),
)
ANY_IMAGE = by_type({"image": IMAGE})

STYLE = literal("primary", "danger")
CONFIRM = record(
    {
        "title": plain_text(limits.CONFIRM_TITLE),
        "text": any_text(limits.CONFIRM_TEXT),
        "confirm": plain_text(limits.CONFIRM_BUTTON),
        "deny": plain_text(limits.CONFIRM_BUTTON),
    },
    {"style": STYLE},
)

PLAIN_OPTION = record(
    {"text": plain_text(limits.OPTION_TEXT), "value": string(limits.OPTION_VALUE, 1)},
    {"description": plain_text(limits.OPTION_DESCRIPTION)},
)

OVERFLOW_OPTION = record(
    {"text": plain_text(limits.OPTION_TEXT), "value": string(limits.OPTION_VALUE, 1)},
    {"description": plain_text(limits.OPTION_DESCRIPTION), "url": ADDRESS},
)

# Slack's types allow no Markdown in the description.
RICH_OPTION = record(
    {"text": any_text(limits.OPTION_TEXT), "value": string(limits.OPTION_VALUE, 1)},
    {"description": plain_text(limits.OPTION_DESCRIPTION)},
)

OPTION_GROUP = record(
    {
        "label": plain_text(limits.OPTION_GROUP_LABEL),
        "options": array(PLAIN_OPTION, limits.OPTIONS),
    }
)

OPTIONS_ANSWER = every(
    exactly_one_of("options", "option_groups"),
    record(
        {},
        {
            "options": array(PLAIN_OPTION, limits.OPTIONS, 0),
            "option_groups": array(OPTION_GROUP, limits.OPTION_GROUPS, 0),
        },
    ),
)

CONVERSATION_FILTER = record(
    {},
    {
        "include": array(literal("im", "mpim", "private", "public"), 4),
        "exclude_external_shared_channels": flag,
        "exclude_bot_users": flag,
    },
)

DISPATCH_CONFIG = record(
    {},
    {"trigger_actions_on": array(literal("on_enter_pressed", "on_character_entered"), 2)},
)

MANY = whole_number(1, limits.OPTIONS)
