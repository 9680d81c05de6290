"""Hostile texts through every door a person has, and what becomes of them on the way back."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.conversation.person import Person
from sandbox.conversation.room import Room
from sandbox.facts.hostile_texts import HOSTILE_TEXTS, MENTIONS
from sandbox.json_types import Json
from sandbox.server import Sandbox
from sandbox.validation.loose import bare_links
from sandbox.validation.text import active_pieces, escape
from tests.sandbox.asking import modal, plain, text_input
from tests.sandbox.listening_app import ListeningApp
from tests.sandbox.triggers import trigger_of

TYPEABLE = sorted(name for name, text in HOSTILE_TEXTS.items() if text.strip())
# What Slack would act upon if an app said it, and what only if it were told to look for names.
TOKENS = sorted(name for name, text in MENTIONS.items() if active_pieces(text) or bare_links(text))
NAMES = ["broadcast_by_name", "mention_by_name"]
# What Slack leaves alone however it is said.
DEAD = [
    "ampersands",
    "broadcast_escaped",
    "broadcast_escaped_twice",
    "link_to_a_script",
]


@pytest.fixture
async def place(sandbox: Sandbox, slack: AsyncWebClient, room: Room) -> Room:
    """Where the app repeats what it was told."""
    return room


async def repeat(slack: AsyncWebClient, room: Room, text: str) -> None:
    """Say it everywhere an app can, escaped where Slack would parse it."""
    said = escape(text)[:2_900]
    blocks: list[Json] = [
        {"type": "section", "text": {"type": "mrkdwn", "text": said, "verbatim": True}},
        {"type": "section", "text": plain(text[:2_900])},
        {"type": "context", "elements": [plain(text[:1_900])]},
    ]
    await slack.chat_postMessage(channel=room.id, text=said, blocks=blocks)
    await slack.conversations_setTopic(channel=room.id, topic=said[:250].strip() or "-")


@pytest.mark.parametrize("name", TYPEABLE)
async def test_what_is_repeated_with_care_harms_nobody(
    sandbox: Sandbox,
    app: ListeningApp,
    slack: AsyncWebClient,
    place: Room,
    alice: Person,
    name: str,
) -> None:
    text = HOSTILE_TEXTS[name]

    await alice.types("#general", "/hello " + " ".join(text.split()))
    await slack.views_open(
        trigger_id=app.heard("command")[0].payload["trigger_id"], view=modal(text_input())
    )
    form = await alice.modal()
    await form.fill({"Title": text[:3_000]})
    await form.submit()
    await alice.types(place, text)
    await repeat(slack, place, text)

    assert await sandbox.findings() == []


@pytest.mark.parametrize("name", TOKENS)
async def test_what_a_message_says_reaches_the_app_disarmed(
    sandbox: Sandbox, app: ListeningApp, slack: AsyncWebClient, alice: Person, name: str
) -> None:
    room = await sandbox.channel_named("#general")
    await slack.conversations_join(channel=room.id)

    await alice.types(room, MENTIONS[name])
    await app.hears("message", 2)

    typed = app.heard("message")[-1].payload["event"]
    assert typed["user"] == await alice.id()
    assert set(active_pieces(MENTIONS[name])).isdisjoint(active_pieces(typed["text"]))


def test_every_mention_is_tried_or_dead() -> None:
    assert sorted([*TOKENS, *NAMES, *DEAD]) == sorted(MENTIONS)


@pytest.mark.parametrize("name", [*TOKENS, *NAMES])
@pytest.mark.parametrize("door", ["command", "message", "reply", "form", "topic", "upload"])
async def test_what_is_repeated_without_care_is_found_whatever_the_door(
    sandbox: Sandbox,
    app: ListeningApp,
    slack: AsyncWebClient,
    room: Room,
    alice: Person,
    door: str,
    name: str,
) -> None:
    sandbox.expects("active_user_text")
    sandbox.allows("broadcast")
    text = MENTIONS[name]
    await typed_through(door, text, app=app, slack=slack, room=room, alice=alice)

    await slack.chat_postMessage(
        channel=room.id, text=f"You said: {text}", link_names=name in NAMES
    )

    assert "active_user_text" in {found["code"] for found in await sandbox.findings()}


async def typed_through(
    door: str, text: str, *, app: ListeningApp, slack: AsyncWebClient, room: Room, alice: Person
) -> None:
    match door:
        case "command":
            await alice.types(room, f"/hello {text}")
        case "message":
            await alice.types(room, text)
        case "reply":
            await alice.types(room, "A parent")
            await alice.replies(await room.message("A parent"), text)
        case "form":
            view = modal(text_input())
            await slack.views_open(trigger_id=await trigger_of(app, alice), view=view)
            form = await alice.modal()
            await form.fill({"Title": text})
            await form.submit()
        case "topic":
            await alice.sets_topic(room, text)
        case "upload":
            await alice.uploads("a.txt", "content", room, comment=text)
