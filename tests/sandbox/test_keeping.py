"""A demo finds its workspace again; what is not ours is not overwritten unseen."""

import json
import os
from pathlib import Path

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.keeping import BadState
from sandbox.server import Sandbox
from tests.sandbox.app_manifest import manifest


async def test_the_workspace_is_found_again(tmp_path: Path) -> None:
    state = tmp_path / "data" / "workspace.json"
    async with Sandbox(manifest(), state_file=state) as sandbox:
        slack = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url)
        made = await slack.conversations_create(name="inc-1")
        posted = await slack.chat_postMessage(channel=made["channel"]["id"], text="still here")

    async with Sandbox(manifest(), state_file=state) as again:
        slack = AsyncWebClient(token=again.bot_token, base_url=again.api_url)
        card = await (await again.channel_named("inc-1")).message("still here")
        later = await slack.chat_postMessage(channel=made["channel"]["id"], text="and on")

        assert card.ts == posted["ts"]
        assert later["ts"] > posted["ts"]
        assert (await slack.auth_test())["user_id"] == posted["message"]["user"]


async def test_nothing_half_written_is_left_behind(tmp_path: Path) -> None:
    state = tmp_path / "workspace.json"
    async with Sandbox(manifest(), state_file=state):
        pass

    assert os.listdir(tmp_path) == ["workspace.json"]
    assert json.loads(state.read_text())["version"] == 2


@pytest.mark.parametrize("content", ["{", "[]", "{}", '{"version": 1}'])
def test_a_strange_file_is_refused_with_its_name(tmp_path: Path, content: str) -> None:
    state = tmp_path / "workspace.json"
    state.write_text(content)

    with pytest.raises(BadState, match=r"workspace\.json does not hold a sandbox workspace"):
        Sandbox(manifest(), state_file=state)

    assert state.read_text() == content


async def test_a_workspace_of_the_first_version_is_still_read(tmp_path: Path) -> None:
    state = tmp_path / "workspace.json"
    async with Sandbox(manifest(), state_file=state) as sandbox:
        slack = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url)
        made = await slack.conversations_create(name="inc-1")
        await slack.chat_postMessage(channel=made["channel"]["id"], text="still here")
    old = json.loads(state.read_text()) | {"version": 1}
    for table in ("files", "scheduled", "link_shares", "emoji", "read_marks"):
        del old[table]
    for row in old["messages"]:
        del row["files"]
    state.write_text(json.dumps(old))

    async with Sandbox(manifest(), state_file=state) as again:
        assert await (await again.channel_named("inc-1")).message("still here")
        slack = AsyncWebClient(token=again.bot_token, base_url=again.api_url)
        assert (await slack.files_list())["files"] == []
