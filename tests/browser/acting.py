"""What a person does in the sandbox's page, in the words of the tests."""

from playwright.async_api import Locator, Page


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


async def choose_from(page: Page, button: Locator, item: str) -> None:
    """Open a menu and take one of its items."""
    await button.click()
    await page.get_by_role("menuitem", name=item).click()


async def more_of(page: Page, said: Locator, item: str) -> None:
    """Something from the menu of a message."""
    await said.hover()
    await choose_from(page, said.get_by_test_id("message-more"), item)


async def show_panel(page: Page, tab: str) -> Locator:
    """The side panel, open at one of its tabs."""
    await page.get_by_test_id("side-panel-toggle").click()
    await page.get_by_test_id(f"tab-{tab}").click()
    return page.get_by_test_id("side-panel")


async def is_wider_than_its_window(page: Page) -> bool:
    return bool(await page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))
