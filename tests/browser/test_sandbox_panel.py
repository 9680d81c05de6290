"""The side panel of the sandbox's page: the log, faults, the clock and the settings."""

import pytest
from playwright.async_api import Page, expect
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.server import Sandbox
from tests.browser.acting import message, show_panel, type_into


@pytest.mark.usefixtures("app")
async def test_the_log_lists_what_went_over_the_wire_and_can_be_searched(
    page: Page, sandbox: Sandbox
) -> None:
    await page.goto(sandbox.url)
    panel = await show_panel(page, "log")

    await type_into(page, "/probe card")

    log = panel.get_by_test_id("log")
    await expect(log).to_contain_text("/probe card")
    call = log.get_by_role("listitem").filter(has_text="chat.postMessage")
    await expect(call).to_contain_text("ms")
    await panel.get_by_test_id("filter-deliveries").click()
    await expect(call).to_have_count(0)
    await panel.get_by_test_id("filter-calls").click()
    await panel.get_by_test_id("log-search").fill("POSTmessage")
    await expect(log.get_by_role("listitem")).to_have_count(1)
    await call.locator("summary").click()
    await expect(call.locator("pre")).to_contain_text('"method": "chat.postMessage"')
    await expect(call.get_by_test_id("copy-json")).to_be_visible()


async def test_a_finding_is_counted_in_the_top_bar_and_explained_in_the_log(
    page: Page, sandbox: Sandbox
) -> None:
    sandbox.expects("broadcast")
    slack = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url)
    await page.goto(sandbox.url)
    general = (await sandbox.channel_named("general")).id

    await slack.chat_postMessage(channel=general, text="<!channel> wake up")

    toggle = page.get_by_role("button", name="What the sandbox saw, 1 finding")
    await expect(toggle).to_be_visible()
    panel = await show_panel(page, "log")
    await panel.get_by_test_id("filter-findings").click()
    await expect(panel.get_by_test_id("log")).to_contain_text("would notify everybody")


@pytest.mark.usefixtures("app")
async def test_a_fault_is_added_strikes_and_is_cleared(page: Page, sandbox: Sandbox) -> None:
    await page.goto(sandbox.url)
    panel = await show_panel(page, "faults")
    await panel.get_by_test_id("add-fault").click()
    form = page.get_by_test_id("fault")
    await form.get_by_label("Where").fill("delivery:command")
    await form.get_by_label("What").select_option("undelivered")
    await form.get_by_label("Error").fill("connection_failed")

    await form.get_by_test_id("fault-submit").click()

    faults = panel.get_by_test_id("faults")
    await expect(faults).to_contain_text("delivery:command")
    await type_into(page, "/probe card")
    await expect(page.get_by_test_id("toast")).to_be_visible()
    await panel.get_by_test_id("tab-clock").click()
    await panel.get_by_test_id("tab-faults").click()
    await expect(faults).to_contain_text("struck 1 of 1")
    await panel.get_by_test_id("clear-faults").click()
    await expect(faults).to_contain_text("No faults")
    await type_into(page, "/probe card")
    await expect(message(page, "A card")).to_be_visible()


async def test_the_clock_is_moved_by_steps_and_by_the_slider(page: Page, sandbox: Sandbox) -> None:
    await page.goto(sandbox.url)
    before = sandbox.clock.seconds()
    panel = await show_panel(page, "clock")

    await panel.get_by_role("button", name="+ 1 hour").click()
    await expect(panel.get_by_role("button", name="+ 3 seconds")).to_be_visible()
    await panel.get_by_label("How far to move the clock").fill("9")
    await expect(panel.locator("output")).to_have_text("4 hours")
    async with page.expect_response("**/clock/advance"):
        await panel.get_by_test_id("clock-advance").click()

    assert sandbox.clock.seconds() - before >= 5 * 3600


async def test_settings_show_and_change_how_strict_the_sandbox_is(
    page: Page, sandbox: Sandbox
) -> None:
    await page.goto(sandbox.url)
    panel = await show_panel(page, "settings")
    await expect(panel.get_by_label("Rate limits")).to_have_value("off")

    async with page.expect_response("**/_sandbox/settings"):
        await panel.get_by_label("Rate limits").select_option("harsh")
    await panel.get_by_role("button", name="Add a person").click()
    form = page.get_by_test_id("person")
    await form.get_by_label("Short name").fill("dana")
    await form.get_by_label("Full name").fill("Dana Dale")
    await form.get_by_test_id("person-submit").click()

    await expect(page.get_by_test_id("act-as")).to_contain_text("Dana Dale")
    await expect(page.get_by_test_id("form-dialog")).to_have_count(0)
    assert sandbox.world.limiter.profile == "harsh"
