"""Modals upon modals in the sandbox's page: pushed, closed one by one, changed under the pen."""

from typing import Any

import pytest
from playwright.async_api import Page, expect
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.server import Sandbox
from tests.sandbox.asking import plain
from tests.sandbox.listening_app import ListeningApp

Json = dict[str, Any]


def view(name: str) -> Json:
    field = {"type": "plain_text_input", "action_id": "words"}
    return {
        "type": "modal",
        "callback_id": name,
        "title": plain(name),
        "submit": plain("Go on"),
        "close": plain("Back"),
        "notify_on_close": True,
        "blocks": [
            {"type": "input", "block_id": "b", "label": plain(f"Of the {name}"), "element": field}
        ],
    }


@pytest.fixture
def slack(sandbox: Sandbox) -> AsyncWebClient:
    return AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url)


async def open_first(sandbox: Sandbox, slack: AsyncWebClient) -> str:
    alice = await sandbox.person("alice").id()
    opened = await slack.views_open(
        trigger_id=sandbox.world.triggers.issue(alice), view=view("first")
    )
    name: str = opened["view"]["id"]
    return name


async def push(sandbox: Sandbox, slack: AsyncWebClient, name: str) -> None:
    alice = await sandbox.person("alice").id()
    below = sandbox.world.workspace.stack_of(alice)[-1].id
    await slack.views_push(trigger_id=sandbox.world.triggers.issue(alice, below), view=view(name))


@pytest.mark.usefixtures("listener")
async def test_going_back_uncovers_each_modal_with_the_words_typed_into_it(
    page: Page, sandbox: Sandbox, slack: AsyncWebClient
) -> None:
    await page.goto(sandbox.url)
    modal = page.get_by_test_id("modal")
    await open_first(sandbox, slack)
    await modal.get_by_label("Of the first").fill("kept")
    await push(sandbox, slack, "second")
    await modal.get_by_label("Of the second").fill("kept too")
    await push(sandbox, slack, "third")
    await expect(modal.get_by_label("Of the third")).to_be_visible()

    await modal.get_by_role("button", name="Back").click()
    await expect(modal.get_by_label("Of the second")).to_have_value("kept too")
    await modal.get_by_role("button", name="Back").click()
    await expect(modal.get_by_label("Of the first")).to_have_value("kept")
    await modal.get_by_role("button", name="Back").click()

    await expect(modal).to_have_count(0)


@pytest.mark.usefixtures("listener")
async def test_an_update_changes_the_modal_and_keeps_what_is_being_typed(
    page: Page, sandbox: Sandbox, slack: AsyncWebClient
) -> None:
    await page.goto(sandbox.url)
    modal = page.get_by_test_id("modal")
    opened = await open_first(sandbox, slack)
    await modal.get_by_label("Of the first").fill("half a sen")

    await slack.views_update(view_id=opened, view=view("changed"))

    await expect(modal.get_by_label("Of the changed")).to_have_value("half a sen")
    await page.keyboard.type("tence")
    await expect(modal.get_by_label("Of the changed")).to_have_value("half a sentence")


async def test_an_answer_pushes_another_modal_and_the_cross_closes_all(
    page: Page, sandbox: Sandbox, slack: AsyncWebClient, listener: ListeningApp
) -> None:
    listener.answer_with("view_submission", {"response_action": "push", "view": view("pushed")})
    await page.goto(sandbox.url)
    modal = page.get_by_test_id("modal")
    await open_first(sandbox, slack)
    await modal.get_by_label("Of the first").fill("On")

    await modal.get_by_test_id("modal-submit").click()
    await expect(modal.get_by_label("Of the pushed")).to_be_visible()
    await modal.get_by_role("button", name="Close this dialog").click()

    await expect(modal).to_have_count(0)
    await sandbox.settled()
    closed = [told.payload for told in listener.heard("view_closed")]
    assert [(one["view"]["callback_id"], one["is_cleared"]) for one in closed] == [
        ("pushed", True),
        ("first", True),
    ]
