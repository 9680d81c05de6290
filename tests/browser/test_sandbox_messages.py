"""Messages in the sandbox's page, and what one does with them."""

import pytest
from playwright.async_api import Page, expect
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.model import posting
from sandbox.model.messages import Draft
from sandbox.server import Sandbox
from tests.browser.acting import act_as, message, more_of, type_into


async def test_a_posted_message_appears_and_is_never_run(page: Page, sandbox: Sandbox) -> None:
    await page.goto(sandbox.url)

    await type_into(page, "*Hello* <img src=x onerror=alert(1)> @bob")

    posted = message(page, "Hello")
    await expect(posted).to_contain_text("<img src=x onerror=alert(1)> @Bob Brook")
    await expect(posted.locator("strong")).to_have_text("Hello")
    await expect(posted.locator("img")).to_have_count(0)


async def test_a_block_the_page_does_not_know_is_shown_as_json(
    page: Page, sandbox: Sandbox
) -> None:
    general = (await sandbox.channel_named("general")).id
    block = {"type": "hologram", "block_id": "h", "depth": "<b>three</b>"}
    draft = Draft(channel=general, user="U1", text="From the future", blocks=(block,))
    posting.post(sandbox.world.workspace, draft)

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


async def test_a_thread_is_opened_replied_to_and_summed_up(page: Page, sandbox: Sandbox) -> None:
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
    await page.reload()
    await expect(page.get_by_test_id("thread-message").filter(has_text="I am.")).to_be_visible()


async def test_a_reply_that_is_also_sent_to_the_channel_stands_in_both(
    page: Page, sandbox: Sandbox
) -> None:
    await page.goto(sandbox.url)
    await type_into(page, "Who is on it?")
    question = message(page, "Who is on it?")
    await question.hover()
    await question.get_by_role("button", name="Reply in thread").click()
    await page.get_by_test_id("thread-composer").fill("Solved it, all of you.")
    await page.get_by_label("Also send to the channel").check()

    await page.get_by_test_id("thread-send").click()

    await expect(message(page, "Solved it, all of you.")).to_have_count(1)
    await expect(page.get_by_test_id("thread-message").last).to_contain_text("Solved it")
    await expect(page.get_by_label("Also send to the channel")).not_to_be_checked()


async def test_a_message_with_a_name_and_an_emoji_of_its_own_is_shown_under_them(
    page: Page, sandbox: Sandbox
) -> None:
    general = (await sandbox.channel_named("general")).id
    said = Draft(
        channel=general,
        user=sandbox.world.workspace.team.bot_user_id,
        text="Smoke in the kitchen",
        username="Fire alarm",
        subtype="bot_message",
        extra={"icons": {"emoji": ":fire:"}},
    )
    posting.post(sandbox.world.workspace, said)

    await page.goto(sandbox.url)

    alarm = message(page, "Smoke in the kitchen")
    await expect(alarm).to_contain_text("Fire alarm")
    await expect(alarm.locator(".avatar")).to_have_text("🔥")


async def test_reactions_and_pins_are_added_shown_and_taken_away(
    page: Page, sandbox: Sandbox
) -> None:
    await page.goto(sandbox.url)
    await type_into(page, "Remember this")
    note = message(page, "Remember this").first

    await note.hover()
    await note.get_by_role("button", name="Pin message").click()
    await expect(page.get_by_test_id("pins-button")).to_have_text("1 pinned")
    await note.hover()
    await note.get_by_role("button", name="Add reaction").click()
    await page.get_by_role("button", name="eyes", exact=True).click()
    await act_as(page, "Bob")
    await note.get_by_role("button", name="eyes, 1: Alice Archer").click()

    both = note.get_by_role("button", name="eyes, 2: Alice Archer, Bob Brook")
    await both.click()
    await expect(note.get_by_role("button", name="eyes, 1: Alice Archer")).to_be_visible()
    await expect(note).to_contain_text("Pinned")
    await page.get_by_test_id("pins-button").click()
    await page.get_by_test_id("pins").get_by_role("button", name="Remember this").click()
    await expect(note).to_be_focused()


