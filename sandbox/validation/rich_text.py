"""Rich text: sections, lists, quotes and what may stand in them."""

from sandbox.facts import limits
from sandbox.validation.rules import (
    array,
    by_type,
    flag,
    literal,
    record,
    string,
    whole_number,
)

MOST_ELEMENTS = 1_000
WORDS = string(limits.UPDATE_TEXT * 3)
STYLE = record(
    {},
    {
        name: flag
        for name in (
            "bold",
            "italic",
            "strike",
            "code",
            "underline",
            "highlight",
            "client_highlight",
            "unlink",
        )
    },
)
ID = string(32, 1)

INLINE = by_type(
    {
        "text": record({"text": WORDS}, {"style": STYLE}),
        "link": record(
            {"url": string(limits.URL, 1)},
            {"text": WORDS, "unsafe": flag, "style": STYLE},
        ),
        "emoji": record(
            {"name": string(255, 1)},
            {"unicode": string(64, 1), "url": string(limits.URL, 1), "style": STYLE},
        ),
        "user": record({"user_id": ID}, {"style": STYLE}),
        "channel": record({"channel_id": ID}, {"style": STYLE}),
        "usergroup": record({"usergroup_id": ID}, {"style": STYLE}),
        "team": record({"team_id": ID}, {"style": STYLE}),
        "broadcast": record({"range": literal("here", "channel", "everyone")}, {"style": STYLE}),
        "date": record(
            {"timestamp": whole_number(0, 9_999_999_999), "format": string(255, 1)},
            {"url": string(limits.URL, 1), "fallback": WORDS, "style": STYLE},
        ),
        "color": record({"value": string(32, 1)}, {"style": STYLE}),
    }
)
INLINES = array(INLINE, MOST_ELEMENTS, 0)
BORDER = whole_number(0, 1)
SECTION = record({"elements": INLINES})

RICH_TEXT = by_type(
    {
        "rich_text": record(
            {
                "elements": array(
                    by_type(
                        {
                            "rich_text_section": SECTION,
                            "rich_text_preformatted": record(
                                {"elements": INLINES},
                                {"border": BORDER, "language": string(64)},
                            ),
                            "rich_text_quote": record({"elements": INLINES}, {"border": BORDER}),
                            "rich_text_list": record(
                                {
                                    "style": literal("bullet", "ordered"),
                                    "elements": array(
                                        by_type({"rich_text_section": SECTION}), MOST_ELEMENTS
                                    ),
                                },
                                {
                                    "indent": whole_number(0, 8),
                                    "offset": whole_number(0, 100_000),
                                    "border": BORDER,
                                },
                            ),
                        }
                    ),
                    MOST_ELEMENTS,
                )
            },
            {"block_id": string(limits.BLOCK_ID)},
        )
    }
)
