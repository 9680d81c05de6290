"""Blocks that Slack refuses, each with the place where it is wrong."""

from sandbox.json_types import Json
from tests.sandbox.asking import plain, text_input
from tests.sandbox.block_makers import (
    actions,
    button,
    card,
    container,
    context_actions,
    data_table,
    entry,
    feedback,
    icon_button,
    image,
    mrkdwn,
    option,
    raw,
    rich_text,
    section,
    select,
    table,
    task,
    video,
)

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
    "an alert in a message": ({"type": "alert", "text": mrkdwn(1)}, "/blocks/0/type"),
    "a file that an app writes": (
        {"type": "file", "external_id": "x", "source": "remote"},
        "/blocks/0/type",
    ),
    "an alert in a container": (
        container(child_blocks=[{"type": "alert", "text": mrkdwn(1)}]),
        "/blocks/0/child_blocks/0/type",
    ),
    "an empty card": ({"type": "card", "subtitle": mrkdwn(1)}, "/blocks/0"),
    "plain text on a card": (card(title=plain("x")), "/blocks/0/title/type"),
    "a select on a card": (card(actions=[select()]), "/blocks/0/actions/0/type"),
    "a carousel of sections": (
        {"type": "carousel", "elements": [section(text=mrkdwn(1))]},
        "/blocks/0/elements/0/type",
    ),
    "a container without a title": (
        {"type": "container", "child_blocks": [{"type": "divider"}]},
        "/blocks/0",
    ),
    "a container in a container": (
        container(child_blocks=[container()]),
        "/blocks/0/child_blocks/0/type",
    ),
    "a folded container that does not fold": (
        container(default_collapsed=True),
        "/blocks/0/default_collapsed",
    ),
    "a folding container with a line below its head": (
        container(is_collapsible=True, has_header_divider=True),
        "/blocks/0/has_header_divider",
    ),
    "a repeated action id inside a container": (
        container(child_blocks=[actions(button(), button())]),
        "/blocks/0/child_blocks/0/elements/1/action_id",
    ),
    "a repeated block id inside a container": (
        container(block_id="a", child_blocks=[{"type": "divider", "block_id": "a"}]),
        "/blocks/0/child_blocks/0/block_id",
    ),
    "a button among context actions": (
        context_actions(button()),
        "/blocks/0/elements/0/type",
    ),
    "an icon nobody knows": (
        context_actions(icon_button(icon="skull")),
        "/blocks/0/elements/0/icon",
    ),
    "half an opinion": (
        context_actions({**feedback(), "negative_button": None}),
        "/blocks/0/elements/0",
    ),
    "a data table of one row": (data_table(rows=1), "/blocks/0/rows"),
    "a data table without a caption": (data_table(caption=None), "/blocks/0"),
    "a data table of uneven rows": (
        data_table(rows=2) | {"rows": [[raw("a"), raw("b")], [raw("c")]]},
        "/blocks/0/rows/1",
    ),
    "rich text in the head of a data table": (
        data_table() | {"rows": [[rich_text()], [raw("a")]]},
        "/blocks/0/rows/0/0/type",
    ),
    "a data table headed by a column it does not have": (
        data_table(row_header_column_index=1),
        "/blocks/0/row_header_column_index",
    ),
    "a number that is a text": (
        table() | {"rows": [[{"type": "raw_number", "text": "1", "value": "1"}]]},
        "/blocks/0/rows/0/0/value",
    ),
    "an empty cell": (table() | {"rows": [[raw("")]]}, "/blocks/0/rows/0/0/text"),
    "a column aligned nowhere": (
        table(column_settings=[{"align": "middle"}]),
        "/blocks/0/column_settings/0/align",
    ),
    "a video that is not encrypted": (
        video(video_url="http://example.com/v"),
        "/blocks/0/video_url",
    ),
    "a task in no state": (task(status="done"), "/blocks/0/status"),
    "a plan of sections": (
        {"type": "plan", "title": "Plan", "tasks": [section(text=mrkdwn(1))]},
        "/blocks/0/tasks/0/type",
    ),
    "a source that is no address": (
        task(sources=[{"type": "text", "text": "x"}]),
        "/blocks/0/sources/0/type",
    ),
    "a workflow button without a workflow": (
        actions({"type": "workflow_button", "text": plain("Go")}),
        "/blocks/0/elements/0",
    ),
    "files asked for in a message": (entry("file_input"), "/blocks/0/element/type"),
    "lines in the wrong order": (
        entry("rich_text_input", min_lines=5, max_lines=4),
        "/blocks/0/element/min_lines",
    ),
    "numbers in the wrong order": (
        entry("number_input", is_decimal_allowed=True, min_value="5", max_value="4.5"),
        "/blocks/0/element/min_value",
    ),
    "a mention in preformatted text": (
        {
            "type": "rich_text",
            "elements": [
                {"type": "rich_text_preformatted", "elements": [{"type": "user", "user_id": "U1"}]}
            ],
        },
        "/blocks/0/elements/0/elements/0/type",
    ),
    "a broadcast to nobody": (
        rich_text({"type": "broadcast", "range": "all"}),
        "/blocks/0/elements/0/elements/0/range",
    ),
    "a date without a format": (
        rich_text({"type": "date", "timestamp": 1_700_000_000}),
        "/blocks/0/elements/0/elements/0",
    ),
    "a picture from two places": (image(slack_file={"id": "F1"}), "/blocks/0"),
    "a file named twice": (
        {"type": "image", "alt_text": "x", "slack_file": {"id": "F1", "url": "https://x.test"}},
        "/blocks/0/slack_file",
    ),
}
