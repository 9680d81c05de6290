"""Findings: what Slack lets pass and a careful app avoids."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.conversation.person import Person
from sandbox.conversation.room import Room
from sandbox.json_types import Json
from sandbox.referee import review_call
from sandbox.server import Sandbox
from tests.sandbox.asking import plain
from tests.sandbox.listening_app import ListeningApp

HOSTILE = "<!here> <https://evil.example|your bank> <@U0EVIL>"


async def codes(sandbox: Sandbox) -> set[str]:
    return {found["code"] for found in await sandbox.findings()}


async def test_blocks_without_text_say_nothing_to_screen_readers(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room
) -> None:
    sandbox.expects("missing_fallback")
    blocks = [{"type": "section", "text": plain("x")}]

    await slack.api_call("chat.postMessage", json={"channel": room.id, "blocks": blocks})

    assert await codes(sandbox) == {"missing_fallback"}


@pytest.mark.parametrize(
    "message",
    [
        {"text": "<!channel> wake up"},
        {"text": "@here wake up", "link_names": True},
        {"text": "x", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "@here"}}]},
        {
            "text": "x",
            "blocks": [
                {
                    "type": "rich_text",
                    "elements": [
                        {
                            "type": "rich_text_section",
                            "elements": [{"type": "broadcast", "range": "channel"}],
                        }
                    ],
                }
            ],
        },
    ],
)
async def test_waking_everybody_is_noted_unless_allowed(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room, message: Json
) -> None:
    sandbox.expects("broadcast")
    await slack.api_call("chat.postMessage", json={"channel": room.id, **message})
    assert await codes(sandbox) == {"broadcast"}

    await sandbox.settings(broadcasts_allowed=True)
    await slack.api_call("chat.postMessage", json={"channel": room.id, **message})

    assert len(await sandbox.findings()) == 1


@pytest.mark.parametrize(
    "harmless",
    [
        {"text": "&lt;!channel&gt; and e@here.example"},
        {"text": "x", "blocks": [{"type": "section", "text": plain("@here <!channel>")}]},
        {
            "text": "x",
            "blocks": [
                {
                    "type": "section",
                    "text": {"type": "mrkdwn", "text": "@here", "verbatim": True},
                }
            ],
        },
    ],
)
async def test_escaped_plain_and_verbatim_text_is_harmless(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room, harmless: Json
) -> None:
    await slack.api_call("chat.postMessage", json={"channel": room.id, **harmless})

    assert await codes(sandbox) == set()


async def test_what_a_person_typed_must_not_come_back_active(
    sandbox: Sandbox, app: ListeningApp, slack: AsyncWebClient, room: Room, alice: Person
) -> None:
    sandbox.expects("active_user_text", "broadcast")
    await alice.types("#general", f"/hello {HOSTILE}")
    typed = app.heard("command")[0].payload["text"]
    assert typed == HOSTILE

    await slack.chat_postMessage(channel=room.id, text=f"Declared: {typed}")

    found = [found["code"] for found in await sandbox.findings()]
    assert sorted(found) == ["active_user_text"] * 3 + ["broadcast"]


async def test_a_token_in_a_message_is_noted(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room
) -> None:
    sandbox.expects("secret_shown")
    await slack.chat_postMessage(channel=room.id, text=f"My token is {sandbox.bot_token}")

    assert await codes(sandbox) == {"secret_shown"}


@pytest.mark.parametrize(
    "shown",
    [
        {"blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": HOSTILE}}]},
        {"attachments": [{"fallback": "x", "text": HOSTILE}]},
        {"attachments": [{"fallback": "x", "fields": [{"title": "x", "value": HOSTILE}]}]},
        {"blocks": [{"type": "markdown", "text": "See [your bank](https://evil.example)"}]},
        {
            "blocks": [
                {
                    "type": "rich_text",
                    "elements": [
                        {
                            "type": "rich_text_section",
                            "elements": [{"type": "user", "user_id": "U0EVIL"}],
                        }
                    ],
                }
            ]
        },
    ],
)
async def test_typed_syntax_is_found_wherever_slack_parses_text(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room, alice: Person, shown: Json
) -> None:
    sandbox.expects("active_user_text")
    sandbox.allows("broadcast")
    await alice.types("#general", f"{HOSTILE} [your bank](https://evil.example)")

    await slack.api_call("chat.postMessage", json={"channel": room.id, "text": "x", **shown})

    assert "active_user_text" in await codes(sandbox)


@pytest.mark.parametrize("method", ["setTopic", "setPurpose"])
async def test_typed_syntax_is_found_in_topics(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room, alice: Person, method: str
) -> None:
    sandbox.expects("active_user_text")
    await alice.types("#general", "<@U0EVIL>")
    name = method.removeprefix("set").lower()

    await slack.api_call(f"conversations.{method}", json={"channel": room.id, name: "<@U0EVIL>"})

    assert await codes(sandbox) == {"active_user_text"}


async def test_typed_syntax_is_found_in_homes_and_answers(
    sandbox: Sandbox, app: ListeningApp, slack: AsyncWebClient, alice: Person
) -> None:
    sandbox.expects("active_user_text")
    app.answer_with("command", {"text": "You said <@U0EVIL>"})
    await alice.types("#general", "/hello <@U0EVIL>")
    assert len(await sandbox.findings()) == 1
    home = {
        "type": "home",
        "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "<@U0EVIL>"}}],
    }

    await slack.views_publish(user_id=await alice.id(), view=home)

    assert [found["where"] for found in await sandbox.findings()] == ["an answer", "views.publish"]


async def test_syntax_the_app_thought_of_itself_is_its_own(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room, alice: Person
) -> None:
    await alice.types("#general", "hello <@U0EVIL>")

    await slack.chat_postMessage(
        channel=room.id, text=f"<@{await alice.id()}> said hello &lt;@U0EVIL&gt;"
    )

    assert await codes(sandbox) == set()


async def test_a_secret_in_a_home_is_noted(
    sandbox: Sandbox, slack: AsyncWebClient, alice: Person
) -> None:
    sandbox.expects("secret_shown")
    section = {"type": "section", "text": plain(f"Signed with {sandbox.signing_secret}")}

    await slack.views_publish(user_id=await alice.id(), view={"type": "home", "blocks": [section]})

    assert await codes(sandbox) == {"secret_shown"}


async def test_an_image_needs_words(sandbox: Sandbox, slack: AsyncWebClient, room: Room) -> None:
    sandbox.expects("image_without_alt")
    image = {"type": "image", "image_url": "https://images.example/a.png", "alt_text": " "}

    await slack.chat_postMessage(channel=room.id, text="A picture", blocks=[image])

    assert await codes(sandbox) == {"image_without_alt"}


EVIL = "&lt;@U0EVIL&gt; and <@U0EVIL>"


@pytest.mark.parametrize(
    ("method", "arguments"),
    [
        ("chat.scheduleMessage", {"channel": "C1", "text": EVIL, "post_at": 1}),
        ("chat.meMessage", {"channel": "C1", "text": EVIL}),
        ("chat.unfurl", {"unfurls": {"https://a.example": {"text": EVIL}}}),
        (
            "chat.unfurl",
            {
                "unfurls": '{"https://a.example": {"blocks": [{"type": "section", "text":'
                ' {"type": "mrkdwn", "text": "<@U0EVIL>"}}]}}'
            },
        ),
        ("files.completeUploadExternal", {"files": [], "initial_comment": EVIL}),
        (
            "views.push",
            {"view": {"blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": EVIL}}]}},
        ),
    ],
)
async def test_typed_syntax_is_found_in_every_way_of_showing_text(
    sandbox: Sandbox, alice: Person, method: str, arguments: Json
) -> None:
    sandbox.expects("active_user_text")
    await alice.types("#general", "<@U0EVIL>")

    review_call(sandbox.world, method, arguments, {"ok": False, "error": "channel_not_found"})
    review_call(sandbox.world, method, arguments, {"ok": True})

    assert [found["where"] for found in await sandbox.findings()] == [method]


@pytest.mark.parametrize(
    ("method", "arguments"),
    [
        ("bookmarks.add", {"title": EVIL, "link": "https://a.example"}),
        ("conversations.create", {"name": EVIL}),
        ("views.open", {"view": {"title": {"type": "plain_text", "text": EVIL}, "blocks": []}}),
    ],
)
async def test_titles_and_names_are_never_active(
    sandbox: Sandbox, alice: Person, method: str, arguments: Json
) -> None:
    await alice.types("#general", "<@U0EVIL>")

    review_call(sandbox.world, method, arguments, {"ok": True})

    assert await codes(sandbox) == set()
