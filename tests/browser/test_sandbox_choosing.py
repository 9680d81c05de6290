"""Menus, pickers and boxes in a message: each is used, and the app hears what was chosen."""

from typing import Any

from playwright.async_api import Locator, Page, expect
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.server import Sandbox
from tests.browser.acting import message
from tests.sandbox.asking import plain
from tests.sandbox.listening_app import ListeningApp

Json = dict[str, Any]


def option(label: str, value: str) -> Json:
    return {"text": plain(label) | {"emoji": True}, "value": value}


MOMENT = "2026-12-01T10:15"
TWO = [option("One", "1"), option("Two", "2")]
SELECTS: list[Json] = [
    {"type": "external_select", "min_query_length": 1},
    {"type": "users_select"},
    {"type": "channels_select"},
    {"type": "conversations_select"},
    {"type": "multi_users_select"},
]
PICKERS: list[Json] = [
    {"type": "datepicker"},
    {"type": "timepicker"},
    {"type": "datetimepicker"},
    {"type": "overflow", "options": TWO},
    {"type": "checkboxes", "options": TWO},
    {"type": "radio_buttons", "options": TWO},
]


async def show(page: Page, sandbox: Sandbox, elements: list[Json]) -> Locator:
    """A message with the elements, each called by its type; the page that shows it."""
    slack = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url)
    called = [element | {"action_id": element["type"]} for element in elements]
    blocks = [{"type": "actions", "elements": called}]
    await slack.chat_postMessage(channel="#general", text="Choose", blocks=blocks)
    await page.goto(sandbox.url)
    return message(page, "Probe").filter(has=page.locator("[data-action-id]"))


async def heard(listener: ListeningApp, number: int) -> tuple[str, Any]:
    """The element of the nth use, and what was selected in it."""
    (action,) = (await listener.hears("block_actions", number)).payload["actions"]
    (selected,) = [value for name, value in action.items() if name.startswith("selected")]
    return action["type"], selected


async def test_every_kind_of_menu_finds_and_sends_what_is_chosen(
    page: Page, sandbox: Sandbox, listener: ListeningApp
) -> None:
    found = {"options": [option("Shopfront", "shop")]}
    listener.answer_with("block_suggestion", found)
    shown = await show(page, sandbox, SELECTS)
    bob = await sandbox.person("bob").id()
    incidents = (await sandbox.channel_named("incidents")).id
    choices = {
        "external_select": ("shop", "Shopfront"),
        "users_select": ("bob", "Bob Brook"),
        "channels_select": ("inc", "#incidents"),
        "conversations_select": ("inc", "#incidents"),
        "multi_users_select": ("bob", "Bob Brook"),
    }

    for kind, (typed, label) in choices.items():
        menu = f"button[data-action-id={kind}], [data-action-id={kind}] button"
        await shown.locator(menu).first.click()
        await page.keyboard.type(typed)
        # The list moves as it grows shorter; a click beside it would close it.
        await expect(page.locator("[role=option]")).to_have_count(1)
        await page.locator("[role=option]", has_text=label).click()
    await page.keyboard.press("Escape")
    await page.get_by_test_id("composer").click()

    assert [await heard(listener, number) for number in range(1, len(choices) + 1)] == [
        ("external_select", option("Shopfront", "shop")),
        ("users_select", bob),
        ("channels_select", incidents),
        ("conversations_select", incidents),
        ("multi_users_select", [bob]),
    ]
    assert listener.heard("block_suggestion")[-1].payload["value"] == "shop"


async def test_dates_times_and_boxes_send_what_is_set(
    page: Page, sandbox: Sandbox, listener: ListeningApp
) -> None:
    shown = await show(page, sandbox, PICKERS)
    typed = {"datepicker": "2026-12-01", "timepicker": "10:15", "datetimepicker": MOMENT}

    for kind, words in typed.items():
        field = shown.locator(f"[data-action-id={kind}]")
        await field.fill(words)
        await field.blur()
    await shown.locator("[data-action-id=overflow]").click()
    await page.get_by_role("menuitem", name="Two").click()
    await shown.get_by_role("checkbox", name="Two").check()
    await shown.get_by_role("radio", name="Two").check()

    moment = await page.evaluate(f"new Date('{MOMENT}').getTime() / 1000")
    assert [await heard(listener, number) for number in range(1, 7)] == [
        ("datepicker", "2026-12-01"),
        ("timepicker", "10:15"),
        ("datetimepicker", moment),
        ("overflow", TWO[1]),
        ("checkboxes", [TWO[1]]),
        ("radio_buttons", TWO[1]),
    ]
