"""How the sandbox's page looks: light, dark and on a phone, and what it never loads."""

import os
from pathlib import Path
from typing import Literal

import pytest
from playwright.async_api import Page, expect

from sandbox.server import Sandbox
from tests.browser.acting import is_wider_than_its_window, message, show_panel, type_into
from tests.browser.conftest import OpenPage, Witness

PAPER = "e => getComputedStyle(e).backgroundColor"
LIGHT, DARK = "rgb(255, 255, 255)", "rgb(24, 27, 35)"
Scheme = Literal["light", "dark"]
BACKGROUNDS: dict[Scheme, str] = {"light": LIGHT, "dark": DARK}
DEVICES = {"desktop": (1280, 800), "phone": (375, 740)}


async def picture(page: Page, name: str) -> None:
    if folder := os.environ.get("TOCSIN_SCREENSHOTS"):
        await page.wait_for_timeout(400)  # a picture should not catch an animation half-way
        await page.screenshot(path=Path(folder) / f"{name}.png")


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

    witness.excuse("tocsin.invalid")
    witness.complaints.clear()


async def test_no_inline_script_or_style_is_ever_run(page: Page, sandbox: Sandbox) -> None:
    answer = await page.goto(sandbox.url)

    assert answer is not None
    assert answer.headers["content-security-policy"].startswith("default-src 'self'")
    assert await page.locator("script:not([src]), style, [style*=url], [onclick]").count() == 0


async def test_the_look_is_switched_and_remembered(page: Page, sandbox: Sandbox) -> None:
    await page.goto(sandbox.url)
    main = page.get_by_role("main")
    before = await main.evaluate(PAPER)

    await page.get_by_role("button", name="Use the dark look").click()

    switched = await main.evaluate(PAPER)
    await page.reload()
    await expect(page.get_by_role("button", name="Use the light look")).to_be_visible()
    assert (before, switched, await main.evaluate(PAPER)) == (LIGHT, DARK, DARK)


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("scheme", BACKGROUNDS)
@pytest.mark.parametrize("device", DEVICES)
async def test_the_page_fits_the_screen_in_both_looks(
    open_page: OpenPage, sandbox: Sandbox, device: str, scheme: Scheme
) -> None:
    width, height = DEVICES[device]
    page = await open_page(width=width, height=height, scheme=scheme)
    await page.goto(sandbox.url)
    await type_into(page, "/probe card")
    await expect(message(page, "A card")).to_be_visible()
    background = await page.get_by_role("main").evaluate(PAPER)
    widths = [await is_wider_than_its_window(page)]
    await picture(page, f"sandbox-{device}-{scheme}")

    if device == "phone":
        await page.get_by_test_id("drawer-toggle").click()
        await picture(page, f"sandbox-{device}-{scheme}-drawer")
    await page.locator("[data-channel-name=incidents]").click()
    await expect(page.get_by_test_id("channel-title")).to_contain_text("incidents")
    widths.append(await is_wider_than_its_window(page))
    for tab in ("log", "faults", "clock", "settings"):
        panel = await show_panel(page, tab)
        await expect(panel).to_be_visible()
        widths.append(await is_wider_than_its_window(page))
        await picture(page, f"sandbox-{device}-{scheme}-{tab}")
        await panel.get_by_role("button", name="Close the side panel").click()

    assert background == BACKGROUNDS[scheme]
    assert not any(widths)
