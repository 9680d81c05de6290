"""What may be said to a response URL, and what Slack answers to the rest."""

from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.conversation.person import Person
from sandbox.conversation.room import Room
from sandbox.json_types import Json
from sandbox.server import Sandbox
from tests.sandbox.cards import CARD
from tests.sandbox.listening_app import ListeningApp


async def send(url: str, **parts: Any) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.post(url, **parts) as answer:
        return answer.status, await answer.text()


async def of_command(app: ListeningApp, alice: Person, room: Room) -> str:
    await alice.types(room, "/hello")
    return str(app.heard("command")[-1].payload["response_url"])


async def of_card(app: ListeningApp, slack: AsyncWebClient, alice: Person, room: Room) -> str:
    await slack.chat_postMessage(channel=room.id, text="Card", blocks=CARD)
    await alice.clicks(await room.message("Card"), "Go")
    return str(app.heard("block_actions")[-1].payload["response_url"])


async def test_a_good_answer_is_ok(app: ListeningApp, alice: Person, room: Room) -> None:
    url = await of_command(app, alice, room)

    assert await send(url, json={"text": "Hi"}) == (200, "ok")
    assert await send(url, data={"payload": '{"text": "Form"}'}) == (200, "ok")
    assert [card.text for card in await alice.ephemerals(room)] == ["Hi", "Form"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "no_text"),
        ({"response_type": "in_channel"}, "no_text"),
        ({"text": "x", "response_type": "loud"}, "invalid_blocks"),
        ({"text": "x", "blocks": [{"type": "banner"}]}, "invalid_blocks"),
        (["x"], "invalid_payload"),
    ],
)
async def test_a_bad_answer_is_named_and_noted(
    sandbox: Sandbox, app: ListeningApp, alice: Person, room: Room, body: Json, code: str
) -> None:
    sandbox.expects("invalid_response")

    status, text = await send(await of_command(app, alice, room), json=body)

    assert status == 400
    assert f'"error": "{code}"' in text
    assert await alice.ephemerals(room) == []


async def test_what_is_no_json_is_refused(
    sandbox: Sandbox, app: ListeningApp, alice: Person, room: Room
) -> None:
    sandbox.expects("invalid_response")

    assert (await send(await of_command(app, alice, room), data=b"Hello"))[0] == 400


async def test_an_unknown_address_is_nobodys(sandbox: Sandbox, app: ListeningApp) -> None:
    status, text = await send(f"{sandbox.url}/actions/T0/1/abc", json={"text": "x"})

    assert (status, "invalid_url" in text) == (404, True)


async def test_switches_may_be_texts_as_in_slacks_examples(
    app: ListeningApp, slack: AsyncWebClient, alice: Person, room: Room
) -> None:
    url = await of_card(app, slack, alice, room)

    await send(url, json={"replace_original": "true", "text": "Changed"})
    changed = await room.message("Changed")
    await send(url, json={"delete_original": "true"})

    assert changed.wire["edited"]
    assert changed.ts not in [card.ts for card in await room.messages()]


async def test_an_answer_is_new_and_private_unless_it_says_otherwise(
    app: ListeningApp, slack: AsyncWebClient, alice: Person, bob: Person, room: Room
) -> None:
    url = await of_card(app, slack, alice, room)

    await send(url, json={"text": "for alice"})
    await send(url, json={"text": "for all", "response_type": "in_channel"})
    card = await room.message("Card")
    await send(url, json={"text": "below", "response_type": "in_channel", "thread_ts": card.ts})

    assert [card.text for card in await alice.ephemerals(room)] == ["for alice"]
    assert not (await room.message("for all")).is_ephemeral
    below = await slack.conversations_replies(channel=room.id, ts=card.ts)
    assert [message["text"] for message in below["messages"]] == ["Card", "below"]


async def test_a_person_s_message_is_not_the_apps_to_change(
    sandbox: Sandbox, app: ListeningApp, alice: Person, room: Room
) -> None:
    sandbox.expects("invalid_response")
    await alice.types(room, "Mine")
    await alice.uses_shortcut("greet_back", on=await room.message("Mine"))
    url = app.heard("message_action")[0].payload["response_url"]

    for switch in ("replace_original", "delete_original"):
        status, text = await send(url, json={switch: True, "text": "Yours"})
        assert (status, "message_not_found" in text) == (400, True)

    assert await room.message("Mine")


async def test_an_archived_channel_takes_no_answers(
    app: ListeningApp, slack: AsyncWebClient, alice: Person, room: Room
) -> None:
    url = await of_command(app, alice, room)
    await slack.conversations_archive(channel=room.id)

    status, text = await send(url, json={"text": "late"})

    assert (status, "is_archived" in text) == (400, True)


async def test_a_failed_use_is_a_use(
    sandbox: Sandbox, app: ListeningApp, alice: Person, room: Room
) -> None:
    sandbox.expects("invalid_response", "used_url")
    url = await of_command(app, alice, room)

    for _ in range(5):
        await send(url, json={})

    status, text = await send(url, json={"text": "x"})
    assert (status, "used_url" in text) == (404, True)
