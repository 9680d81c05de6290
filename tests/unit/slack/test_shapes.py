"""What Slack says of a channel, in the shapes in which it comes."""

from typing import Any

import pytest

from bot.slack.shapes import channel_from


def canvas_tab(id: str) -> dict[str, Any]:
    return {"id": f"Ct{id}", "label": "Plan", "type": "canvas", "data": {"file_id": id}}


@pytest.mark.parametrize(
    ("properties", "canvases"),
    [
        (None, set()),
        ({"tabs": [{"id": "files", "type": "files", "label": ""}]}, set()),
        ({"canvas": {"file_id": "F1", "is_empty": False}}, {"F1"}),
        ({"tabs": [canvas_tab("F2"), canvas_tab("F3")]}, {"F2", "F3"}),
        ({"canvas": {"file_id": "F1"}, "tabs": [canvas_tab("F1"), canvas_tab("F2")]}, {"F1", "F2"}),
        ({"canvas": {"file_id": "F1", "is_empty": True}, "tabs": [canvas_tab("F1")]}, set()),
    ],
)
def test_the_canvases_of_a_channel_are_named_beside_its_tabs_or_among_them(
    properties: dict[str, Any] | None, canvases: set[str]
) -> None:
    known = {} if properties is None else {"properties": properties}

    channel = channel_from({"id": "C1", "name": "general", **known})

    assert channel.canvases == canvases
