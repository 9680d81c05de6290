"""A snapshot with one wrong value is refused by the place of that value, and changes nothing."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.clock import Clock
from sandbox.conversation.control import SandboxRefused
from sandbox.conversation.person import Person
from sandbox.conversation.room import Room
from sandbox.json_types import Json
from sandbox.keeping import BadState
from sandbox.model.snapshot import restore
from sandbox.server import Sandbox
from tests.sandbox.app_manifest import manifest
from tests.sandbox.everything import Everything, full_manifest
from tests.sandbox.listening_app import ListeningApp

WRONG: list[tuple[str, Any, str]] = [
    ("stacks", None, "stacks is an object"),
    ("stacks", {"U1": "V1"}, "stacks.U1 is a list"),
    ("stacks", {"U1": ["V1"]}, "stacks.U1 names V1, which is not among the views"),
    ("homes", {"U1": "V1"}, "homes names V1"),
    ("users", [], "team.bot_user_id names .*, which is not among the users"),
    ("users", {}, "users is a list"),
    ("users/0", None, r"users\[0\] is an object"),
    ("users/0/real_name", 1, r"users\[0\]\.real_name is a text"),
    ("users/0/is_bot", 0, r"users\[0\]\.is_bot is true or false"),
    ("users/0/updated", True, r"users\[0\]\.updated is a whole number"),
    ("users/0/colour", "red", r"users\[0\] has no colour"),
    ("channels/0/topic", "War", r"channels\[0\]\.topic is an object"),
    ("channels/0/topic/value", None, r"channels\[0\]\.topic\.value is a text"),
    ("channels/0/members", ["U404"], r"channels\.C\w+\.members names U404"),
    ("channels/0/members", [1], r"channels\[0\]\.members\[0\] is a text"),
    ("messages", None, "messages is a list"),
    ("messages/0/channel", "C404", r"messages\[0\]\.channel names C404"),
    ("messages/0/ts", "soon", r"messages\[0\]\.ts is a time"),
    ("messages/0/blocks", ["x"], r"messages\[0\]\.blocks\[0\] is an object"),
    ("messages/0/edited", 1, r"messages\[0\]\.edited is an object or null"),
    ("messages/0/files", ["F404"], r"messages\[0\]\.files names F404"),
    ("messages/0/reactions", [{"name": "eyes"}], r"messages\[0\]\.reactions\[0\] needs users"),
    ("team", {}, "team needs id"),
    ("seed", "1", "seed is a whole number"),
    ("ids", None, "ids is a whole number"),
    ("last_ts", 1.5, "last_ts is a whole number"),
    ("emoji", {"party": 1}, "emoji.party is a text"),
    ("read_marks", [["C1", "U1"]], r"read_marks\[0\] is a channel, a person and a time"),
]


def changed(state: Json, path: str, value: Any) -> Json:
    copy: Any = json.loads(json.dumps(state))
    *way, last = (int(part) if part.isdecimal() else part for part in path.split("/"))
    place = copy
    for part in way:
        place = place[part]
    place[last] = value
    return dict(copy)


def places(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every value in a snapshot with the way to it."""
    inside = value.items() if isinstance(value, dict) else enumerate(value)
    for name, part in inside:
        yield f"{path}/{name}".strip("/"), part
        if isinstance(part, dict | list):
            yield from places(part, f"{path}/{name}")


@pytest.fixture
async def state(sandbox: Sandbox, alice: Person, general: Room) -> Json:
    await alice.types(general, "Hello")
    return await sandbox.snapshot()


async def test_a_wrong_value_is_refused_by_its_place(sandbox: Sandbox, state: Json) -> None:
    for path, value, sentence in WRONG:
        with pytest.raises(SandboxRefused, match=f"invalid_snapshot: .*{sentence}") as refused:
            await sandbox.restore(changed(state, path, value))
        assert str(refused.value).endswith(".")

    assert await sandbox.snapshot() == state


async def test_nothing_is_of_another_type_than_it_was(sandbox: Sandbox, state: Json) -> None:
    workspace, before = sandbox.world.workspace, dict(vars(sandbox.world.workspace))
    # What blocks and the like hold is the app's, and was looked at when it came.
    ours = [(path, part) for path, part in places(state) if "/blocks/" not in f"/{path}/0/"]

    for path, part in ours:
        other = 1 if isinstance(part, str | dict | list | bool) else "text"
        if path.endswith(("edited", "metadata")):
            other = "text"
        if path.split("/")[-2:-1] == ["extra"]:
            continue
        with pytest.raises(ValueError, match=r"\w"):
            restore(workspace, changed(state, path, other))

    assert vars(workspace) == before


async def test_the_app_finds_itself_after_a_refused_restore(
    sandbox: Sandbox, slack: AsyncWebClient, state: Json
) -> None:
    with pytest.raises(SandboxRefused, match="users"):
        await sandbox.restore(changed(state, "users", []))

    assert (await slack.auth_test())["ok"]
    assert (await slack.users_list())["ok"]


async def test_a_file_with_a_wrong_value_is_refused_by_its_place(
    tmp_path: Path, state: Json
) -> None:
    file = tmp_path / "workspace.json"
    file.write_text(json.dumps(changed(state, "users/0/name", None)))

    with pytest.raises(BadState, match=r"workspace\.json does not hold .*: users\[0\]\.name is a"):
        Sandbox(manifest(), state_file=file)


async def test_a_workspace_in_which_everything_happened_comes_back_whole() -> None:
    app = ListeningApp()
    await app.start()
    async with Sandbox(full_manifest(), clock=Clock("virtual"), app_url=app.url) as sandbox:
        client = AsyncWebClient(
            token=sandbox.bot_token, base_url=sandbox.api_url, retry_handlers=[]
        )
        life = Everything(sandbox, app, client)
        for part in (life.conversation, life.channels, life.marks, life.people, life.presses):
            await part()
        state = await sandbox.snapshot()

        await sandbox.restore(state)

        assert await sandbox.snapshot() == state
    await app.stop()
