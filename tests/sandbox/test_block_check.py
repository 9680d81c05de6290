"""blocks.validate: what it says of blocks, messages and views, and how."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.json_types import Json
from tests.sandbox.asking import modal, plain, refused, text_input
from tests.sandbox.block_makers import actions, button, markdown, mrkdwn, section
from tests.sandbox.right_blocks import RIGHT, RIGHT_IN_MODALS

TOO_LONG = section(text=mrkdwn(3_001))


async def validate(slack: AsyncWebClient, **arguments: object) -> Json:
    return await refused(slack.api_call("blocks.validate", json=arguments))


async def test_good_blocks_are_answered_with_ok_alone(slack: AsyncWebClient) -> None:
    answer = await slack.api_call("blocks.validate", json={"blocks": [{"type": "divider"}]})

    assert answer.data == {"ok": True}


@pytest.mark.parametrize("block", [*RIGHT, *RIGHT_IN_MODALS])
async def test_blocks_of_every_surface_are_taken(slack: AsyncWebClient, block: Json) -> None:
    assert (await slack.api_call("blocks.validate", json={"blocks": [block]}))["ok"]


async def test_bad_blocks_are_listed_with_pointers_into_the_list(slack: AsyncWebClient) -> None:
    answer = await validate(slack, blocks=[{"type": "divider"}, TOO_LONG])

    assert answer == {
        "ok": False,
        "error": "invalid_blocks",
        "errors": [
            {
                "code": "failed_constraint",
                "message": "must be less than 3001 characters",
                "pointer": "/1/text/text",
                "constraint": {"type": "max_length", "expected": 3_000, "got": 3_001},
            }
        ],
    }


async def test_blocks_may_be_sent_as_a_string_of_json(slack: AsyncWebClient) -> None:
    call = slack.api_call("blocks.validate", params={"blocks": '[{"type": "banner"}]'})

    answer = await refused(call)

    assert [error["pointer"] for error in answer["errors"]] == ["/0/type"]


@pytest.mark.parametrize("arguments", [{}, {"blocks": [], "view": modal()}])
async def test_exactly_one_thing_is_looked_at(slack: AsyncWebClient, arguments: Json) -> None:
    answer = await validate(slack, **arguments)

    assert answer["error"] == "invalid_arguments"
    assert "exactly one of `blocks`, `view`, or `message`" in str(answer["response_metadata"])


async def test_what_is_not_json_is_no_argument(slack: AsyncWebClient) -> None:
    answer = await validate(slack, blocks="[")

    assert answer["error"] == "invalid_arguments"


@pytest.mark.parametrize(
    ("message", "pointer"),
    [
        ({}, ""),
        ({"text": "x", "colour": "red"}, ""),
        ({"blocks": [TOO_LONG]}, "/blocks/0/text/text"),
        ({"blocks": [section(text=mrkdwn(3_000))] * 4}, "/blocks"),
        ({"blocks": [{"type": "alert", "text": mrkdwn(1)}]}, "/blocks/0/type"),
        (
            {"text": "x", "attachments": [{"blocks": [TOO_LONG]}]},
            "/attachments/0/blocks/0/text/text",
        ),
        ({"text": "x", "attachments": [{"colour": "red"}]}, "/attachments/0"),
        ({"text": "x", "attachments": [{"fields": [{"title": "T"}]}]}, "/attachments/0/fields/0"),
        ({"text": "x", "attachments": [{"text": "x"}] * 101}, "/attachments"),
        ({"text": "x", "thread_ts": "yesterday"}, "/thread_ts"),
    ],
)
async def test_a_bad_message_is_pointed_into(
    slack: AsyncWebClient, message: Json, pointer: str
) -> None:
    answer = await validate(slack, message=message)

    assert answer["error"] == "invalid_message"
    assert [error["pointer"] for error in answer["errors"]] == [pointer]


async def test_a_message_with_old_and_new_parts_is_taken(slack: AsyncWebClient) -> None:
    attachment = {
        "fallback": "x",
        "color": "#ff0000",
        "fields": [{"title": "T", "value": "V", "short": True}],
        "actions": [{"type": "button", "name": "go", "text": "Go", "value": "1"}],
        "mrkdwn_in": ["text"],
        "ts": "1700000000",
        "blocks": [actions(button())],
    }
    message = {"text": "x", "blocks": [markdown(3)], "attachments": [attachment]}

    assert (await slack.api_call("blocks.validate", json={"message": message}))["ok"]


@pytest.mark.parametrize(
    ("view", "pointer"),
    [
        (modal(title=plain("x" * 25)), "/title/text"),
        (modal(text_input(), submit=None), ""),
        (modal(TOO_LONG), "/blocks/0/text/text"),
        ({"type": "home", "blocks": []}, "/blocks"),
        ({"type": "sheet", "blocks": [{"type": "divider"}]}, "/type"),
        (modal(id="V1"), ""),
    ],
)
async def test_a_bad_view_is_pointed_into(slack: AsyncWebClient, view: Json, pointer: str) -> None:
    answer = await validate(slack, view=view)

    assert answer["error"] == "invalid_view"
    assert [error["pointer"] for error in answer["errors"]] == [pointer]


async def test_a_good_view_is_taken(slack: AsyncWebClient) -> None:
    assert (await slack.api_call("blocks.validate", json={"view": modal(text_input())}))["ok"]
