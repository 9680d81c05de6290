"""Deliveries over HTTP: signed, shaped as Slack shapes them, answered within three seconds."""

import asyncio

import pytest
from aiohttp import web
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.conversation.control import SandboxRefused
from sandbox.conversation.person import Person
from sandbox.conversation.room import Room
from sandbox.json_types import Json
from sandbox.server import Sandbox
from tests.sandbox.asking import modal, plain, text_input
from tests.sandbox.listening_app import ListeningApp, Told
from tests.sandbox.test_facts import read
from tests.sandbox.test_views import trigger_of

CARD: list[Json] = [
    {"type": "section", "block_id": "s", "text": plain("Card")},
    {
        "type": "actions",
        "block_id": "a",
        "elements": [
            {"type": "button", "action_id": "go", "text": plain("Go"), "value": "7"},
            {
                "type": "static_select",
                "action_id": "level",
                "placeholder": plain("Level"),
                "options": [
                    {"text": plain("High"), "value": "high"},
                    {"text": plain("Low"), "value": "low"},
                ],
            },
        ],
    },
]


async def stay_silent(_told: Told) -> web.StreamResponse:
    await asyncio.Event().wait()
    return web.Response()


async def test_a_command_is_signed_and_has_every_key(
    sandbox: Sandbox, app: ListeningApp, alice: Person, general: Room
) -> None:
    await alice.types(general, "/hello big world")

    told = app.heard("command")[0]
    verifier = SignatureVerifier(sandbox.signing_secret)
    assert verifier.is_valid_request(told.raw, told.headers)
    assert told.headers["User-Agent"].startswith("Slackbot 1.0")
    assert told.payload["command"] == "/hello"
    assert told.payload["text"] == "big world"
    assert told.payload["channel_name"] == "general"
    assert told.payload["user_id"] == await alice.id()
    sample = read("payloads/app-backend/slash-commands/SlashCommandPayload.json")
    assert set(sample) - {"enterprise_id", "enterprise_name"} == set(told.payload)


async def test_a_text_answer_is_shown_to_the_asker_alone(
    app: ListeningApp, alice: Person, bob: Person, general: Room
) -> None:
    app.answer_with("command", "Hello yourself")

    outcome = await alice.types(general, "/hello")

    assert outcome["ok"]
    assert [card.text for card in await alice.ephemerals(general)] == ["Hello yourself"]
    assert await bob.ephemerals(general) == []


async def test_an_answer_for_the_channel_is_shown_to_all(
    app: ListeningApp, alice: Person, general: Room
) -> None:
    app.answer_with("command", {"response_type": "in_channel", "text": "Hello all"})

    await alice.types(general, "/hello")

    assert not (await general.message("Hello all")).is_ephemeral


async def test_an_invalid_answer_is_noted_and_the_user_is_told(
    sandbox: Sandbox, app: ListeningApp, alice: Person, general: Room
) -> None:
    app.answer_with("command", {"text": "x", "blocks": [{"type": "banner"}]})

    outcome = await alice.types(general, "/hello")

    assert outcome["error"] == "invalid_answer"
    assert [found["code"] for found in await sandbox.findings()] == ["invalid_ack"]


async def test_an_unknown_command_never_reaches_the_app(
    app: ListeningApp, alice: Person, general: Room
) -> None:
    outcome = await alice.types(general, "/bye")

    assert outcome["error"] == "unknown_command"
    assert app.told == []
    assert "/bye is not a valid command" in (await alice.ephemerals(general))[0].text


async def test_a_late_ack_is_told_to_the_user_and_noted(
    sandbox: Sandbox, app: ListeningApp, alice: Person, general: Room
) -> None:
    app.answers["command"] = stay_silent

    asking = asyncio.create_task(alice.types(general, "/hello"))
    await app.hears("command")
    await sandbox.advance(3)

    assert (await asking)["error"] == "operation_timeout"
    assert "operation_timeout" in (await alice.ephemerals(general))[0].text
    assert [found["code"] for found in await sandbox.findings()] == ["late_ack"]


async def test_an_app_that_is_down_is_told_to_the_user(
    sandbox: Sandbox, app: ListeningApp, alice: Person, general: Room
) -> None:
    await app.stop()

    outcome = await alice.types(general, "/hello")

    assert outcome["error"] == "dispatch_failed"
    assert "dispatch_failed" in (await alice.ephemerals(general))[0].text
    assert await sandbox.findings() == []


async def test_commands_are_not_repeated(
    sandbox: Sandbox, app: ListeningApp, alice: Person, general: Room
) -> None:
    app.answer_with("command", "broken", status=500)

    await alice.types(general, "/hello")
    await sandbox.advance(1_000)

    assert len(app.heard("command")) == 1


async def test_escaped_commands_carry_mentions_and_no_brackets(
    app: ListeningApp, alice: Person, bob: Person, general: Room
) -> None:
    await alice.types(general, "/escaped @bob in #general: <!channel> & more")

    told = app.heard("command")[0].payload["text"]
    assert told == (
        f"<@{await bob.id()}|bob> in <#{general.id}|general>: &lt;!channel&gt; &amp; more"
    )


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


