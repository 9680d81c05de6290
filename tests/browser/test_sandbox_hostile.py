"""The page runs nothing that anybody wrote: no scripts, no dialogs, no strange addresses."""

import pytest
import pytest_asyncio
from playwright.async_api import Dialog, Page, expect
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.facts.hostile_texts import HOSTILE_TEXTS
from sandbox.json_types import Json
from sandbox.model import gathering, posting
from sandbox.model.channels import Bookmark
from sandbox.model.messages import Draft
from sandbox.server import Sandbox
from tests.browser.acting import message, type_into

SCRIPTS = (
    "<img src=x onerror=\"window.ran='img'\">",
    "<script>window.ran='script'</script>",
    "<svg onload=\"window.ran='svg'\">",
    '"><iframe srcdoc="<script>parent.ran=\'frame\'</script>">',
    "' onmouseover='window.ran=1' x='",
    "<javascript:window.ran='link'|Click me>",
    "[Click me](javascript:window.ran='markdown')",
    "<data:text/html,<script>alert(1)</script>|Click me>",
    "<style>body{display:none}</style><base href=https://evil.example>",
)
EVERYTHING = [*SCRIPTS, *(text[:500] for text in HOSTILE_TEXTS.values() if text[:500].strip())]
STRANGE_LINKS = """
() => [...document.querySelectorAll("[href], [src], [action], [formaction]")]
    .flatMap((one) => ["href", "src", "action", "formaction"].map((name) => one.getAttribute(name)))
    .filter((address) => /^\\s*(javascript|data|vbscript|blob):/i.test(address ?? ""))
"""
HANDLERS = """
() => [...document.querySelectorAll("*")]
    .flatMap((one) => [...one.attributes].map((attribute) => attribute.name))
    .filter((name) => name.startsWith("on"))
"""


@pytest_asyncio.fixture(loop_scope="session")
async def dialogs(page: Page) -> list[str]:
    opened: list[str] = []

    async def hear(dialog: Dialog) -> None:
        opened.append(dialog.message)
        await dialog.dismiss()

    page.on("dialog", hear)
    return opened


async def nothing_ran(page: Page, dialogs: list[str]) -> None:
    assert await page.evaluate("window.ran") is None
    assert await page.evaluate(STRANGE_LINKS) == []
    assert await page.evaluate(HANDLERS) == []
    assert await page.locator("iframe, object, embed, base, main style").count() == 0
    assert dialogs == []


@pytest.fixture
def slack(sandbox: Sandbox) -> AsyncWebClient:
    return AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url)


async def test_nothing_people_type_is_run(page: Page, sandbox: Sandbox, dialogs: list[str]) -> None:
    alice, general = sandbox.person("alice"), await sandbox.channel_named("general")
    await alice.types(general, "A parent")
    parent = await general.message("A parent")
    for text in EVERYTHING:
        await alice.types(general, text)
        await alice.replies(parent, text)

    await page.goto(sandbox.url)
    await expect(message(page, "A parent").first).to_be_attached()
    await expect(page.get_by_test_id("message").first).to_be_attached()
    for text in SCRIPTS:
        await type_into(page, text)
    await expect(message(page, "window.ran='svg'").last).to_be_visible()

    await nothing_ran(page, dialogs)


def rich(text: str, url: str) -> Json:
    elements = [{"type": "text", "text": text}, {"type": "link", "url": url, "text": text}]
    section = {"type": "rich_text_section", "elements": elements}
    return {"type": "rich_text", "elements": [section]}


def drawn(text: str) -> list[Json]:
    """The same text in every block that shows one."""
    plain = {"type": "plain_text", "text": text[:70]}
    button = {"type": "button", "text": plain, "action_id": "press", "value": text}
    return [
        {"type": "header", "text": plain},
        {"type": "section", "text": {"type": "mrkdwn", "text": text}, "accessory": button},
        {"type": "section", "fields": [plain, {"type": "mrkdwn", "text": text}]},
        {"type": "context", "elements": [plain, {"type": "mrkdwn", "text": text}]},
        {"type": "markdown", "text": text},
        rich(text, "https://example.com/" + text[:50].replace(" ", "")),
    ]


async def test_nothing_an_app_shows_is_run(
    page: Page, sandbox: Sandbox, slack: AsyncWebClient, dialogs: list[str]
) -> None:
    sandbox.allows("broadcast", "posting_too_fast")
    general = (await sandbox.channel_named("general")).id
    for text in SCRIPTS:
        await slack.api_call(
            "chat.postMessage",
            json={"channel": general, "text": text, "blocks": drawn(text)},
        )
    alice = await sandbox.person("alice").id()
    blocks = [block for block in drawn(SCRIPTS[0]) if block["type"] != "markdown"]
    home = {"type": "home", "blocks": blocks}
    await slack.views_publish(user_id=alice, view=home)

    await page.goto(sandbox.url)
    await expect(message(page, "window.ran='svg'").first).to_be_attached()

    await nothing_ran(page, dialogs)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:window.ran='href'",
        "JaVaScRiPt:window.ran='href'",
        "\tjavascript:window.ran='href'",
        "data:text/html,<script>alert(1)</script>",
    ],
)
async def test_an_address_that_runs_is_no_link(
    page: Page, sandbox: Sandbox, dialogs: list[str], address: str
) -> None:
    # Beside the API's own checks: a state file from elsewhere may hold anything.
    world, general = sandbox.world.workspace, await sandbox.channel_named("general")
    button = {"type": "button", "action_id": "go", "url": address, "block_id": "b"}
    blocks = (
        rich("Click me", address) | {"block_id": "r"},
        {
            "type": "actions",
            "block_id": "a",
            "elements": [button | {"text": {"type": "plain_text", "text": "Go"}}],
        },
        {"type": "section", "block_id": "s", "text": {"type": "mrkdwn", "text": f"<{address}|Go>"}},
        {"type": "markdown", "block_id": "m", "text": f"[Go]({address})"},
    )
    draft = Draft(channel=general.id, user="U1", text=f"<{address}|Odd>", blocks=blocks)
    posting.post(world, draft)
    mark = Bookmark(id="Bk1", title="Odd bookmark", link=address)
    gathering.set_bookmarks(world, world.channels[general.id], (mark,))

    await page.goto(sandbox.url)
    await expect(page.get_by_text("Odd bookmark").first).to_be_visible()
    await expect(page.get_by_text("Click me").first).to_be_visible()

    await nothing_ran(page, dialogs)


async def test_names_topics_and_bookmarks_are_only_text(
    page: Page, sandbox: Sandbox, dialogs: list[str]
) -> None:
    alice, general = sandbox.person("alice"), await sandbox.channel_named("general")
    await alice.changes_profile(real_name=SCRIPTS[0][:80], title=SCRIPTS[1][:80])
    await alice.sets_topic(general, SCRIPTS[0])
    await alice.sets_purpose(general, SCRIPTS[2])
    await alice.bookmarks(general, SCRIPTS[1], "https://example.com/<script>")
    await alice.types(general, "Hello")

    await page.goto(sandbox.url)
    await expect(message(page, "Hello").first).to_contain_text("<img src=x")

    await nothing_ran(page, dialogs)
