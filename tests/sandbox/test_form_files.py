"""Files that people put into forms, from the field to the app."""

from base64 import b64encode

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.conversation.control import SandboxRefused
from sandbox.conversation.person import Person
from sandbox.json_types import Json
from sandbox.server import Sandbox
from tests.sandbox.asking import modal
from tests.sandbox.block_makers import named_input
from tests.sandbox.listening_app import ListeningApp
from tests.sandbox.triggers import trigger_of


async def attach(sandbox: Sandbox, alice: Person, view: Json, name: str) -> Json:
    answer = await sandbox.control.act(
        "attach",
        user=await alice.id(),
        view_id=view["id"],
        block_id="b",
        action_id="field",
        name=name,
        content=b64encode(b"Hello").decode(),
    )
    return dict(answer["file"])


async def test_files_put_into_a_form_reach_the_app_with_it(
    app: ListeningApp, slack: AsyncWebClient, alice: Person, sandbox: Sandbox
) -> None:
    block = named_input({"type": "file_input", "filetypes": ["txt"], "max_files": 1})
    trigger = await trigger_of(app, alice)
    view = (await slack.views_open(trigger_id=trigger, view=modal(block)))["view"]
    file = await attach(sandbox, alice, view, "note.txt")

    values = {"b": {"field": {"type": "file_input", "files": [{"id": file["id"]}]}}}
    await sandbox.control.act("submit", user=await alice.id(), view_id=view["id"], values=values)

    sent = app.heard("view_submission")[0].payload["view"]["state"]["values"]["b"]["field"]
    assert [(one["id"], one["name"], one["size"]) for one in sent["files"]] == [
        (file["id"], "note.txt", 5)
    ]


async def test_a_form_takes_only_files_of_its_types_and_number(
    app: ListeningApp, slack: AsyncWebClient, alice: Person, sandbox: Sandbox
) -> None:
    block = named_input({"type": "file_input", "filetypes": ["txt"], "max_files": 1})
    trigger = await trigger_of(app, alice)
    view = (await slack.views_open(trigger_id=trigger, view=modal(block)))["view"]
    files = [await attach(sandbox, alice, view, f"{name}.txt") for name in "ab"]

    with pytest.raises(SandboxRefused, match="Only files of these types"):
        await attach(sandbox, alice, view, "picture.png")
    values = {"b": {"field": {"type": "file_input", "files": files}}}
    answer = await sandbox.control.act(
        "submit", user=await alice.id(), view_id=view["id"], values=values
    )

    assert answer["errors"] == {"b": "Please choose at most 1 files."}
