"""The message box of the sandbox's page: what it suggests, and what it refuses."""

from playwright.async_api import Page, expect

from sandbox.server import Sandbox
from tests.browser.acting import message, type_into


async def test_a_slash_offers_the_commands_of_the_manifest_and_how_to_use_them(
    page: Page, sandbox: Sandbox
) -> None:
    await page.goto(sandbox.url)
    composer = page.get_by_test_id("composer")

    await composer.press_sequentially("/pr")
    offered = page.get_by_test_id("suggestions").get_by_role("option")
    await expect(offered).to_have_count(2)
    await expect(offered.first).to_contain_text("/probe card | form")
    await composer.press("ArrowDown")
    await composer.press("Tab")
    await expect(composer).to_have_value("/product ")
    await composer.fill("/probe c")

    hint = page.get_by_role("main").get_by_test_id("usage-hint")
    await expect(hint).to_contain_text("card | form")
    await composer.fill("Hello")
    await expect(hint).to_be_hidden()


async def test_people_channels_and_emoji_are_suggested(page: Page, sandbox: Sandbox) -> None:
    await page.goto(sandbox.url)
    composer = page.get_by_test_id("composer")

    for typed in ("Ask @brook", "in #inci", ":white_che"):
        await composer.press_sequentially(typed)
        await expect(page.get_by_test_id("suggestions")).to_be_visible()
        await composer.press("Enter")

    await expect(composer).to_have_value("Ask @bob in #incidents :white_check_mark: ")
    await composer.press("Enter")
    sent = message(page, "Ask @Bob Brook in #incidents ✅")
    await sent.get_by_role("link", name="#incidents").click()
    await expect(page.get_by_test_id("channel-title")).to_have_text("incidents")


async def test_a_command_nobody_knows_stays_in_the_box(page: Page, sandbox: Sandbox) -> None:
    await page.goto(sandbox.url)

    await type_into(page, "/nonsense now")

    await expect(page.get_by_test_id("toast")).to_contain_text("/nonsense is not a valid command")
    await expect(page.get_by_test_id("composer")).to_have_value("/nonsense now")
