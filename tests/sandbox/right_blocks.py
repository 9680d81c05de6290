"""Blocks that Slack takes, of every type and with every part."""

from sandbox.json_types import Json
from tests.sandbox.asking import plain
from tests.sandbox.block_makers import (
    actions,
    button,
    card,
    carousel,
    container,
    context_actions,
    data_table,
    entry,
    feedback,
    icon_button,
    image,
    markdown,
    mrkdwn,
    option,
    overflow,
    raw,
    rich_text,
    section,
    select,
    table,
    task,
    video,
    words,
    workflow_button,
)

CONFIRM: Json = {
    "title": plain("Sure?"),
    "text": plain("It cannot be undone."),
    "confirm": plain("Yes"),
    "deny": plain("No"),
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
    actions(
        workflow_button(),
        {"type": "rich_text_input", "action_id": "rt", "initial_value": rich_text()},
    ),
    context_actions(feedback(), icon_button(action_id="i", confirm=CONFIRM)),
    card(
        hero_image=image(),
        icon=image(),
        title=mrkdwn(3),
        subtitle=mrkdwn(3),
        actions=[button()],
    ),
    carousel(2),
    container(
        title=None,
        rich_text_title=rich_text(),
        subtitle=mrkdwn(3),
        icon=image(),
        width="wide",
        is_collapsible=True,
        default_collapsed=True,
        child_blocks=[
            section(text=mrkdwn(1)),
            {"type": "file", "external_id": "x", "source": "remote"},
            table(),
            entry("plain_text_input"),
        ],
    ),
    table(
        rows=2,
        columns=2,
        column_settings=[{"align": "right", "is_wrapped": True}],
    ),
    {
        "type": "table",
        "rows": [[raw("a"), {"type": "raw_number", "text": "1.5", "value": 1.5}, rich_text()]],
    },
    data_table(rows=3, columns=2, page_size=1, row_header_column_index=1),
    markdown(3),
    {"type": "plan", "title": "Plan", "tasks": [task()]},
    task(
        details=rich_text(),
        output=rich_text(),
        sources=[{"type": "url", "url": "https://example.com", "text": "Example"}],
    ),
    video(
        author_name="Somebody",
        provider_name="Example",
        provider_icon_url="https://example.com/i.png",
        title_url="https://example.com/t",
        description=plain("About"),
    ),
    rich_text(
        {"type": "usergroup", "usergroup_id": "S1"},
        {"type": "team", "team_id": "T1"},
        {"type": "channel", "channel_id": "C1", "style": {"bold": True}},
        {"type": "broadcast", "range": "here"},
        {"type": "color", "value": "#ff0000"},
        {
            "type": "date",
            "timestamp": 1_700_000_000,
            "format": "{date}",
            "fallback": "A day",
            "url": "https://example.com",
        },
    ),
    {
        "type": "rich_text",
        "elements": [
            {"type": "rich_text_quote", "border": 1, "elements": []},
            {
                "type": "rich_text_list",
                "style": "ordered",
                "indent": 2,
                "elements": [{"type": "rich_text_section", "elements": []}],
            },
        ],
    },
    image() | {"title": plain("Title")},
    {"type": "image", "alt_text": "x", "slack_file": {"id": "F1"}},
    entry("email_text_input", initial_value="a@example.com"),
    entry("url_text_input", initial_value="https://example.com"),
    entry("number_input", is_decimal_allowed=False, min_value="1", max_value="9"),
]

# Blocks and elements that stand in modals alone.
RIGHT_IN_MODALS: list[Json] = [
    {"type": "alert", "text": mrkdwn(1), "level": "error"},
    entry("file_input", filetypes=["png"], max_files=1),
]
