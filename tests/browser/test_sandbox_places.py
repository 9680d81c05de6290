"""Channels, people and conversations in the sandbox's page."""

import asyncio

from playwright.async_api import Page, Route, expect

from sandbox.server import Sandbox
from tests.browser.acting import act_as, choose_from, message, type_into
from tests.browser.conftest import OpenPage, Witness


async def test_other_people_find_the_channel_unread_and_the_message_in_it(
    page: Page, open_page: OpenPage, sandbox: Sandbox
) -> None:
    elsewhere = await open_page()
    await elsewhere.goto(sandbox.url)
    await act_as(elsewhere, "Bob")
    await elsewhere.locator("[data-channel-name=incidents]").click()
    await page.goto(sandbox.url)

    await type_into(page, "Is anybody there?")

    await expect(elsewhere.get_by_role("button", name="general, 1 unread")).to_be_visible()
    await type_into(page, "I mean you, @bob")
    unread = elsewhere.get_by_role("button", name="general, 2 unread, 1 mention")
    await elsewhere.reload()
    await unread.click()
    await expect(message(elsewhere, "Is anybody there?")).to_contain_text("Alice Archer")
    await expect(elsewhere.get_by_test_id("new-line")).to_be_visible()
    await expect(elsewhere.get_by_role("button", name="general", exact=True)).to_be_visible()


async def test_a_direct_message_is_counted_for_the_person_one_acts_as(
    page: Page, sandbox: Sandbox
) -> None:
    await page.goto(sandbox.url)
    await choose_from(page, page.get_by_test_id("new-direct"), "Bob Brook")
    await expect(page.get_by_test_id("channel-title")).to_contain_text("Bob Brook")
    await type_into(page, "Between us")
    await expect(message(page, "Between us")).to_be_visible()

    await act_as(page, "Carol")
    await expect(page.get_by_test_id("channel-title")).to_contain_text("general")
    await expect(page.get_by_test_id("direct")).to_have_count(0)
    await act_as(page, "Bob")

    await page.get_by_role("button", name="Alice Archer, 1 unread").click()
    await expect(message(page, "Between us")).to_be_visible()


async def test_a_conversation_that_is_slow_to_open_is_not_opened_for_somebody_else(
    page: Page, sandbox: Sandbox
) -> None:
    asked, opened = asyncio.Event(), asyncio.Event()

    async def slowly(route: Route) -> None:
        asked.set()
        await opened.wait()
        await route.continue_()

    await page.route("**/act/open_dm", slowly)
    await page.goto(sandbox.url)
    await choose_from(page, page.get_by_test_id("new-direct"), "Bob Brook")
    await asked.wait()

    await act_as(page, "Carol")
    async with page.expect_response("**/act/open_dm"):
        opened.set()
    await type_into(page, "Where am I?")

    await expect(message(page, "Where am I?")).to_be_visible()
    await expect(page.get_by_test_id("channel-title")).to_contain_text("general")


async def test_several_people_share_a_conversation(page: Page, sandbox: Sandbox) -> None:
    await page.goto(sandbox.url)
    await choose_from(page, page.get_by_test_id("new-direct"), "Several people")
    form = page.get_by_test_id("group-direct")
    await form.get_by_label("Bob Brook").check()
    await form.get_by_label("Carol Cole").check()
    await form.get_by_test_id("group-direct-submit").click()

    await expect(page.get_by_test_id("channel-title")).to_contain_text("Bob Brook, Carol Cole")
    await type_into(page, "All three of us")
    await page.locator("[data-channel-name=general]").click()
    await act_as(page, "Carol")
    await page.get_by_role("button", name="Alice Archer, Bob Brook, 1 unread").click()
    await expect(message(page, "All three of us")).to_be_visible()


