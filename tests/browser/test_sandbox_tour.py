"""The first steps in the sandbox's page: suggested by the host, ticked off, put away."""

import pytest
from playwright.async_api import Page, expect

from sandbox.server import Sandbox
from tests.browser.acting import message, type_into


@pytest.mark.usefixtures("app")
async def test_a_step_is_tried_ticked_off_and_remembered(page: Page, sandbox: Sandbox) -> None:
    await page.goto(sandbox.url)
    steps = page.get_by_test_id("first-steps")
    await expect(steps).to_contain_text("First steps · 0 of 5")

    await steps.get_by_role("button", name="Try it: /probe").click()
    await expect(page.get_by_test_id("composer")).to_have_value("/probe ")
    await expect(page.get_by_test_id("composer")).to_be_focused()
    await type_into(page, "/probe card")
    await message(page, "A card").get_by_role("button", name="Press me").click()

    await expect(steps).to_contain_text("First steps · 2 of 5")
    await page.reload()
    await expect(steps).to_contain_text("First steps · 2 of 5")
    await page.get_by_test_id("first-steps-dismiss").click()
    await page.reload()
    await expect(page.get_by_test_id("channel-title")).to_be_visible()
    await expect(steps).to_be_hidden()