async def test_a_form_is_submitted_with_every_field(
    app: ListeningApp, slack: AsyncWebClient, alice: Person
) -> None:
    trigger = await trigger_of(app, alice)
    view = modal(text_input(), text_input("note", "Note", optional=True))
    await slack.views_open(trigger_id=trigger, view=view)
    form = await alice.modal()

    await form.fill({"Title": "Checkout is down"})
    outcome = await form.submit()

    values = app.heard("view_submission")[0].payload["view"]["state"]["values"]
    assert outcome["ok"]
    assert values == {
        "title": {"typed": {"type": "plain_text_input", "value": "Checkout is down"}},
        "note": {"typed": {"type": "plain_text_input", "value": None}},
    }
    assert await alice.modals() == []


async def test_an_empty_required_field_is_refused_before_the_app_hears_of_it(
    app: ListeningApp, slack: AsyncWebClient, alice: Person
) -> None:
    trigger = await trigger_of(app, alice)
    await slack.views_open(trigger_id=trigger, view=modal(text_input()))

    outcome = await (await alice.modal()).submit()

    assert list(outcome["errors"]) == ["title"]
    assert app.heard("view_submission") == []


async def test_the_app_may_refuse_a_field(
    app: ListeningApp, slack: AsyncWebClient, alice: Person
) -> None:
    app.answer_with(
        "view_submission", {"response_action": "errors", "errors": {"title": "Too vague."}}
    )
    trigger = await trigger_of(app, alice)
    await slack.views_open(trigger_id=trigger, view=modal(text_input()))
    form = await alice.modal()
    await form.fill({"Title": "x"})

    outcome = await form.submit()

    assert outcome["errors"] == {"title": "Too vague."}
    assert len(await alice.modals()) == 1


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"nowhere": "x"}},
        {"response_action": "update", "view": {"type": "modal"}},
        {"response_action": "dance"},
    ],
)
async def test_a_senseless_answer_to_a_form_is_noted(
    sandbox: Sandbox,
    app: ListeningApp,
    slack: AsyncWebClient,
    alice: Person,
    answer: dict[str, object],
) -> None:
    app.answer_with("view_submission", answer)
    trigger = await trigger_of(app, alice)
    await slack.views_open(trigger_id=trigger, view=modal())

    outcome = await (await alice.modal()).submit()

    assert outcome["error"] == "invalid_answer"
    assert [found["code"] for found in await sandbox.findings()] == ["invalid_ack"]


@pytest.mark.parametrize(("action", "left"), [("update", 1), ("push", 2), ("clear", 0)])
async def test_the_app_may_change_the_stack_of_views(
    app: ListeningApp, slack: AsyncWebClient, alice: Person, action: str, left: int
) -> None:
    answer = {"response_action": action, "view": modal(title=plain("Next"))}
    app.answer_with("view_submission", answer)
    trigger = await trigger_of(app, alice)
    await slack.views_open(trigger_id=trigger, view=modal())

    await (await alice.modal()).submit()

    stack = await alice.modals()
    assert len(stack) == left
    assert all(view.title == "Next" for view in stack[-1:])


async def test_closing_is_told_only_when_asked_for(
    app: ListeningApp, slack: AsyncWebClient, alice: Person
) -> None:
    for notify in (False, True):
        trigger = await trigger_of(app, alice)
        await slack.views_open(trigger_id=trigger, view=modal(notify_on_close=notify))
        await (await alice.modal()).close()

    assert len(app.heard("view_closed")) == 1


async def test_an_external_select_offers_what_the_app_suggests(
    sandbox: Sandbox, app: ListeningApp, slack: AsyncWebClient, alice: Person
) -> None:
    app.answer_with(
        "block_suggestion", {"options": [{"text": plain("Checkout"), "value": "checkout"}]}
    )
    element = {"type": "external_select", "action_id": "service"}
    trigger = await trigger_of(app, alice)
    view = modal(text_input("service", "Service", element=element))
    await slack.views_open(trigger_id=trigger, view=view)
    form = await alice.modal()

    assert await form.options("Service", "che") == ["Checkout"]
    assert app.heard("block_suggestion")[0].payload["value"] == "che"
    app.answer_with("block_suggestion", {"choices": []})
    assert await form.options("Service", "che") == []
    assert [found["code"] for found in await sandbox.findings()] == ["invalid_ack"]


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


async def test_a_forged_or_late_signature_can_be_asked_for(
    sandbox: Sandbox, app: ListeningApp, alice: Person
) -> None:
    await sandbox.fault("delivery:command", "bad_signature")
    await sandbox.fault("delivery:command", "clock_skew", seconds=-301)
    verifier = SignatureVerifier(sandbox.signing_secret)

    await alice.types("#general", "/hello")
    await alice.types("#general", "/hello")

    assert not any(verifier.is_valid_request(told.raw, told.headers) for told in app.told)