async def test_a_private_channel_is_created_found_and_hidden_from_others(
    page: Page, sandbox: Sandbox, witness: Witness
) -> None:
    await page.goto(sandbox.url)
    await choose_from(page, page.get_by_test_id("add-channels"), "Create a channel")
    form = page.get_by_test_id("create-channel")
    await form.get_by_test_id("create-channel-submit").click()
    await expect(form.get_by_text("Please fill in this field.")).to_be_visible()
    await form.get_by_label("Name").fill("general")
    await form.get_by_test_id("create-channel-submit").click()
    await expect(form.get_by_role("alert")).to_contain_text("general")

    await form.get_by_label("Name").fill("War room")
    await form.get_by_label("Make it private").check()
    await form.get_by_test_id("create-channel-submit").click()

    await expect(page.get_by_test_id("channel-title")).to_have_text("war-room")
    await expect(page.get_by_role("button", name="war-room, private")).to_be_visible()
    await act_as(page, "Bob")
    await expect(page.get_by_test_id("channel-title")).to_have_text("general")
    await expect(page.locator("[data-channel-name=war-room]")).to_have_count(0)
    witness.excuse("409")


async def test_channels_are_browsed_left_and_joined(page: Page, sandbox: Sandbox) -> None:
    await page.goto(sandbox.url)
    await act_as(page, "Bob")
    await choose_from(page, page.get_by_test_id("add-channels"), "Browse channels")
    browse = page.get_by_test_id("browse")

    await browse.get_by_label("Search channels").fill("inc")
    await browse.get_by_role("button", name="Leave incidents").click()
    await expect(browse.get_by_role("button", name="Join incidents")).to_be_visible()
    await browse.get_by_role("button", name="View incidents").click()

    await page.get_by_role("button", name="Join channel").click()
    await expect(page.get_by_label("Message #incidents")).to_be_visible()
    await expect(message(page, "joined").last).to_contain_text("Bob Brook")


async def test_topic_bookmarks_and_members_are_changed_in_the_head(
    page: Page, sandbox: Sandbox, witness: Witness
) -> None:
    await page.goto(sandbox.url)

    await page.get_by_test_id("topic").click()
    await page.get_by_label("Topic").last.fill("Ask @bob <first>")
    await page.get_by_test_id("edit-topic-submit").click()
    await expect(page.get_by_test_id("topic")).to_have_text("Ask @bob <first>")
    await choose_from(page, page.get_by_test_id("channel-more"), "Add a bookmark")
    form = page.get_by_test_id("bookmark")
    await form.get_by_label("Link").fill("ftp://example.com")
    await form.get_by_label("Name").fill("Status page")
    await form.get_by_test_id("bookmark-submit").click()
    await expect(form.get_by_role("alert")).to_contain_text("http")
    await form.get_by_label("Link").fill("https://example.com/status")
    await form.get_by_test_id("bookmark-submit").click()
    bookmarks = page.get_by_test_id("bookmarks")
    await expect(bookmarks.get_by_role("link", name="Status page")).to_be_visible()
    await page.get_by_test_id("people-button").click()
    await page.get_by_role("button", name="Add Probe").click()

    await expect(page.get_by_role("button", name="4 members")).to_be_visible()
    await bookmarks.get_by_role("button", name="Remove the bookmark Status page").click()
    await expect(bookmarks).to_have_count(0)
    witness.excuse("400")


async def test_a_reload_keeps_the_place_and_the_person(page: Page, sandbox: Sandbox) -> None:
    await page.goto(sandbox.url)
    await act_as(page, "Bob")
    await page.locator("[data-channel-name=incidents]").click()
    await expect(page.get_by_test_id("channel-title")).to_contain_text("incidents")

    await page.reload()

    await expect(page.get_by_test_id("channel-title")).to_contain_text("incidents")
    await expect(page.get_by_test_id("act-as").locator("option:checked")).to_contain_text("Bob")


async def test_who_was_deactivated_keeps_the_name_but_is_nobody_to_choose(
    page: Page, sandbox: Sandbox
) -> None:
    bob = sandbox.person("bob")
    await page.goto(sandbox.url)
    await act_as(page, "Bob")
    await type_into(page, "My last words")
    await expect(message(page, "My last words")).to_be_visible()

    await bob.is_deactivated()

    await expect(page.get_by_test_id("act-as")).not_to_contain_text("Bob")
    await expect(page.get_by_test_id("act-as").locator("option:checked")).to_contain_text("Alice")
    await expect(message(page, "My last words")).to_contain_text("Bob Brook")
    await page.get_by_test_id("new-direct").click()
    await expect(page.get_by_role("menuitem", name="Carol Cole")).to_be_visible()
    await expect(page.get_by_role("menuitem", name="Bob Brook")).to_have_count(0)
