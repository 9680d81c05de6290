"""Response URLs: five uses, thirty minutes, replacing and deleting."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from sandbox.conversation.person import Person
from sandbox.conversation.room import Room
from sandbox.server import Sandbox
from tests.sandbox.cards import CARD
from tests.sandbox.listening_app import ListeningApp


async def url_of(app: ListeningApp, alice: Person) -> AsyncWebhookClient:
    await alice.types("#general", "/hello")
    return AsyncWebhookClient(app.heard("command")[-1].payload["response_url"])


async def url_of_card(
    app: ListeningApp, slack: AsyncWebClient, room: Room, alice: Person
) -> AsyncWebhookClient:
    await slack.chat_postMessage(channel=room.id, text="Card", blocks=CARD)
    await alice.clicks(await room.message("Card"), "Go")
    return AsyncWebhookClient(app.heard("block_actions")[-1].payload["response_url"])


async def test_an_answer_is_private_unless_it_is_for_the_channel(
    app: ListeningApp, alice: Person, general: Room
) -> None:
    url = await url_of(app, alice)

    await url.send(text="for you")
    await url.send(text="for all", response_type="in_channel")

    assert [card.text for card in await alice.ephemerals(general)] == ["for you"]
    assert not (await general.message("for all")).is_ephemeral


async def test_a_sixth_use_is_refused_and_noted(
    sandbox: Sandbox, app: ListeningApp, alice: Person
) -> None:
    sandbox.expects("used_url")
    url = await url_of(app, alice)
    for number in range(5):
        assert (await url.send(text=f"Answer {number}")).status_code == 200

    answer = await url.send(text="x")

    assert (answer.status_code, "used_url" in answer.body) == (404, True)
    assert [found["code"] for found in await sandbox.findings()] == ["used_url"]


async def test_after_half_an_hour_it_is_too_late(
    sandbox: Sandbox, app: ListeningApp, alice: Person
) -> None:
    sandbox.expects("expired_url")
    url = await url_of(app, alice)

    await sandbox.advance(1_800)

    assert "expired_url" in (await url.send(text="x")).body


async def test_the_original_can_be_replaced_and_deleted(
    app: ListeningApp, slack: AsyncWebClient, room: Room, alice: Person
) -> None:
    url = await url_of_card(app, slack, room, alice)
    before = await room.message("Card")

    await url.send(text="Done", replace_original=True)
    after = await room.message("Done")
    await url.send(delete_original=True)

    assert after.ts == before.ts
    assert before.ts not in [card.ts for card in await room.messages()]


async def test_an_ephemeral_message_can_be_replaced(
    app: ListeningApp, slack: AsyncWebClient, room: Room, alice: Person
) -> None:
    await slack.chat_postEphemeral(channel=room.id, user=await alice.id(), text="Card", blocks=CARD)
    await alice.clicks((await alice.ephemerals(room))[0], "Go")
    payload = app.heard("block_actions")[-1].payload

    await AsyncWebhookClient(payload["response_url"]).send(text="Done", replace_original=True)

    assert payload["container"]["is_ephemeral"]
    assert "message" not in payload
    assert [card.text for card in await alice.ephemerals(room)] == ["Done"]


async def test_invalid_blocks_are_refused(
    sandbox: Sandbox, app: ListeningApp, alice: Person
) -> None:
    sandbox.expects("invalid_response")
    url = await url_of(app, alice)

    answer = await url.send(text="x", blocks=[{"type": "banner"}])

    assert answer.status_code == 400
    assert [found["code"] for found in await sandbox.findings()] == ["invalid_response"]


@pytest.mark.parametrize("change", ["replace_original", "delete_original"])
async def test_changing_a_message_in_an_archive_is_noted(
    sandbox: Sandbox,
    app: ListeningApp,
    slack: AsyncWebClient,
    room: Room,
    alice: Person,
    change: str,
) -> None:
    sandbox.expects("edited_after_archive")
    url = await url_of_card(app, slack, room, alice)
    await alice.archives(room)

    said = await url.send_dict({"text": "Something new"})
    changed = await url.send_dict({"text": "Something else", change: True})

    assert ["is_archived" in answer.body for answer in (said, changed)] == [True, True]
    assert [found["code"] for found in await sandbox.findings()] == ["edited_after_archive"]
