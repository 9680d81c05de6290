"""What each kind of element tells the app when it is used."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.clock import Clock
from sandbox.conversation.control import SandboxRefused
from sandbox.conversation.person import Person
from sandbox.conversation.room import Room
from sandbox.json_types import Json
from sandbox.server import Sandbox
from tests.sandbox.app_manifest import manifest
from tests.sandbox.asking import modal, plain, text_input
from tests.sandbox.cards import CARD
from tests.sandbox.listening_app import ListeningApp
from tests.sandbox.triggers import trigger_of

HIGH, LOW = ({"text": plain(name.capitalize()), "value": name} for name in ("high", "low"))
SHOP: Json = {"text": plain("Shop"), "value": "shop"}
OPTIONS = {"options": [HIGH, LOW]}
# Per element: its parts, what is chosen, and what of it the entry of `actions` holds.
CHOICES: list[tuple[str, Json, Json, Json]] = [
    ("static_select", OPTIONS, {"value": "high"}, {"selected_option": HIGH}),
    ("multi_static_select", OPTIONS, {"value": ["low"]}, {"selected_options": [LOW]}),
    ("radio_buttons", OPTIONS, {"value": "low"}, {"selected_option": LOW}),
    ("checkboxes", OPTIONS, {"value": ["high", "low"]}, {"selected_options": [HIGH, LOW]}),
    ("overflow", OPTIONS, {"value": "high"}, {"selected_option": HIGH}),
    ("external_select", {}, {"selected_option": SHOP}, {"selected_option": SHOP}),
    ("multi_external_select", {}, {"value": [SHOP]}, {"selected_options": [SHOP]}),
    ("users_select", {}, {"value": "alice"}, {"selected_user": "alice"}),
    ("multi_users_select", {}, {"value": ["alice"]}, {"selected_users": ["alice"]}),
    ("channels_select", {}, {"value": "room"}, {"selected_channel": "room"}),
    ("multi_channels_select", {}, {"value": ["room"]}, {"selected_channels": ["room"]}),
    ("conversations_select", {}, {"value": "room"}, {"selected_conversation": "room"}),
    ("multi_conversations_select", {}, {"value": []}, {"selected_conversations": []}),
    ("datepicker", {}, {"value": "2026-11-21"}, {"selected_date": "2026-11-21"}),
    ("timepicker", {"timezone": "Europe/Berlin"}, {"value": "09:30"}, {"selected_time": "09:30"}),
    ("datetimepicker", {}, {"value": 1_795_276_030}, {"selected_date_time": 1_795_276_030}),
]
WORDLESS = ("overflow", "radio_buttons", "checkboxes", "datetimepicker")


def an_element(kind: str, parts: Json) -> Json:
    placeholder = {} if kind in WORDLESS else {"placeholder": plain("Choose")}
    return {"type": kind, "action_id": "it", **placeholder, **parts}


@pytest.mark.parametrize(("kind", "parts", "chosen", "told"), CHOICES, ids=[c[0] for c in CHOICES])
async def test_a_choice_in_a_message_is_told_whole(
    app: ListeningApp,
    slack: AsyncWebClient,
    room: Room,
    alice: Person,
    kind: str,
    parts: Json,
    chosen: Json,
    told: Json,
) -> None:
    ids = {"alice": await alice.id(), "room": room.id}
    element = an_element(kind, parts)
    blocks = [{"type": "actions", "block_id": "b", "elements": [element]}]
    await slack.chat_postMessage(channel=room.id, text="Card", blocks=blocks)

    await alice.chooses(await room.message("Card"), "it", **named(chosen, ids))

    payload = app.heard("block_actions")[0].payload
    [entry] = payload["actions"]
    [[key, value]] = named(told, ids).items()
    assert (entry["type"], entry["block_id"], entry["action_id"]) == (kind, "b", "it")
    assert without_emoji(entry[key]) == value
    assert isinstance(entry["action_ts"], str)
    echoed = {"placeholder", "timezone"} & set(element)
    assert set(entry) == {"type", "block_id", "action_id", "action_ts", key, *echoed}
    kept = payload["state"]["values"].get("b", {}).get("it")
    if kind == "overflow":
        assert kept is None
    else:
        assert without_emoji(kept) == {"type": kind, key: value}


def named(value: Any, ids: dict[str, str]) -> Any:
    """The same with the ids of people and channels for their names."""
    if isinstance(value, dict) and value != SHOP:
        return {key: named(part, ids) for key, part in value.items()}
    if isinstance(value, list):
        return [named(part, ids) for part in value]
    return ids.get(value, value) if isinstance(value, str) else value


def without_emoji(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: without_emoji(part) for key, part in value.items() if key != "emoji"}
    return [without_emoji(part) for part in value] if isinstance(value, list) else value


@pytest.mark.parametrize(
    ("kind", "parts", "chosen", "why"),
    [
        ("users_select", {}, {"value": "UNOBODY0000"}, "is the id of nobody"),
        ("channels_select", {}, {"value": "CNOWHERE000"}, "is the id of no public channel"),
        ("conversations_select", {"filter": {"include": ["im"]}}, {"value": "room"}, "no conversa"),
        ("datepicker", {}, {"value": "21.11.2026"}, "looks like YYYY-MM-DD"),
        ("timepicker", {}, {"value": "9:30"}, "looks like HH:mm"),
        ("datetimepicker", {}, {"value": "soon"}, "ten digits"),
        ("multi_users_select", {}, {"value": "alice"}, "is a list"),
        (
            "multi_static_select",
            {**OPTIONS, "max_selected_items": 1},
            {"value": ["high", "low"]},
            "1",
        ),
        ("static_select", OPTIONS, {"value": "medium"}, "no option medium"),
    ],
)
async def test_what_slack_does_not_offer_cannot_be_chosen(
    slack: AsyncWebClient,
    room: Room,
    alice: Person,
    kind: str,
    parts: Json,
    chosen: Json,
    why: str,
) -> None:
    blocks = [{"type": "actions", "elements": [an_element(kind, parts)]}]
    await slack.chat_postMessage(channel=room.id, text="Card", blocks=blocks)
    ids = {"alice": await alice.id(), "room": room.id}

    with pytest.raises(SandboxRefused, match=why):
        await alice.chooses(await room.message("Card"), "it", **named(chosen, ids))


async def test_a_field_tells_nothing_unless_it_is_told_to(
    app: ListeningApp, slack: AsyncWebClient, alice: Person
) -> None:
    trigger = await trigger_of(app, alice)
    eager = text_input("eager", "Eager", dispatch_action=True)
    await slack.views_open(trigger_id=trigger, view=modal(text_input(), eager))
    form = await alice.modal()

    with pytest.raises(SandboxRefused, match="not_dispatched"):
        await form.chooses("Title", "x")
    await form.chooses("Eager", "y")

    payload = app.heard("block_actions")[0].payload
    assert payload["actions"][0]["value"] == "y"
    assert payload["view"]["state"]["values"]["eager"]["typed"]["value"] == "y"
    # The state of a view is in the view.
    assert "state" not in payload
    assert "response_url" not in payload
    assert payload["container"] == {"type": "view", "view_id": form.id}


async def test_a_button_in_the_home_tells_the_home(
    app: ListeningApp, slack: AsyncWebClient, alice: Person
) -> None:
    view = {"type": "home", "blocks": CARD}
    await slack.views_publish(user_id=await alice.id(), view=view)

    await alice.clicks(await alice.home(), "Go")

    payload = app.heard("block_actions")[0].payload
    assert payload["view"]["type"] == "home"
    assert payload["actions"][0]["text"]["text"] == "Go"
    opened = await slack.views_open(trigger_id=payload["trigger_id"], view=modal())
    assert opened["view"]["type"] == "modal"


async def test_an_ephemeral_message_is_not_told_again(
    app: ListeningApp, slack: AsyncWebClient, room: Room, alice: Person
) -> None:
    await slack.chat_postEphemeral(channel=room.id, user=await alice.id(), text="Card", blocks=CARD)

    await alice.clicks(await alice.ephemeral(room, "Card"), "Go")

    payload = app.heard("block_actions")[0].payload
    assert payload["container"]["is_ephemeral"] is True
    assert "message" not in payload
    assert payload["response_url"]


async def test_feedback_tells_the_button_that_was_pressed(
    app: ListeningApp, slack: AsyncWebClient, room: Room, alice: Person
) -> None:
    good, bad = ({"text": plain(words), "value": words} for words in ("good", "bad"))
    buttons = {"positive_button": good, "negative_button": bad}
    icon = {"type": "icon_button", "action_id": "bin", "icon": "trash", "text": plain("Delete")}
    elements = [{"type": "feedback_buttons", "action_id": "it", **buttons}, icon]
    blocks = [{"type": "context_actions", "elements": elements}]
    await slack.chat_postMessage(channel=room.id, text="Card", blocks=blocks)
    card = await room.message("Card")

    await alice.chooses(card, "it", value="bad")
    await alice.chooses(card, "bin")

    feedback, pressed = (told.payload["actions"][0] for told in app.heard("block_actions"))
    assert (feedback["type"], feedback["value"]) == ("feedback_buttons", "bad")
    assert feedback["text"]["text"] == "bad"
    assert (pressed["type"], pressed["icon"]) == ("icon_button", "trash")
    with pytest.raises(SandboxRefused, match="no feedback perhaps"):
        await alice.chooses(card, "it", value="perhaps")


async def test_interactivity_can_be_off(app: ListeningApp) -> None:
    quiet = manifest()
    quiet["settings"]["interactivity"] = {"is_enabled": False}
    del quiet["features"]["shortcuts"]
    async with Sandbox(quiet, app_url=app.url, clock=Clock("virtual")) as sandbox:
        sandbox.expects("interactivity_off")
        slack = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url)
        alice = sandbox.person("alice")
        await slack.views_publish(user_id=await alice.id(), view={"type": "home", "blocks": CARD})

        outcome = await alice.clicks(await alice.home(), "Go")

    assert outcome["error"] == "interactivity_off"
    assert app.heard("block_actions") == []


async def test_options_need_a_url_of_their_own(app: ListeningApp) -> None:
    whole = manifest()
    whole["settings"]["interactivity"]["request_url"] = "https://app.example.com/pressed"
    async with Sandbox(whole, app_url=f"{app.url}/slack/events") as sandbox:
        sandbox.expects("no_options_url")
        slack = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url)
        trigger = await trigger_of(app, sandbox.person("alice"))
        menu = text_input("s", "Service", element={"type": "external_select", "action_id": "s"})
        await slack.views_open(trigger_id=trigger, view=modal(menu))

        assert await (await sandbox.person("alice").modal()).options("Service", "x") == []


async def test_an_object_in_the_ack_of_a_button_is_noted(
    sandbox: Sandbox, app: ListeningApp, slack: AsyncWebClient, room: Room, alice: Person
) -> None:
    sandbox.expects("payload_not_accepted")
    app.answer_with("block_actions", {"text": "x"})
    await slack.chat_postMessage(channel=room.id, text="Card", blocks=CARD)

    assert (await alice.clicks(await room.message("Card"), "Go"))["ok"]