async def test_only_ones_own_messages_can_be_edited_and_deleted(
    page: Page, sandbox: Sandbox
) -> None:
    await page.goto(sandbox.url)
    await type_into(page, "Ceckout is down @bob")
    said = page.get_by_test_id("message").last

    await more_of(page, said, "Edit message")
    field = page.get_by_test_id("edit-field")
    await expect(field).to_have_value("Ceckout is down @bob")
    await field.fill("Checkout is down @bob")
    await field.press("Enter")

    await expect(said).to_contain_text("Checkout is down @Bob Brook (edited)")
    await act_as(page, "Bob")
    await said.hover()
    await said.get_by_test_id("message-more").click()
    await expect(page.get_by_role("menuitem", name="Copy link")).to_be_visible()
    await expect(page.get_by_role("menuitem", name="Delete message")).to_have_count(0)
    await page.keyboard.press("Escape")
    await act_as(page, "Alice")
    await more_of(page, said, "Delete message")
    await page.get_by_test_id("confirm-ok").click()
    await expect(message(page, "Checkout is down")).to_have_count(0)


async def test_attachments_and_files_are_shown_with_what_they_carry(
    page: Page, sandbox: Sandbox
) -> None:
    slack = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url)
    attachment = {
        "color": "#c22d45",
        "title": "Checkout dashboard",
        "title_link": "https://example.com/checkout",
        "text": "Errors at *12 %*",
        "fields": [{"title": "Region", "value": "eu-1", "short": True}],
        "footer": "Unfurled",
    }
    general = (await sandbox.channel_named("general")).id
    await sandbox.person("alice").invites(general, sandbox.world.workspace.team.bot_user_id)

    await slack.chat_postMessage(channel=general, text="A link", attachments=[attachment])
    await slack.files_upload_v2(channel=general, filename="log.txt", content="line one\nline two")
    await page.goto(sandbox.url)

    unfurled = message(page, "A link")
    await expect(unfurled.get_by_role("link", name="Checkout dashboard")).to_be_visible()
    await expect(unfurled).to_contain_text("Region")
    await expect(unfurled.locator("strong", has_text="12 %")).to_be_visible()
    file = page.get_by_test_id("file")
    await expect(file).to_contain_text("17 bytes")
    await expect(file.get_by_test_id("file-preview")).to_contain_text("line two")
    async with page.expect_download() as downloading:
        await file.get_by_role("link", name="Download log.txt").click()
    assert (await downloading.value).suggested_filename == "log.txt"


async def test_people_share_files_and_a_scheduled_message_waits_for_its_time(
    page: Page, sandbox: Sandbox
) -> None:
    slack = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url)
    general = (await sandbox.channel_named("general")).id
    later = int(sandbox.clock.seconds()) + 600
    await slack.chat_scheduleMessage(channel=general, text="In ten minutes", post_at=later)
    await page.goto(sandbox.url)
    note = {"name": "note.txt", "mimeType": "text/plain", "buffer": b"Rolled back."}

    await page.get_by_role("main").get_by_test_id("file-input").set_input_files(note)  # type: ignore[arg-type]

    await expect(page.get_by_test_id("file")).to_contain_text("note.txt")
    await expect(page.get_by_test_id("file-preview")).to_have_text("Rolled back.")
    await expect(message(page, "In ten minutes")).to_have_count(0)
    await sandbox.advance(601)
    await expect(message(page, "In ten minutes")).to_be_visible()


@pytest.mark.usefixtures("app")
async def test_shortcuts_are_in_the_composer_and_on_messages(page: Page, sandbox: Sandbox) -> None:
    await page.goto(sandbox.url)
    await type_into(page, "Say that again")

    await more_of(page, message(page, "Say that again"), "Echo it")

    await expect(message(page, "Echo: Say that again")).to_be_visible()
    await page.get_by_test_id("shortcuts").click()
    await page.get_by_role("menuitem", name="Open the form").click()
    await expect(page.get_by_test_id("modal")).to_contain_text("A form")
