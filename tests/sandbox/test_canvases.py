"""Canvases: written in a channel's tab or by themselves, changed, shared, and forbidden."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from sandbox.conversation.room import Room
from sandbox.facts import limits
from tests.sandbox.stage import Stage, staged

PLAN = {"type": "markdown", "markdown": "# Plan\n\nFirst we look."}


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as stage:
        yield stage


async def room_of(stage: Stage) -> Room:
    return await stage.sandbox.channel_named("room")


async def in_channel(stage: Stage) -> dict[str, Any]:
    wanted = {"channel_id": stage["room"], "title": "Plan", "document_content": PLAN}
    return await stage.call("conversations.canvases.create", **wanted)


async def test_whoever_is_in_a_channel_reads_the_canvas_of_its_tab(stage: Stage) -> None:
    answer = await in_channel(stage)

    assert answer["ok"]
    assert await (await room_of(stage)).canvas("First we look.") == PLAN["markdown"]


async def test_a_channel_has_one_canvas_of_its_own(stage: Stage) -> None:
    await in_channel(stage)

    assert (await in_channel(stage))["error"] == "channel_canvas_already_exists"


async def test_what_is_known_of_a_channel_names_its_canvas(stage: Stage) -> None:
    before = (await stage.done("conversations.info", channel=stage["room"]))["channel"]
    id = (await in_channel(stage))["canvas_id"]

    channel = (await stage.done("conversations.info", channel=stage["room"]))["channel"]

    assert "properties" not in before
    assert channel["properties"]["canvas"]["file_id"] == id
    assert [tab["data"]["file_id"] for tab in channel["properties"]["tabs"]] == [id]


async def test_a_canvas_by_itself_is_seen_in_a_channel_once_it_may_be(stage: Stage) -> None:
    id = (await stage.done("canvases.create", document_content=PLAN))["canvas_id"]
    before = (await room_of(stage)).wire["canvases"]

    await stage.done(
        "canvases.access.set", canvas_id=id, access_level="read", channel_ids=stage["room"]
    )

    assert before == []
    assert await (await room_of(stage)).canvas("First we look.")


async def test_a_canvas_is_as_long_as_it_may_be_and_no_longer(stage: Stage) -> None:
    longest = {"type": "markdown", "markdown": "x" * limits.CANVAS_CHARACTERS}
    longer = {"type": "markdown", "markdown": "x" * (limits.CANVAS_CHARACTERS + 1)}

    made = await stage.done("canvases.create", document_content=longest)
    wanted = {"canvas_id": made["canvas_id"]}
    more = [
        {"operation": "insert_at_end", "document_content": {"type": "markdown", "markdown": "y"}}
    ]
    refused = await stage.call("canvases.create", document_content=longer)
    grown = await stage.call("canvases.edit", changes=more, **wanted)

    assert not refused["ok"]
    assert grown["error"] == "canvas_too_large"


@pytest.mark.parametrize(
    ("operation", "said"),
    [("replace", "New"), ("insert_at_start", "New\n\nOld"), ("insert_at_end", "Old\n\nNew")],
)
async def test_a_canvas_is_changed_as_a_whole(stage: Stage, operation: str, said: str) -> None:
    old = {"type": "markdown", "markdown": "Old"}
    wanted = {"channel_id": stage["room"], "document_content": old}
    id = (await stage.done("conversations.canvases.create", **wanted))["canvas_id"]
    new = {"type": "markdown", "markdown": "New"}

    await stage.done(
        "canvases.edit",
        canvas_id=id,
        changes=[{"operation": operation, "document_content": new}],
    )

    assert await (await room_of(stage)).canvas("New") == said


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ([], "canvas_editing_failed"),
        ([{"operation": "fold"}], "canvas_editing_failed"),
        ([{"operation": "replace", "section_id": "temp:C:1"}], "canvas_editing_failed"),
        ([{"operation": "replace", "document_content": {"type": "html"}}], "canvas_editing_failed"),
    ],
)
async def test_a_change_that_is_none_is_refused(stage: Stage, changes: Any, error: str) -> None:
    answer = await stage.call("canvases.edit", canvas_id=stage["canvas"], changes=changes)

    assert answer["error"] == error


async def test_a_deleted_canvas_is_gone(stage: Stage) -> None:
    await stage.done("canvases.delete", canvas_id=stage["canvas"])

    answer = await stage.call("canvases.delete", canvas_id=stage["canvas"])

    assert answer["error"] == "canvas_not_found"


async def test_without_a_paid_plan_there_are_canvases_in_channels_only(stage: Stage) -> None:
    await stage.sandbox.settings(is_paid=False)

    alone = await stage.call("canvases.create", document_content=PLAN)
    first, second = await in_channel(stage), await in_channel(stage)

    assert alone["error"] == "free_teams_cannot_create_standalone_canvases"
    assert first["ok"]
    assert second["error"] == "free_team_canvas_tab_already_exists"


async def test_a_workspace_may_have_no_canvases_at_all(stage: Stage) -> None:
    await stage.sandbox.settings(canvases=False)

    answers = [
        await in_channel(stage),
        await stage.call("canvases.create"),
        await stage.call("canvases.delete", canvas_id=stage["canvas"]),
    ]

    assert [answer["error"] for answer in answers] == [
        "canvas_disabled_user_team",
        "canvas_disabled_user_team",
        "canvas_deleting_disabled",
    ]
