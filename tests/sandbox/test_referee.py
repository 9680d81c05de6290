"""Findings: what Slack lets pass and a careful app avoids."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.conversation.person import Person
from sandbox.conversation.room import Room
from sandbox.json_types import Json
from sandbox.server import Sandbox
from tests.sandbox.asking import plain
from tests.sandbox.listening_app import ListeningApp

HOSTILE = "<!here> <https://evil.example|your bank> <@U0EVIL>"


async def codes(sandbox: Sandbox) -> set[str]:
    return {found["code"] for found in await sandbox.findings()}


async def test_blocks_without_text_say_nothing_to_screen_readers(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room
) -> None:
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
    await alice.types("#general", f"/hello {HOSTILE}")
    typed = app.heard("command")[0].payload["text"]
    assert typed == HOSTILE

    await slack.chat_postMessage(channel=room.id, text=f"Declared: {typed}")

    found = [found["code"] for found in await sandbox.findings()]
    assert sorted(found) == ["active_user_text"] * 3 + ["broadcast"]


async def test_a_token_in_a_message_is_noted(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room
) -> None:
    await slack.chat_postMessage(channel=room.id, text=f"My token is {sandbox.bot_token}")

    assert await codes(sandbox) == {"secret_shown"}
