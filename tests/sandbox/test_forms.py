"""Modals: filled in, checked by Slack and by the app, submitted and closed."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.conversation.control import SandboxRefused
from sandbox.conversation.person import Person
from sandbox.server import Sandbox
from tests.sandbox.asking import modal, plain, text_input
from tests.sandbox.listening_app import ListeningApp
from tests.sandbox.triggers import trigger_of


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
    sandbox.expects("invalid_ack")
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
    sandbox.expects("invalid_ack")
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


@pytest.mark.parametrize("values", [[1], {"title": "x"}, {"title": {"typed": "x"}}])
async def test_values_of_the_wrong_shape_are_refused(
    sandbox: Sandbox, app: ListeningApp, slack: AsyncWebClient, alice: Person, values: object
) -> None:
    trigger = await trigger_of(app, alice)
    view = (await slack.views_open(trigger_id=trigger, view=modal(text_input())))["view"]

    with pytest.raises(SandboxRefused, match="invalid_request"):
        await sandbox.control.act("submit", user="alice", view_id=view["id"], values=values)
