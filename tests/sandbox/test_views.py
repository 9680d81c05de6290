"""views.*: triggers, stacks, hashes, and what a view may hold."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.conversation.person import Person
from sandbox.server import Sandbox
from tests.sandbox.app_manifest import manifest
from tests.sandbox.asking import modal, plain, refusal, refused, text_input
from tests.sandbox.listening_app import ListeningApp
from tests.sandbox.triggers import deep_modal, trigger_in, trigger_of


async def test_a_trigger_opens_one_view(
    app: ListeningApp, slack: AsyncWebClient, alice: Person
) -> None:
    trigger = await trigger_of(app, alice)

    opened = await slack.views_open(trigger_id=trigger, view=modal())

    assert (await alice.modal()).id == opened["view"]["id"]
    assert opened["view"]["root_view_id"] == opened["view"]["id"]
    again = slack.views_open(trigger_id=trigger, view=modal())
    assert await refusal(again) == "exchanged_trigger_id"


async def test_a_trigger_expires_after_three_seconds(
    app: ListeningApp, sandbox: Sandbox, slack: AsyncWebClient, alice: Person
) -> None:
    trigger = await trigger_of(app, alice)

    await sandbox.advance(3)

    call = slack.views_open(trigger_id=trigger, view=modal())
    assert await refusal(call) == "expired_trigger_id"


async def test_a_made_up_trigger_is_invalid(slack: AsyncWebClient) -> None:
    call = slack.views_open(trigger_id="1.2.abc", view=modal())

    assert await refusal(call) == "invalid_trigger_id"


async def test_a_trigger_has_the_form_of_slacks(app: ListeningApp, alice: Person) -> None:
    first, second, rest = (await trigger_of(app, alice)).split(".")

    assert first.isdecimal()
    assert second.isdecimal()
    assert int(rest, 16)


async def test_a_bad_view_is_explained_line_by_line(
    app: ListeningApp, slack: AsyncWebClient, alice: Person
) -> None:
    trigger = await trigger_of(app, alice)

    bad = modal(title=plain("x" * 25))
    answer = await refused(slack.views_open(trigger_id=trigger, view=bad))

    assert answer["error"] == "invalid_arguments"
    assert answer["response_metadata"]["messages"] == [
        "[ERROR] must be less than 25 characters [json-pointer:/view/title/text]"
    ]


async def test_inputs_need_a_submit_button(
    app: ListeningApp, slack: AsyncWebClient, alice: Person
) -> None:
    trigger = await trigger_of(app, alice)
    view = modal(text_input())
    del view["submit"]

    assert await refusal(slack.views_open(trigger_id=trigger, view=view)) == "invalid_arguments"


async def test_a_view_of_more_than_250_kilobytes_is_too_large(
    app: ListeningApp, slack: AsyncWebClient, alice: Person
) -> None:
    trigger = await trigger_of(app, alice)
    section = {"type": "section", "text": plain("x" * 3_000)}

    call = slack.views_open(trigger_id=trigger, view=modal(*[section] * 90))

    assert await refusal(call) == "view_too_large"


async def test_at_most_three_views_are_stacked(
    app: ListeningApp, slack: AsyncWebClient, alice: Person
) -> None:
    trigger = await trigger_of(app, alice)
    await slack.views_open(trigger_id=trigger, view=deep_modal())
    for _ in range(2):
        trigger = await trigger_in(app, alice)
        pushed = await slack.views_push(trigger_id=trigger, view=deep_modal())

    trigger = await trigger_in(app, alice)

    call = slack.views_push(trigger_id=trigger, view=deep_modal())
    assert await refusal(call) == "push_limit_reached"
    stack = await alice.modals()
    assert len(stack) == 3
    assert pushed["view"]["previous_view_id"] == stack[1].id


async def test_pushing_needs_a_view_below(
    app: ListeningApp, slack: AsyncWebClient, alice: Person
) -> None:
    trigger = await trigger_of(app, alice)

    assert await refusal(slack.views_push(trigger_id=trigger, view=modal())) == "not_found"


async def test_an_update_keeps_what_was_typed_and_minds_the_hash(
    app: ListeningApp, slack: AsyncWebClient, alice: Person
) -> None:
    trigger = await trigger_of(app, alice)
    button = {
        "type": "actions",
        "elements": [{"type": "button", "action_id": "deeper", "text": plain("Deeper")}],
    }
    opened = (await slack.views_open(trigger_id=trigger, view=modal(text_input(), button)))["view"]
    form = await alice.modal()
    await form.fill({"Title": "typed"})
    await form.clicks("deeper")

    changed = modal(text_input(), button, title=plain("Changed"))
    await slack.views_update(view_id=opened["id"], hash=opened["hash"], view=changed)

    assert (await alice.modal("Changed")).values == {"Title": "typed"}
    stale = slack.views_update(view_id=opened["id"], hash=opened["hash"], view=changed)
    assert await refusal(stale) == "hash_conflict"


async def test_a_view_is_found_by_its_external_id(
    app: ListeningApp, slack: AsyncWebClient, alice: Person
) -> None:
    trigger = await trigger_of(app, alice)
    await slack.views_open(trigger_id=trigger, view=modal(external_id="mine"))

    await slack.views_update(external_id="mine", view=modal(title=plain("Found")))

    assert (await alice.modal()).title == "Found"


async def test_an_external_id_is_one_views_alone(
    app: ListeningApp, slack: AsyncWebClient, alice: Person, bob: Person
) -> None:
    trigger = await trigger_of(app, alice)
    await slack.views_open(trigger_id=trigger, view=modal(external_id="mine"))

    trigger = await trigger_of(app, bob)

    call = slack.views_open(trigger_id=trigger, view=modal(external_id="mine"))
    assert await refusal(call) == "duplicate_external_id"


async def test_a_closed_view_cannot_be_updated(
    app: ListeningApp, slack: AsyncWebClient, alice: Person
) -> None:
    trigger = await trigger_of(app, alice)
    opened = (await slack.views_open(trigger_id=trigger, view=modal()))["view"]

    await (await alice.modal()).close()

    assert await refusal(slack.views_update(view_id=opened["id"], view=modal())) == "not_found"


async def test_a_home_view_is_published_and_replaced(
    sandbox: Sandbox, slack: AsyncWebClient, alice: Person
) -> None:
    header = {"type": "header", "text": plain("Welcome")}
    view = {"type": "home", "blocks": [header]}

    first = await slack.views_publish(user_id=await alice.id(), view=view)
    second = await slack.views_publish(
        user_id=await alice.id(), view=view, hash=first["view"]["hash"]
    )

    assert second["view"]["id"] == first["view"]["id"]
    assert "Welcome" in (await alice.home("Welcome")).words
    stale = slack.views_publish(user_id=await alice.id(), view=view, hash=first["view"]["hash"])
    assert await refusal(stale) == "hash_conflict"


async def test_an_app_without_a_home_tab_publishes_nothing() -> None:
    description = manifest()
    description["features"]["app_home"]["home_tab_enabled"] = False
    async with Sandbox(description) as sandbox:
        slack = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url)
        alice = await sandbox.person("alice").id()

        call = slack.views_publish(
            user_id=alice, view={"type": "home", "blocks": [{"type": "divider"}]}
        )

        assert await refusal(call) == "not_enabled"


@pytest.mark.parametrize("kind", ["modal", "home"])
async def test_a_view_of_the_wrong_kind_is_refused(
    app: ListeningApp, slack: AsyncWebClient, alice: Person, kind: str
) -> None:
    trigger = await trigger_of(app, alice)
    home = {"type": "home", "blocks": [{"type": "divider"}]}

    if kind == "home":
        call = slack.views_open(trigger_id=trigger, view=home)
    else:
        call = slack.views_publish(user_id=await alice.id(), view=modal())

    assert await refusal(call) == "invalid_arguments"
