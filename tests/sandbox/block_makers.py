"""Blocks and elements with just what they need, to which tests add what they are about."""

from typing import Any

from sandbox.json_types import Json
from tests.sandbox.asking import plain

PICTURE: Json = {"image_url": "https://example.com/a.png", "alt_text": "A picture"}


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


def options(count: int) -> list[Json]:
    return [option(number) for number in range(count)]


def select(**parts: Any) -> Json:
    return {"type": "static_select", "action_id": "s", "options": [option()], **parts}


def group(**parts: Any) -> Json:
    return {"label": plain("Group"), "options": [option()], **parts}


def grouped(*groups: Json) -> Json:
    return {"type": "static_select", "action_id": "s", "option_groups": list(groups)}


def confirm(**parts: Any) -> Json:
    dialog = {"title": plain("T"), "text": plain("x"), "confirm": plain("Y"), "deny": plain("N")}
    return button(confirm={**dialog, **parts})


def section(**parts: Any) -> Json:
    return {"type": "section", **parts}


def overflow(count: int) -> Json:
    return {"type": "overflow", "action_id": "o", "options": options(count)}


def choice(kind: str, count: int) -> Json:
    return {"type": kind, "action_id": "c", "options": options(count)}


def image(**parts: Any) -> Json:
    return {"type": "image", **PICTURE, **parts}


def numbered(count: int) -> list[Json]:
    return [button(action_id=f"b{number}") for number in range(count)]


def entry(kind: str, **parts: Any) -> Json:
    """An input block around one element."""
    return {
        "type": "input",
        "label": plain("Field"),
        "element": {"type": kind, "action_id": "field", **parts},
    }


def rich_text(*elements: Json) -> Json:
    inside = list(elements) or [{"type": "text", "text": "x"}]
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": inside}]}


def raw(text: str) -> Json:
    return {"type": "raw_text", "text": text}


def table(rows: int = 1, columns: int = 1, **parts: Any) -> Json:
    return {"type": "table", "rows": [[raw("x")] * columns for _ in range(rows)], **parts}


def data_table(rows: int = 2, columns: int = 1, **parts: Any) -> Json:
    cells = [[raw("x")] * columns for _ in range(rows)]
    return {"type": "data_table", "caption": "Data", "rows": cells, **parts}


def card(**parts: Any) -> Json:
    return {"type": "card", "body": mrkdwn(1), **parts}


def carousel(count: int) -> Json:
    return {"type": "carousel", "elements": [card()] * count}


def container(**parts: Any) -> Json:
    inside = [{"type": "divider"}]
    return {"type": "container", "title": plain("T"), "child_blocks": inside, **parts}


def context_actions(*elements: Json) -> Json:
    return {"type": "context_actions", "elements": list(elements)}


def icon_button(**parts: Any) -> Json:
    return {"type": "icon_button", "icon": "trash", "text": plain("Delete"), **parts}


def feedback(**parts: Any) -> Json:
    good = {"text": plain("Good"), "value": "good"}
    bad = {"text": plain("Bad"), "value": "bad"}
    return {
        "type": "feedback_buttons",
        "action_id": "f",
        "positive_button": {**good, **parts},
        "negative_button": bad,
    }


def workflow_button(**parts: Any) -> Json:
    trigger = {"url": "https://slack.com/shortcuts/Ft1/a"}
    return {
        "type": "workflow_button",
        "action_id": "w",
        "text": plain("Start"),
        "workflow": {"trigger": trigger},
        **parts,
    }


def video(**parts: Any) -> Json:
    return {
        "type": "video",
        "alt_text": "A video",
        "title": plain("Video"),
        "thumbnail_url": "https://example.com/v.png",
        "video_url": "https://example.com/v",
        **parts,
    }


def task(**parts: Any) -> Json:
    return {
        "type": "task_card",
        "task_id": "t1",
        "title": "Look into it",
        "status": "in_progress",
        **parts,
    }


def markdown(length: int) -> Json:
    return {"type": "markdown", "text": "x" * length}


def named_input(element: Json) -> Json:
    """An input called b around an element called field."""
    return {
        "type": "input",
        "block_id": "b",
        "label": plain("Field"),
        "element": {"action_id": "field", **element},
    }
