"""Arguments are flags, numbers, texts and lists, each within its bounds; nothing else passes."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from sandbox.json_types import Json
from tests.sandbox.right_calls import RIGHT_CALLS
from tests.sandbox.stage import Stage, staged


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as stage:
        yield stage


@pytest.fixture
async def bare() -> AsyncIterator[Stage]:
    async with staged(furnished=False) as stage:
        yield stage


async def codes(stage: Stage) -> set[str]:
    return {found["code"] for found in await stage.sandbox.findings()}


@pytest.mark.parametrize("word", ["1", "true", True, 1])
async def test_yes_has_these_forms(bare: Stage, word: Any) -> None:
    made = await bare.post("conversations.create", json={"name": "secret", "is_private": word})

    assert made["channel"]["is_private"]


@pytest.mark.parametrize("word", ["0", "false", False, 0])
async def test_no_has_these_forms(bare: Stage, word: Any) -> None:
    made = await bare.post("conversations.create", json={"name": "open", "is_private": word})

    assert not made["channel"]["is_private"]


@pytest.mark.parametrize("word", ["yes", "True", "on", "2", 2, 0.5, [], {}])
async def test_anything_else_is_neither_yes_nor_no(bare: Stage, word: Any) -> None:
    answer = await bare.post("conversations.create", json={"name": "x", "is_private": word})

    assert answer["error"] == "invalid_arguments"
    assert answer["response_metadata"]["messages"] == [
        "[ERROR] must be a boolean [json-pointer:/is_private]"
    ]


OUT_OF_BOUNDS: list[tuple[str, Json, str, str]] = [
    ("bookmarks.edit", {"title": "t" * 257}, "invalid_arguments", "over_limit"),
    ("bookmarks.edit", {"link": "https://" + "x" * 2_041}, "invalid_link", "over_limit"),
    ("bookmarks.add", {"access_level": "admin"}, "invalid_arguments", "invalid_content"),
    ("blocks.validate", {"blocks": "x" * 100_001}, "invalid_blocks", "over_limit"),
    ("chat.scheduleMessage", {"parse": "loose"}, "invalid_arguments", "invalid_content"),
    ("chat.scheduleMessage", {"post_at": "soon"}, "invalid_time", ""),
    ("chat.unfurl", {"source": "mail"}, "invalid_source", ""),
    ("conversations.list", {"limit": "many"}, "invalid_limit", ""),
    ("conversations.replies", {"limit": "1001"}, "invalid_arguments", "over_limit"),
    ("conversations.replies", {"limit": "0"}, "invalid_arguments", "over_limit"),
    ("files.getUploadURLExternal", {"length": "0"}, "missing_argument", "over_limit"),
]


@pytest.mark.parametrize(("method", "change", "error", "code"), OUT_OF_BOUNDS)
async def test_an_argument_out_of_bounds_is_refused_and_noted(
    stage: Stage, method: str, change: Json, error: str, code: str
) -> None:
    answer = await stage.call(method, **{**RIGHT_CALLS[method](stage), **change})

    assert answer["error"] == error
    assert code in {"", *await codes(stage)}


async def test_a_text_is_no_list_and_no_mapping(stage: Stage) -> None:
    wrong: tuple[Any, ...] = ([], {}, ["x"], True)
    for text in wrong:
        answer = await stage.post("chat.postMessage", json={"channel": stage["room"], "text": text})

        assert answer["error"] == "invalid_arguments", text


async def test_an_argument_nobody_knows_is_noted_and_left_aside(stage: Stage) -> None:
    await stage.done("users.list", colour="red")
    await stage.done("api.test", colour="red")

    found = [one for one in await stage.sandbox.findings() if one["code"] == "unknown_argument"]
    assert [(one["where"], one["argument"]) for one in found] == [("users.list", "colour")]
