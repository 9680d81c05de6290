"""Bare addresses and names that people typed, found where Slack links and mentions them."""

import json

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.conversation.person import Person
from sandbox.conversation.room import Room
from sandbox.json_types import Json
from sandbox.referee import review_call
from sandbox.server import Sandbox
from tests.sandbox.asking import modal, plain, text_input
from tests.sandbox.listening_app import ListeningApp
from tests.sandbox.triggers import trigger_of

URL = "https://evil.example/a?b=1&c=2"
LINKS = [URL, "evil@mail.example", "evil.example/path"]
NAMES = ["@bob", "#general"]


def section(text: str, **parts: object) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, **parts}}


def rich(text: str) -> Json:
    inline = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [inline]}


async def codes(sandbox: Sandbox) -> set[str]:
    return {found["code"] for found in await sandbox.findings()}


@pytest.mark.parametrize("typed", LINKS)
@pytest.mark.parametrize("place", ["text", "attachment", "section", "markdown"])
async def test_a_bare_address_comes_back_as_a_link(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room, alice: Person, place: str, typed: str
) -> None:
    sandbox.expects("active_user_text")
    await alice.types("#general", f"See {typed}, please.")
    said = f"You said: {typed}."
    messages: dict[str, Json] = {
        "text": {"text": said},
        "attachment": {"text": "x", "attachments": [{"fallback": "x", "text": said}]},
        "section": {"text": "x", "blocks": [section(said)]},
        "markdown": {"text": "x", "blocks": [{"type": "markdown", "text": said}]},
    }

    await slack.api_call("chat.postMessage", json={"channel": room.id, **messages[place]})

    (found,) = await sandbox.findings()
    assert (found["code"], typed in found["message"]) == ("active_user_text", True)


@pytest.mark.parametrize("typed", NAMES)
@pytest.mark.parametrize(
    "message",
    [
        {"link_names": True},
        {"parse": "full"},
        {"text": "x", "blocks": [section("Hello {}")]},
        {"text": "x", "attachments": [{"fallback": "x", "text": "Hello {}"}], "link_names": True},
    ],
)
async def test_a_bare_name_comes_back_as_a_mention(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room, alice: Person, message: Json, typed: str
) -> None:
    sandbox.expects("active_user_text")
    await alice.types(room, f"Ask {typed}.")

    said = json.dumps({"channel": room.id, "text": "Hello {}", **message}).replace("{}", typed)
    await slack.api_call("chat.postMessage", json=json.loads(said))

    assert await codes(sandbox) == {"active_user_text"}


EVERYTHING = " ".join([*LINKS, *NAMES])
ESCAPED = EVERYTHING.replace("&", "&amp;")


@pytest.mark.parametrize(
    "harmless",
    [
        {"text": ESCAPED, "parse": "none"},
        {"text": ESCAPED, "blocks": [section(ESCAPED, verbatim=True)]},
        {"text": "x", "blocks": [{"type": "section", "text": plain(EVERYTHING)}]},
        {"text": "x", "blocks": [rich(EVERYTHING)]},
        {"text": "Hello @bob, see #general"},
        {"text": "See https://evil.example/a and https://runbooks.example"},
        {"text": "<https://evil.example/a?b=1&amp;c=2|The runbook>"},
        {"text": "x", "attachments": [{"fallback": EVERYTHING, "title_link": URL}]},
        {"text": "x", "attachments": [{"fallback": "x", "text": ESCAPED}], "parse": "none"},
    ],
)
async def test_what_slack_leaves_alone_and_what_nobody_typed_is_no_finding(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room, alice: Person, harmless: Json
) -> None:
    await alice.types("#general", EVERYTHING)

    await slack.api_call("chat.postMessage", json={"channel": room.id, **harmless})

    assert await codes(sandbox) == set()


async def test_an_escaped_address_is_still_a_link(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room, alice: Person
) -> None:
    sandbox.expects("active_user_text")
    await alice.types("#general", f"<{URL}|your bank>")
    escaped = "&lt;https://evil.example/a?b=1&amp;c=2|your bank&gt;"

    await slack.chat_postMessage(channel=room.id, text=escaped)

    assert await codes(sandbox) == {"active_user_text"}


@pytest.mark.parametrize("typed", LINKS)
async def test_a_payload_that_is_repeated_as_it_came_has_links(
    sandbox: Sandbox,
    app: ListeningApp,
    slack: AsyncWebClient,
    room: Room,
    alice: Person,
    typed: str,
) -> None:
    sandbox.expects("active_user_text")
    await alice.types(room, typed)
    await sandbox.settled()
    heard = app.heard("message")[-1].payload["event"]["text"]
    assert heard.startswith("<")

    await slack.chat_postMessage(channel=room.id, text=f"You said: {heard}", parse="none")

    assert len(await sandbox.findings()) == 1


async def test_an_app_may_link_the_address_it_asked_for(
    sandbox: Sandbox, app: ListeningApp, slack: AsyncWebClient, room: Room, alice: Person
) -> None:
    field = text_input() | {"element": {"type": "url_text_input", "action_id": "link"}}
    await slack.views_open(trigger_id=await trigger_of(app, alice), view=modal(field))
    form = await alice.modal()
    await form.fill({"Title": "https://runbook.example"})
    await form.submit()

    await slack.chat_postMessage(channel=room.id, text="Read <https://runbook.example>")

    assert await codes(sandbox) == set()


async def test_a_name_that_nobody_has_is_no_mention(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room, alice: Person
) -> None:
    await alice.types("#general", "@nobody-here knows of #42")

    await slack.chat_postMessage(channel=room.id, text="@nobody-here knows of #42", link_names=True)

    assert await codes(sandbox) == set()


@pytest.mark.parametrize("method", ["setTopic", "setPurpose"])
async def test_addresses_in_topics_are_left_alone(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room, alice: Person, method: str
) -> None:
    await alice.types("#general", EVERYTHING)
    name = method.removeprefix("set").lower()

    await slack.api_call(f"conversations.{method}", json={"channel": room.id, name: EVERYTHING})

    assert await codes(sandbox) == set()


async def test_addresses_come_back_in_answers_comments_and_asides(
    sandbox: Sandbox, app: ListeningApp, alice: Person
) -> None:
    sandbox.expects("active_user_text")
    app.answer_with("command", {"text": f"You said {URL}"})
    await alice.types("#general", f"/hello {URL}")

    for method, arguments in (
        ("chat.meMessage", {"channel": "C1", "text": URL}),
        ("files.completeUploadExternal", {"files": [], "initial_comment": URL}),
        ("views.publish", {"view": {"type": "home", "blocks": [section(URL)]}}),
    ):
        review_call(sandbox.world, method, arguments, {"ok": True})

    assert len(await sandbox.findings()) == 4


async def test_what_was_chosen_was_not_typed(
    sandbox: Sandbox, app: ListeningApp, slack: AsyncWebClient, room: Room, alice: Person
) -> None:
    option = {"text": plain("status.example.com"), "value": "https://status.example.com"}
    menu = {"type": "static_select", "action_id": "pick", "options": [option]}
    field = text_input() | {"element": menu}
    await slack.views_open(trigger_id=await trigger_of(app, alice), view=modal(field))
    form = await alice.modal()
    await form.fill({"Title": "status.example.com"})
    await form.submit()

    await slack.chat_postMessage(channel=room.id, text="See https://status.example.com")
    await slack.chat_postMessage(channel=room.id, text="See status.example.com")

    assert await codes(sandbox) == set()
