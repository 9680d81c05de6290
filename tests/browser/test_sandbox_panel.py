"""The side panel of the sandbox's page: the log, faults, the clock and the settings."""

import pytest
from playwright.async_api import Page, expect
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.faults.kinds import KINDS
from sandbox.faults.rule import ALWAYS_READ
from sandbox.server import Sandbox
from tests.browser.acting import message, show_panel, type_into
from tests.browser.conftest import Witness


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
    await form.get_by_label("Error").select_option("connection_failed")

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


async def test_the_form_for_a_fault_offers_every_kind_with_the_fields_it_reads(
    page: Page, sandbox: Sandbox
) -> None:
    await page.goto(sandbox.url)
    panel = await show_panel(page, "faults")
    await panel.get_by_test_id("add-fault").click()
    form = page.get_by_test_id("fault")
    kinds = form.get_by_label("What")

    assert await kinds.locator("option").evaluate_all("all => all.map(e => e.value)") == [*KINDS]
    offered: dict[str, set[str]] = {}
    for kind in KINDS:
        if await kinds.locator(f"option[value={kind}]").is_enabled():
            await kinds.select_option(kind)
            offered[kind] = {*await form.locator("[name]").evaluate_all("a => a.map(e => e.name)")}

    assert offered == {kind: {*ALWAYS_READ, *KINDS[kind].reads} for kind in offered}
    assert {*KINDS} - {*offered} == {
        kind for kind, facts in KINDS.items() if facts.transport == "socket"
    }


async def test_a_fault_is_given_its_times_and_a_wrong_one_is_explained(
    page: Page, sandbox: Sandbox, witness: Witness
) -> None:
    await page.goto(sandbox.url)
    panel = await show_panel(page, "faults")
    await panel.get_by_test_id("add-fault").click()
    form = page.get_by_test_id("fault")
    await form.get_by_label("What").select_option("rate_limited")
    await form.get_by_label("Where").fill("views.*")
    await form.get_by_label("Retry after").fill("7")
    await form.get_by_text("When, and how often").click()
    await form.get_by_label("First one to go wrong").fill("3")
    await form.get_by_label("How often").fill("0")
    await form.get_by_label("Probability").fill("0.5")
    await form.get_by_label("From second").fill("60")
    await form.get_by_label("To second").fill("30")

    await form.get_by_test_id("fault-submit").click()
    await expect(form.get_by_role("alert")).to_contain_text("to_second")
    await form.get_by_label("To second").fill("90")
    await form.get_by_test_id("fault-submit").click()

    faults = panel.get_by_test_id("faults")
    await expect(faults).to_contain_text("50 % of the times · from second 60 to 90")
    (rule,) = sandbox.world.faults.listed()
    given = {"target": "views.*", "kind": "rate_limited", "retry_after": 7, "nth": 3, "times": 0}
    assert given | {"probability": 0.5, "to_second": 90} == {
        name: rule[name] for name in (*given, "probability", "to_second")
    }
    witness.excuse("400")


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
