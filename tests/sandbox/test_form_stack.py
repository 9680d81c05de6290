"""Modals above modals, what closing them tells, and what a form gives the app to go on with."""

import re

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from sandbox.conversation.person import Person
from sandbox.conversation.room import Room
from sandbox.json_types import Json
from sandbox.server import Sandbox
from tests.sandbox.asking import modal, plain, refusal, text_input
from tests.sandbox.listening_app import ListeningApp
from tests.sandbox.triggers import deep_modal, trigger_in, trigger_of


@pytest.mark.parametrize(
    ("whole", "told"), [(False, [("top", False)]), (True, [("top", True), ("base", True)])]
)
async def test_the_cross_closes_the_whole_stack_and_the_button_the_top(
    sandbox: Sandbox,
    app: ListeningApp,
    slack: AsyncWebClient,
    alice: Person,
    whole: bool,
    told: list[tuple[str, bool]],
) -> None:
    trigger = await trigger_of(app, alice)
    base: Json = deep_modal() | {"callback_id": "base", "notify_on_close": True}
    await slack.views_open(trigger_id=trigger, view=base)
    deeper = await trigger_in(app, alice)
    top = modal(callback_id="top", notify_on_close=True)
    pushed = await slack.views_push(trigger_id=deeper, view=top)

    await sandbox.control.act("close", user="alice", view_id=pushed["view"]["id"], all=whole)

    heard = [one.payload for one in app.heard("view_closed")]
    assert [(one["view"]["callback_id"], one["is_cleared"]) for one in heard] == told
    assert len(await alice.modals()) == 2 - len(told)


async def test_a_form_names_the_channels_to_answer_in(
    app: ListeningApp, slack: AsyncWebClient, alice: Person, general: Room
) -> None:
    menu = {"type": "conversations_select", "action_id": "where", "response_url_enabled": True}
    trigger = await trigger_of(app, alice)
    view = modal(text_input("place", "Where", element=menu))
    await slack.views_open(trigger_id=trigger, view=view)
    form = await alice.modal()
    await form.fill({"Where": general.id})
    await form.submit()

    [url] = app.heard("view_submission")[0].payload["response_urls"]
    client = AsyncWebhookClient(url["response_url"])
    said = await client.send(text="Done", response_type="in_channel")
    assert (url["channel_id"], url["block_id"], url["action_id"]) == (general.id, "place", "where")
    assert said.status_code == 200
    assert await general.message("Done")


async def test_a_submitted_form_gives_a_trigger_for_another(
    app: ListeningApp, slack: AsyncWebClient, alice: Person
) -> None:
    trigger = await trigger_of(app, alice)
    await slack.views_open(trigger_id=trigger, view=modal())
    await (await alice.modal()).submit()

    given = app.heard("view_submission")[0].payload["trigger_id"]
    opened = await slack.views_open(trigger_id=given, view=modal(title=plain("Next")))

    assert re.fullmatch(r"\d+\.\d+\.[0-9a-f]+", given)
    assert opened["view"]["title"]["text"] == "Next"


async def test_a_trigger_opens_one_view_within_three_seconds(
    sandbox: Sandbox, app: ListeningApp, slack: AsyncWebClient, alice: Person
) -> None:
    used, late = await trigger_of(app, alice), await trigger_of(app, alice)
    await slack.views_open(trigger_id=used, view=modal())
    again = await refusal(slack.views_open(trigger_id=used, view=modal()))
    await sandbox.advance(3)

    assert again == "exchanged_trigger_id"
    assert await refusal(slack.views_open(trigger_id=late, view=modal())) == "expired_trigger_id"
    assert await refusal(slack.views_open(trigger_id="1.2.a", view=modal())) == "invalid_trigger_id"


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"options": [{"text": plain("x" * 76), "value": "v"}]},
        {"options": [{"text": plain("x"), "value": "v"}] * 101},
        {"options": [], "option_groups": []},
        "Checkout",
    ],
)
async def test_options_slack_cannot_show_are_noted(
    sandbox: Sandbox, app: ListeningApp, slack: AsyncWebClient, alice: Person, options: Json
) -> None:
    sandbox.expects("invalid_ack")
    app.answer_with("block_suggestion", options)
    menu = {"type": "external_select", "action_id": "service"}
    trigger = await trigger_of(app, alice)
    view = modal(text_input("service", "Service", element=menu))
    await slack.views_open(trigger_id=trigger, view=view)

    assert await (await alice.modal()).options("Service", "che") == []


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {}},
        {"response_action": "errors", "errors": {"title": ""}},
        {"response_action": "errors", "errors": {"title": ["Too vague"]}},
        {"response_action": "push", "view": modal(external_id="taken")},
        {"response_action": "push", "view": {"type": "home", "blocks": []}},
        {"response_action": "update"},
        "ok",
    ],
)
async def test_answers_that_make_no_sense_leave_the_form_open(
    sandbox: Sandbox, app: ListeningApp, slack: AsyncWebClient, alice: Person, answer: Json
) -> None:
    sandbox.expects("invalid_ack")
    app.answer_with("view_submission", answer)
    view = modal(text_input(optional=True), external_id="taken")
    await slack.views_open(trigger_id=await trigger_of(app, alice), view=view)

    outcome = await (await alice.modal()).submit()

    assert outcome["error"] == "invalid_answer"
    assert len(await alice.modals()) == 1


async def test_a_fourth_view_cannot_be_pushed_by_an_ack(
    sandbox: Sandbox, app: ListeningApp, slack: AsyncWebClient, alice: Person
) -> None:
    sandbox.expects("invalid_ack")
    app.answer_with("view_submission", {"response_action": "push", "view": modal()})
    await slack.views_open(trigger_id=await trigger_of(app, alice), view=modal())

    outcomes = [await (await alice.modals())[-1].submit() for _ in range(3)]

    assert [outcome["ok"] for outcome in outcomes] == [True, True, False]
