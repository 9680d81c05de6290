"""Buttons, choices and shortcuts, key by key as Slack sends them."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.conversation.control import SandboxRefused
from sandbox.conversation.person import Person
from sandbox.conversation.room import Room
from tests.sandbox.asking import modal
from tests.sandbox.cards import CARD
from tests.sandbox.listening_app import ListeningApp
from tests.sandbox.reference import read
from tests.sandbox.triggers import trigger_of


async def test_a_button_brings_its_value_and_its_message(
    app: ListeningApp, slack: AsyncWebClient, room: Room, alice: Person
) -> None:
    await slack.chat_postMessage(channel=room.id, text="Card", blocks=CARD)
    card = await room.message("Card")

    outcome = await alice.clicks(card, "Go")

    payload = app.heard("block_actions")[0].payload
    assert outcome["ok"]
    assert payload["actions"][0]["value"] == "7"
    assert payload["actions"][0]["block_id"] == "a"
    assert payload["container"] == {
        "type": "message",
        "message_ts": card.ts,
        "channel_id": room.id,
        "is_ephemeral": False,
    }
    assert payload["message"]["ts"] == card.ts
    assert payload["state"]["values"]["a"]["level"]["selected_option"] is None


async def test_interactions_have_only_keys_that_slack_has(
    app: ListeningApp, slack: AsyncWebClient, room: Room, alice: Person
) -> None:
    await slack.chat_postMessage(channel=room.id, text="Card", blocks=CARD)
    await alice.clicks(await room.message("Card"), "Go")
    trigger = await trigger_of(app, alice)
    await slack.views_open(trigger_id=trigger, view=modal(notify_on_close=True))
    await (await alice.modal()).submit()
    trigger = await trigger_of(app, alice)
    await slack.views_open(trigger_id=trigger, view=modal(notify_on_close=True))
    await (await alice.modal()).close()

    samples = {
        "block_actions": "interactive-components/BlockActionPayload",
        "view_submission": "views/ViewSubmissionPayload",
        "view_closed": "views/ViewClosedPayload",
    }
    for kind, name in samples.items():
        sample = read(f"payloads/app-backend/{name}.json")
        payload = app.heard(kind)[0].payload
        assert set(payload) - {"response_urls"} <= set(sample), kind
        assert set(payload["user"]) <= {*sample["user"]}, kind
        if "view" in payload:
            assert set(payload["view"]) - {"blocks"} <= set(sample["view"]), kind


async def test_a_choice_brings_the_option(
    app: ListeningApp, slack: AsyncWebClient, room: Room, alice: Person
) -> None:
    await slack.chat_postMessage(channel=room.id, text="Card", blocks=CARD)

    await alice.chooses(await room.message("Card"), "level", value="high")

    payload = app.heard("block_actions")[0].payload
    assert payload["actions"][0]["selected_option"]["text"]["text"] == "High"
    assert payload["state"]["values"]["a"]["level"]["selected_option"]["value"] == "high"


async def test_what_is_not_on_screen_cannot_be_pressed(
    app: ListeningApp, slack: AsyncWebClient, room: Room, alice: Person
) -> None:
    await slack.chat_postMessage(channel=room.id, text="Card", blocks=CARD)
    card = await room.message("Card")

    with pytest.raises(SandboxRefused, match="not_found"):
        await alice.chooses(card, "level", value="medium")
    with pytest.raises(SandboxRefused, match="not_found"):
        await alice.chooses(card, "stop")
    with pytest.raises(LookupError, match="There is no 'Stop' here, but Go"):
        await alice.clicks(card, "Stop")


async def test_shortcuts_bring_their_callback_id(
    app: ListeningApp, slack: AsyncWebClient, room: Room, alice: Person
) -> None:
    await slack.chat_postMessage(channel=room.id, text="Card")

    await alice.uses_shortcut("greet")
    await alice.uses_shortcut("greet_back", on=await room.message("Card"))

    assert app.heard("shortcut")[0].payload["callback_id"] == "greet"
    message_action = app.heard("message_action")[0].payload
    assert message_action["message"]["text"] == "Card"
    sample = read("payloads/app-backend/interactive-components/MessageShortcutPayload.json")
    assert set(message_action) - {"api_app_id"} <= set(sample)
