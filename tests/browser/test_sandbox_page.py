"""The sandbox's page, in a real browser, with a small app behind it."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from playwright.async_api import Locator, Page, expect
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.model import posting
from sandbox.server import Sandbox
from tests.browser.conftest import OpenPage, Witness
from tests.browser.probe_app import MANIFEST, TOO_SHORT, ProbeApp, slack_route


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(MANIFEST) as running:
        yield running


@pytest.fixture
async def app(sandbox: Sandbox) -> AsyncIterator[ProbeApp]:
    client = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url)
    bolt = AsyncApp(client=client, signing_secret=sandbox.signing_secret)
    probe = ProbeApp(client)
    probe.register(bolt)
    runner = web.AppRunner(slack_route(bolt), shutdown_timeout=0.5)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    sandbox.app_url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield probe
    await sandbox.settled()
    await runner.cleanup()


async def type_into(page: Page, text: str) -> None:
    composer = page.get_by_test_id("composer")
    await composer.fill(text)
    await composer.press("Enter")


async def act_as(page: Page, name: str) -> None:
    option = page.get_by_test_id("act-as").locator("option", has_text=name)
    value = await option.get_attribute("value")
    await page.get_by_test_id("act-as").select_option(value)


def message(page: Page, text: str) -> Locator:
    return page.get_by_test_id("message").filter(has_text=text)


async def is_wider_than_its_window(page: Page) -> bool:
    return bool(await page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))


async def test_the_page_shows_the_workspace_without_a_complaint(
    page: Page, sandbox: Sandbox, witness: Witness
) -> None:
    await page.goto(sandbox.url)

    await expect(page.get_by_test_id("channel-title")).to_contain_text("general")
    await expect(page.locator("[data-channel-name=incidents]")).to_be_visible()
    await expect(page.get_by_test_id("act-as")).to_be_visible()
    assert witness.complaints == []


async def test_a_request_to_another_host_is_refused_and_noticed(
    page: Page, sandbox: Sandbox, witness: Witness
) -> None:
    await page.goto(sandbox.url)

    await page.evaluate("fetch('http://tocsin.invalid/').catch(() => console.error('gone'))")
    await page.wait_for_function("() => true")

    assert any("tocsin.invalid" in complaint for complaint in witness.complaints)
    witness.complaints.clear()


async def test_a_posted_message_appears_and_is_never_run(page: Page, sandbox: Sandbox) -> None:
    await page.goto(sandbox.url)

    await type_into(page, "*Hello* <img src=x onerror=alert(1)> @bob")

    posted = message(page, "Hello")
    await expect(posted).to_contain_text("<img src=x onerror=alert(1)> @Bob Brook")
    await expect(posted.locator("strong")).to_have_text("Hello")
    await expect(posted.locator("img")).to_have_count(0)


async def test_other_people_find_the_channel_unread_and_the_message_in_it(
    page: Page, open_page: OpenPage, sandbox: Sandbox
) -> None:
    elsewhere = await open_page()
    await elsewhere.goto(sandbox.url)
    await act_as(elsewhere, "Bob")
    await elsewhere.locator("[data-channel-name=incidents]").click()
    await page.goto(sandbox.url)

    await type_into(page, "Is anybody there?")

    unread = elsewhere.get_by_role("button", name="general, 1 unread")
    await unread.click()
    await expect(message(elsewhere, "Is anybody there?")).to_contain_text("Alice Archer")
    await expect(elsewhere.get_by_test_id("new-line")).to_be_visible()


async def test_a_block_the_page_does_not_know_is_shown_as_json(
    page: Page, sandbox: Sandbox
) -> None:
    workspace = sandbox.world.workspace
    general = (await sandbox.channel_named("general")).id
    block = {"type": "hologram", "block_id": "h", "depth": "<b>three</b>"}
    draft = posting.Draft(channel=general, user="U1", text="From the future", blocks=(block,))
    posting.post(workspace, draft)

    await page.goto(sandbox.url)

    raw = page.get_by_test_id("raw-block")
    await expect(raw).to_contain_text("cannot draw a block of type “hologram”")
    await expect(raw).to_contain_text('"depth": "<b>three</b>"')


@pytest.mark.usefixtures("app")
async def test_an_ephemeral_answer_is_seen_by_its_person_only(page: Page, sandbox: Sandbox) -> None:
    await page.goto(sandbox.url)

    await type_into(page, "/probe whisper")

    whisper = message(page, "This is between us.")
    await expect(whisper).to_contain_text("Only visible to you")
    await act_as(page, "Bob")
    await expect(page.get_by_test_id("composer")).to_be_visible()
    await expect(whisper).to_have_count(0)


async def test_a_slash_offers_the_commands_of_the_manifest(page: Page, sandbox: Sandbox) -> None:
    await page.goto(sandbox.url)
    composer = page.get_by_test_id("composer")

    await composer.press_sequentially("/pr")
    await composer.press("ArrowDown")
    await composer.press("Tab")

    await expect(composer).to_have_value("/product ")


@pytest.mark.usefixtures("app")
async def test_a_modal_shows_the_apps_error_at_its_field_and_then_accepts(
    page: Page, sandbox: Sandbox
) -> None:
    await page.goto(sandbox.url)
    await type_into(page, "/probe form")
    modal = page.get_by_test_id("modal")
    await modal.get_by_label("Name").fill("abc")
    await modal.get_by_label("Size").click()
    await modal.get_by_role("option", name="Large").click()

    await modal.get_by_test_id("modal-submit").click()

    await expect(modal.get_by_text(TOO_SHORT)).to_be_visible()
    await expect(modal.get_by_label("Name")).to_have_value("abc")
    await modal.get_by_label("Name").fill("abcdef")
    await modal.get_by_test_id("modal-submit").click()
    await expect(modal).to_have_count(0)
    await expect(message(page, "Saved abcdef, large.")).to_be_visible()


@pytest.mark.usefixtures("app")
async def test_a_modal_asks_for_what_is_required_and_escape_closes_it(
    page: Page, sandbox: Sandbox
) -> None:
    await page.goto(sandbox.url)
    await type_into(page, "/probe form")
    modal = page.get_by_test_id("modal")

    await modal.get_by_test_id("modal-submit").click()

    complaints = modal.get_by_text("Please complete this required field.")
    await expect(complaints).to_have_count(2)
    await expect(modal.get_by_label("Name")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(modal).to_have_count(0)
    await expect(page.get_by_test_id("composer")).to_be_focused()


async def test_a_confirmation_can_be_declined_and_given(
    page: Page, sandbox: Sandbox, app: ProbeApp
) -> None:
    await page.goto(sandbox.url)
    await type_into(page, "/probe card")
    destroy = page.get_by_role("button", name="Destroy")

    await destroy.click()
    await page.get_by_test_id("confirm-cancel").click()
    await page.get_by_role("button", name="Press me").click()
    await expect(message(page, "press was pressed.")).to_be_visible()
    declined = list(app.pressed)
    await destroy.click()
    await page.get_by_test_id("confirm-ok").click()
    await expect(message(page, "destroy was pressed.")).to_be_visible()

    assert declined == ["press"]
    assert app.pressed == ["press", "destroy"]


@pytest.mark.usefixtures("app")
async def test_a_command_that_fails_is_told_in_a_toast(page: Page, sandbox: Sandbox) -> None:
    await page.goto(sandbox.url)

    await type_into(page, "/probe nothing it knows")

    await expect(page.get_by_test_id("toast")).to_be_visible()
    await expect(message(page, "/probe failed with the error")).to_be_visible()


async def test_a_thread_is_opened_replied_to_and_counted(page: Page, sandbox: Sandbox) -> None:
    await page.goto(sandbox.url)
    await type_into(page, "Who is on it?")
    question = message(page, "Who is on it?")
    await question.hover()
    await question.get_by_role("button", name="Reply in thread").click()

    await page.get_by_test_id("thread-composer").fill("I am.")
    await page.get_by_test_id("thread-send").click()

    await expect(page.get_by_test_id("thread-message").filter(has_text="I am.")).to_be_visible()
    await expect(question.get_by_test_id("thread-count")).to_have_text("1 reply")
    await expect(message(page, "I am.")).to_have_count(0)


async def test_a_message_is_pinned_and_reacted_to(page: Page, sandbox: Sandbox) -> None:
    await page.goto(sandbox.url)
    await type_into(page, "Remember this")
    note = message(page, "Remember this").first

    await note.hover()
    await note.get_by_role("button", name="Pin message").click()
    await expect(page.get_by_test_id("pins-button")).to_have_text("1 pinned")
    await note.hover()
    await note.get_by_role("button", name="Add reaction").click()
    await page.get_by_role("button", name="eyes", exact=True).click()

    await expect(note.get_by_test_id("reactions")).to_contain_text("1")
    await expect(note).to_contain_text("Pinned")


@pytest.mark.usefixtures("app")
async def test_shortcuts_are_in_the_composer_and_on_messages(page: Page, sandbox: Sandbox) -> None:
    await page.goto(sandbox.url)
    await type_into(page, "Say that again")
    await message(page, "Say that again").hover()
    await page.get_by_test_id("message-more").click()

    await page.get_by_role("menuitem", name="Echo it").click()

    await expect(message(page, "Echo: Say that again")).to_be_visible()
    await page.get_by_test_id("shortcuts").click()
    await page.get_by_role("menuitem", name="Open the form").click()
    await expect(page.get_by_test_id("modal")).to_contain_text("A form")


@pytest.mark.usefixtures("app")
async def test_the_home_tab_is_published_when_it_is_opened(page: Page, sandbox: Sandbox) -> None:
    await page.goto(sandbox.url)

    await page.get_by_test_id("app-home").click()

    await expect(page.get_by_test_id("home")).to_contain_text("Welcome home")


@pytest.mark.usefixtures("app")
async def test_the_side_panel_lists_deliveries_and_calls(page: Page, sandbox: Sandbox) -> None:
    await page.goto(sandbox.url)
    await page.get_by_test_id("side-panel-toggle").click()

    await type_into(page, "/probe card")

    panel = page.get_by_test_id("side-panel")
    await expect(panel).to_contain_text("/probe card")
    await expect(panel).to_contain_text("chat.postMessage")


@pytest.mark.usefixtures("app")
async def test_the_page_fits_a_phone_in_the_dark(open_page: OpenPage, sandbox: Sandbox) -> None:
    page = await open_page(width=375, height=740, scheme="dark")
    await page.goto(sandbox.url)
    await type_into(page, "/probe card")
    await expect(message(page, "A card")).to_be_visible()

    background = await page.get_by_role("main").evaluate("e => getComputedStyle(e).backgroundColor")
    too_wide = await is_wider_than_its_window(page)
    await page.get_by_test_id("drawer-toggle").click()

    assert background == "rgb(24, 27, 35)"
    assert not too_wide
    await page.locator("[data-channel-name=incidents]").click()
    await expect(page.get_by_test_id("channel-title")).to_contain_text("incidents")
    assert not await is_wider_than_its_window(page)
