"""Blocks inside blocks: named, found and pressed like any other."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.conversation.card import Card
from sandbox.conversation.person import Person
from sandbox.conversation.room import Room
from sandbox.json_types import Json
from tests.sandbox.asking import plain
from tests.sandbox.block_makers import (
    actions,
    button,
    card,
    container,
    context_actions,
    feedback,
    icon_button,
    task,
)
from tests.sandbox.listening_app import ListeningApp

INNER = button(action_id="inner", text=plain("Inner"), value="7")


async def posted(slack: AsyncWebClient, room: Room, *blocks: Json) -> Card:
    await slack.chat_postMessage(channel=room.id, text="Nested", blocks=list(blocks))
    return await room.message("Nested")


@pytest.mark.parametrize(
    ("block", "path"),
    [
        (container(child_blocks=[actions(INNER)]), "child_blocks"),
        ({"type": "carousel", "elements": [card(actions=[INNER])]}, "elements"),
    ],
)
async def test_a_button_inside_another_block_names_the_inner_block(
    app: ListeningApp, slack: AsyncWebClient, room: Room, alice: Person, block: Json, path: str
) -> None:
    message = await posted(slack, room, block)

    await alice.clicks(message, "Inner")

    (action,) = app.heard("block_actions")[0].payload["actions"]
    (inner,) = message.blocks[0][path]
    assert action["block_id"] == inner["block_id"] != message.blocks[0]["block_id"]
    assert (action["action_id"], action["value"]) == ("inner", "7")


async def test_every_block_of_a_plan_has_a_name(slack: AsyncWebClient, room: Room) -> None:
    plan = {"type": "plan", "title": "Plan", "tasks": [task(), task(task_id="t2")]}

    message = await posted(slack, room, plan)

    (shown,) = message.blocks
    names = [shown["block_id"], *(one["block_id"] for one in shown["tasks"])]
    assert len(set(names)) == 3


async def test_an_icon_is_pressed_by_its_words(
    app: ListeningApp, slack: AsyncWebClient, room: Room, alice: Person
) -> None:
    message = await posted(slack, room, context_actions(feedback(), icon_button(value="9")))

    await alice.clicks(message, "Delete")

    (action,) = app.heard("block_actions")[0].payload["actions"]
    assert (action["type"], action["value"]) == ("icon_button", "9")
