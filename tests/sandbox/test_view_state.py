"""What views hold: what inputs start with, what stays over an update, and how views end."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.conversation.control import SandboxRefused
from sandbox.conversation.person import Person
from sandbox.json_types import Json
from sandbox.server import Sandbox
from tests.sandbox.asking import modal, plain, refusal, text_input
from tests.sandbox.block_makers import actions, button, named_input, option, rich_text
from tests.sandbox.listening_app import ListeningApp
from tests.sandbox.triggers import deep_modal, trigger_in, trigger_of

CHOSEN = option(1)
STARTS: list[tuple[Json, Json]] = [
    ({"type": "plain_text_input"}, {"value": None}),
    ({"type": "plain_text_input", "initial_value": "x"}, {"value": "x"}),
    ({"type": "email_text_input", "initial_value": "a@example.com"}, {"value": "a@example.com"}),
    ({"type": "url_text_input"}, {"value": None}),
    (
        {"type": "number_input", "is_decimal_allowed": True, "initial_value": "1.5"},
        {"value": "1.5"},
    ),
    ({"type": "rich_text_input"}, {"rich_text_value": None}),
    (
        {"type": "rich_text_input", "initial_value": rich_text()},
        {"rich_text_value": rich_text()},
    ),
    (
        {"type": "static_select", "options": [CHOSEN], "initial_option": CHOSEN},
        {"selected_option": CHOSEN},
    ),
    (
        {"type": "multi_static_select", "options": [CHOSEN], "initial_options": [CHOSEN]},
        {"selected_options": [CHOSEN]},
    ),
    ({"type": "external_select", "initial_option": CHOSEN}, {"selected_option": CHOSEN}),
    ({"type": "multi_external_select"}, {"selected_options": []}),
    ({"type": "checkboxes", "options": [CHOSEN]}, {"selected_options": []}),
    (
        {"type": "radio_buttons", "options": [CHOSEN], "initial_option": CHOSEN},
        {"selected_option": CHOSEN},
    ),
    ({"type": "users_select", "initial_user": "U1"}, {"selected_user": "U1"}),
    ({"type": "multi_users_select", "initial_users": ["U1"]}, {"selected_users": ["U1"]}),
    ({"type": "channels_select"}, {"selected_channel": None}),
    ({"type": "multi_channels_select"}, {"selected_channels": []}),
    ({"type": "conversations_select"}, {"selected_conversation": None}),
    ({"type": "multi_conversations_select"}, {"selected_conversations": []}),
    ({"type": "datepicker", "initial_date": "2026-02-28"}, {"selected_date": "2026-02-28"}),
    ({"type": "timepicker", "initial_time": "23:59"}, {"selected_time": "23:59"}),
    (
        {"type": "datetimepicker", "initial_date_time": 1_700_000_000},
        {"selected_date_time": 1_700_000_000},
    ),
    ({"type": "file_input"}, {"files": []}),
    ({"type": "multi_users_select", "initial_users": None}, {"selected_users": []}),
]


def without_emoji(value: object) -> object:
    """Slack adds `emoji` to plain texts, which is not what these tests are about."""
    if isinstance(value, dict):
        return {name: without_emoji(part) for name, part in value.items() if name != "emoji"}
    return [without_emoji(part) for part in value] if isinstance(value, list) else value


@pytest.mark.parametrize(("element", "state"), STARTS)
async def test_every_input_starts_with_what_the_app_gave_it(
    app: ListeningApp, slack: AsyncWebClient, alice: Person, element: Json, state: Json
) -> None:
    trigger = await trigger_of(app, alice)

    opened = await slack.views_open(trigger_id=trigger, view=modal(named_input(element)))

    held = opened["view"]["state"]["values"]["b"]["field"]
    assert without_emoji(held) == {"type": element["type"], **state}


async def test_blocks_and_elements_without_ids_are_given_some(
    app: ListeningApp, slack: AsyncWebClient, alice: Person
) -> None:
    trigger = await trigger_of(app, alice)
    nameless = {"type": "button", "text": plain("Go")}
    view = modal(actions(nameless, nameless), actions(nameless))

    blocks = (await slack.views_open(trigger_id=trigger, view=view))["view"]["blocks"]

    names = [block["block_id"] for block in blocks]
    inside = [element["action_id"] for block in blocks for element in block["elements"]]
    assert len(set(names)) == 2
    assert len(set(inside)) == 3
    assert all([*names, *inside])


async def test_what_is_null_is_as_if_it_were_left_out(
    app: ListeningApp, slack: AsyncWebClient, alice: Person
) -> None:
    trigger = await trigger_of(app, alice)
    view = modal(submit=None, close=None, private_metadata=None, external_id=None)

    opened = (await slack.views_open(trigger_id=trigger, view=view))["view"]

    assert (opened["submit"], opened["private_metadata"], opened["external_id"]) == (None, "", "")


async def test_an_update_keeps_only_inputs_of_the_same_names_and_kind(
    app: ListeningApp, slack: AsyncWebClient, alice: Person
) -> None:
    trigger = await trigger_of(app, alice)
    view = modal(text_input("a", "A"), text_input("b", "B"), actions(button(action_id="deeper")))
    opened = (await slack.views_open(trigger_id=trigger, view=view))["view"]
    form = await alice.modal()
    await form.fill({"A": "kept", "B": "lost"})
    await form.clicks("deeper")

    other = text_input("b", "B", element={"type": "email_text_input", "action_id": "typed"})
    answer = await slack.views_update(view_id=opened["id"], view=modal(text_input("a", "A"), other))

    values = answer["view"]["state"]["values"]
    assert values["a"]["typed"]["value"] == "kept"
    assert values["b"]["typed"] == {"type": "email_text_input", "value": None}


async def test_a_view_of_another_person_is_updated_by_its_id(
    app: ListeningApp, slack: AsyncWebClient, alice: Person, bob: Person
) -> None:
    opened = await slack.views_open(trigger_id=await trigger_of(app, bob), view=modal())
    await trigger_of(app, alice)

    await slack.views_update(view_id=opened["view"]["id"], view=modal(title=plain("For Bob")))

    assert (await bob.modal()).title == "For Bob"


async def test_every_update_changes_the_hash_and_no_old_one_works(
    app: ListeningApp, slack: AsyncWebClient, alice: Person
) -> None:
    opened = (await slack.views_open(trigger_id=await trigger_of(app, alice), view=modal()))["view"]

    updated = await slack.views_update(view_id=opened["id"], hash=opened["hash"], view=modal())

    again = await slack.views_update(
        view_id=opened["id"], hash=updated["view"]["hash"], view=modal()
    )
    hashes = {opened["hash"], updated["view"]["hash"], again["view"]["hash"]}
    assert len(hashes) == 3
    stale = slack.views_update(view_id=opened["id"], hash=opened["hash"], view=modal())
    assert await refusal(stale) == "hash_conflict"


async def test_an_update_may_keep_its_own_external_id_but_not_take_anothers(
    app: ListeningApp, slack: AsyncWebClient, alice: Person, bob: Person
) -> None:
    mine, theirs = modal(external_id="mine"), modal(external_id="theirs")
    opened = await slack.views_open(trigger_id=await trigger_of(app, alice), view=mine)
    await slack.views_open(trigger_id=await trigger_of(app, bob), view=theirs)

    await slack.views_update(view_id=opened["view"]["id"], view=mine)

    taken = slack.views_update(view_id=opened["view"]["id"], view=theirs)
    assert await refusal(taken) == "duplicate_external_id"


async def test_an_external_id_is_free_again_once_its_view_is_closed(
    app: ListeningApp, slack: AsyncWebClient, alice: Person
) -> None:
    view = modal(external_id="mine")
    await slack.views_open(trigger_id=await trigger_of(app, alice), view=view)

    await (await alice.modal()).close()

    assert await slack.views_open(trigger_id=await trigger_of(app, alice), view=view)


@pytest.mark.parametrize("names", [{"view_id": "V404"}, {"external_id": "nobody's"}])
async def test_a_view_nobody_knows_is_not_found(slack: AsyncWebClient, names: Json) -> None:
    assert await refusal(slack.views_update(view=modal(), **names)) == "not_found"


async def test_an_update_names_its_view(slack: AsyncWebClient) -> None:
    call = slack.api_call("views.update", json={"view": modal()})

    assert await refusal(call) == "invalid_arguments"


async def test_the_app_hears_of_a_closing_only_if_it_asked(
    app: ListeningApp, slack: AsyncWebClient, alice: Person, sandbox: Sandbox
) -> None:
    await slack.views_open(trigger_id=await trigger_of(app, alice), view=modal())
    await (await alice.modal()).close()
    await sandbox.settled()
    assert app.heard("view_closed") == []

    view = modal(notify_on_close=True)
    await slack.views_open(trigger_id=await trigger_of(app, alice), view=view)
    await (await alice.modal()).close()
    await sandbox.settled()

    (closed,) = app.heard("view_closed")
    assert closed.payload["is_cleared"] is False


async def test_a_view_that_clears_takes_the_whole_stack_with_it(
    app: ListeningApp, slack: AsyncWebClient, alice: Person
) -> None:
    trigger = await trigger_of(app, alice)
    await slack.views_open(trigger_id=trigger, view=deep_modal())
    view = deep_modal() | {"clear_on_close": True}
    await slack.views_push(trigger_id=await trigger_in(app, alice), view=view)

    await (await alice.modal()).close()

    assert await alice.modals() == []


async def test_a_form_that_is_shut_opens_with_the_first_answer(
    app: ListeningApp, slack: AsyncWebClient, alice: Person, sandbox: Sandbox
) -> None:
    view = modal(text_input(optional=True), submit_disabled=True)
    await slack.views_open(trigger_id=await trigger_of(app, alice), view=view)
    form = await alice.modal()

    with pytest.raises(SandboxRefused, match="cannot be sent"):
        await form.submit()
    await form.fill({"Title": "Something"})
    await form.submit()

    assert len(app.heard("view_submission")) == 1
