"""Nothing that people reach in Slack is without a conversation in which they reach for it.

That they truly do is looked at as each of these conversations is held."""

import ast
from pathlib import Path

import pytest

from tests.integration.slack.stage import staged
from tests.integration.slack.surface_table import TABLE
from tests.integration.slack.surfaces import overheard, said_of, typed_and_reminded

HERE = Path(__file__).parent
CONVERSATIONS = {conversation for rows in TABLE.values() for conversation in rows}


async def test_everything_that_people_reach_is_reached_for_in_a_conversation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = overheard(monkeypatch)

    async with staged(tmp_path):
        pass

    named = {surface for conversation in CONVERSATIONS for surface in said_of(conversation)}
    assert named == heard.registered | typed_and_reminded()


async def test_only_what_somebody_reached_for_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = overheard(monkeypatch)

    async with staged(tmp_path) as stage:
        general = await stage.room("general")
        await stage.alice.types(general, "/incident list")
        await stage.alice.ephemeral(general, "No incident is active")
        await stage.alice.types(general, "/incident severity awful")
        await stage.alice.ephemeral(general, "“awful” is not a severity")
        await stage.alice.types(general, "/incident")
        form = await (await stage.alice.modal()).containing("What is wrong?")
        answer = await form.submit()

    assert answer["errors"]
    assert heard.reached == {"command /incident", "/incident list"}


def test_the_conversations_that_are_named_are_held() -> None:
    held = {
        f"{path.name}::{node.name}"
        for path in HERE.glob("test_*.py")
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.AsyncFunctionDef)
    }

    assert sorted(CONVERSATIONS - held) == []
