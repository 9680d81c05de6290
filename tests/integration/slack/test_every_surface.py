"""Nothing that people reach in Slack is without a conversation in which they reach for it."""

import ast
from pathlib import Path

import pytest

from tests.integration.slack.stage import staged
from tests.integration.slack.surface_table import TABLE
from tests.integration.slack.surfaces import recorded, typed_and_reminded

HERE = Path(__file__).parent


async def test_everything_that_people_reach_is_reached_for_in_a_conversation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    registered = recorded(monkeypatch)

    async with staged(tmp_path):
        pass

    named = {
        f"{kind} {surface}"
        for kind, rows in TABLE.items()
        for surfaces in rows.values()
        for surface in surfaces.split()
    }
    assert named == registered | typed_and_reminded()


def test_the_conversations_that_are_named_are_held() -> None:
    rows = {conversation for rows in TABLE.values() for conversation in rows}

    held = {
        f"{path.name}::{node.name}"
        for path in HERE.glob("test_*.py")
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.AsyncFunctionDef)
    }

    assert sorted(rows - held) == []
