"""Rich text: sections, lists, quotes and what may stand in them."""

from collections.abc import Mapping

from sandbox.facts import limits
from sandbox.validation.objects import ADDRESS, BLOCK_ID, NAME
from sandbox.validation.rules import (
    Rule,
    array,
    by_type,
    flag,
    literal,
    record,
    string,
    whole_number,
)

MOST_ELEMENTS = 1_000
# A text has no limit of its own but that of a whole message.
WORDS = string(limits.CUMULATIVE_TEXT_WITH_MARKDOWN, 1)
PLAIN_STYLES = ("bold", "italic", "strike", "code", "underline")
# By hearsay Slack's text has these for mentions; its types leave them out.
MENTION_STYLES = ("highlight", "client_highlight", "unlink")
STYLE = record({}, {name: flag for name in PLAIN_STYLES})
MENTION_STYLE = record({}, {name: flag for name in PLAIN_STYLES + MENTION_STYLES})
ID = string(32, 1)

TEXT = record({"text": WORDS}, {"style": STYLE})
LINK = record({"url": ADDRESS}, {"text": WORDS, "unsafe": flag, "style": STYLE})
INLINE: Mapping[str, Rule] = {
    "text": TEXT,
    "link": LINK,
    "emoji": record(
        {"name": NAME},
        {"unicode": string(64, 1), "url": ADDRESS, "style": STYLE},
    ),
    "user": record({"user_id": ID}, {"style": MENTION_STYLE}),
    "channel": record({"channel_id": ID}, {"style": MENTION_STYLE}),
    "usergroup": record({"usergroup_id": ID}, {"style": MENTION_STYLE}),
    "team": record({"team_id": ID}, {"style": STYLE}),
    "broadcast": record({"range": literal("here", "channel", "everyone")}, {"style": STYLE}),
    "date": record(
        {"timestamp": whole_number(0, 9_999_999_999), "format": string(255, 1)},
        {"url": ADDRESS, "fallback": WORDS, "style": STYLE},
    ),
    "color": record({"value": string(32, 1)}, {"style": STYLE}),
}
INLINES = array(by_type(INLINE), MOST_ELEMENTS, 0)
# No mention is read in preformatted text.
CODE = array(by_type({"text": TEXT, "link": LINK}), MOST_ELEMENTS, 0)
BORDER = whole_number(0, 1)
SECTION = record({"elements": INLINES})

PARTS: Mapping[str, Rule] = {
    "rich_text_section": SECTION,
    # By hearsay `language` and `offset` are in Slack's text; they are not in its types.
    "rich_text_preformatted": record({"elements": CODE}, {"border": BORDER, "language": NAME}),
    "rich_text_quote": record({"elements": INLINES}, {"border": BORDER}),
    "rich_text_list": record(
        {
            "style": literal("bullet", "ordered"),
            "elements": array(by_type({"rich_text_section": SECTION}), MOST_ELEMENTS),
        },
        {
            "indent": whole_number(0, 8),
            "offset": whole_number(0, 100_000),
            "border": BORDER,
        },
    ),
}

RICH_TEXT = by_type(
    {
        "rich_text": record(
            {"elements": array(by_type(PARTS), MOST_ELEMENTS)}, {"block_id": BLOCK_ID}
        )
    }
)
