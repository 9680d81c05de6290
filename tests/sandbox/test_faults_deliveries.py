"""Faults of deliveries: what reaches the app twice, late, forged, or in a strange shape."""

import asyncio
from typing import Any

import pytest
from aiohttp import web
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.conversation.control import NothingHappened
from sandbox.conversation.person import Person
from sandbox.conversation.room import Room
from sandbox.facts.hostile_texts import HOSTILE_TEXTS, LONGEST
from sandbox.json_types import Json
from sandbox.server import Sandbox
from tests.sandbox.asking import modal, refusal, text_input
from tests.sandbox.cards import CARD
from tests.sandbox.listening_app import ListeningApp, Told


async def card_in(room: Room, slack: AsyncWebClient) -> Any:
    await slack.chat_postMessage(channel=room.id, text="Card", blocks=CARD)
    return await room.message("Card")


async def form_of(slack: AsyncWebClient, app: ListeningApp, alice: Person) -> Any:
    """A modal with one text input, in front of alice."""
    await alice.types("#general", "/hello")
    trigger = app.heard("command")[-1].payload["trigger_id"]
    await slack.views_open(trigger_id=trigger, view=modal(text_input()))
    return await alice.modal()


async def joins(sandbox: Sandbox, *names: str) -> None:
    for name in names:
        await sandbox.control.act("add_person", name=name)


async def test_a_duplicate_delivery_arrives_twice(
    sandbox: Sandbox, app: ListeningApp, alice: Person
) -> None:
    await sandbox.fault("delivery:command", "duplicate")

    await alice.types("#general", "/hello")

    second = await app.hears("command", 2)
    assert second.payload["trigger_id"] == app.heard("command")[0].payload["trigger_id"]


async def test_a_delayed_delivery_arrives_when_its_time_has_come(
    sandbox: Sandbox, app: ListeningApp
) -> None:
    await sandbox.fault("delivery:event:team_join", "delay", seconds=20)
    await joins(sandbox, "dave")
    await sandbox.advance(19)
    assert app.heard("team_join") == []

    await sandbox.advance(1)

    assert await app.hears("team_join")


async def test_events_may_arrive_in_another_order(sandbox: Sandbox, app: ListeningApp) -> None:
    await sandbox.fault("delivery:event", "reorder")

    await joins(sandbox, "dave", "erin")
    await app.hears("team_join", 2)

    names = [told.payload["event"]["user"]["name"] for told in app.heard("team_join")]
    assert names == ["erin", "dave"]


async def test_what_nothing_overtakes_arrives_in_the_end(
    sandbox: Sandbox, app: ListeningApp
) -> None:
    await sandbox.fault("delivery:event", "reorder", seconds=5)

    await joins(sandbox, "dave")
    await sandbox.advance(5)

    assert await app.hears("team_join")


async def test_an_event_may_come_again_though_it_was_acknowledged(
    sandbox: Sandbox, app: ListeningApp
) -> None:
    await sandbox.fault("delivery:event", "retry_despite_success")

    await joins(sandbox, "dave")
    again = await app.hears("team_join", 2)
    await sandbox.settled()
    await sandbox.advance(400)

    assert again.headers["X-Slack-Retry-Num"] == "1"
    assert again.headers["X-Slack-Retry-Reason"] == "http_timeout"
    assert again.payload["event_id"] == app.heard("team_join")[0].payload["event_id"]
    assert len(app.heard("team_join")) == 2


@pytest.mark.parametrize(
    "reason", ["http_timeout", "too_many_redirects", "connection_failed", "ssl_error"]
)
async def test_an_event_may_get_lost_on_its_way_for_every_reason(
    sandbox: Sandbox, app: ListeningApp, reason: str
) -> None:
    await sandbox.fault("delivery:event", "undelivered", error=reason)

    await joins(sandbox, "dave")
    told = await app.hears("team_join")

    assert told.headers["X-Slack-Retry-Num"] == "1"
    assert told.headers["X-Slack-Retry-Reason"] == reason


async def test_a_command_that_gets_lost_is_told_to_its_author(
    sandbox: Sandbox, app: ListeningApp, alice: Person
) -> None:
    await sandbox.fault("delivery:command", "undelivered")

    assert (await alice.types("#general", "/hello"))["error"] == "dispatch_failed"
    assert app.told == []


async def refuse_forgeries(sandbox: Sandbox, app: ListeningApp) -> None:
    """Let the app look at signatures as Slack's own code does."""
    verifier = SignatureVerifier(sandbox.signing_secret)

    async def answer(told: Told) -> web.StreamResponse:
        headers = {name.lower(): value for name, value in told.headers.items()}
        is_genuine = verifier.is_valid_request(told.raw.decode(), headers)
        return web.Response(status=200 if is_genuine else 401)

    app.answers["command"] = answer


@pytest.mark.parametrize(
    ("rule", "is_taken"),
    [
        ({"kind": "bad_signature"}, False),
        ({"kind": "clock_skew", "seconds": 299}, True),
        ({"kind": "clock_skew", "seconds": -299}, True),
        ({"kind": "clock_skew", "seconds": 302}, False),
        ({"kind": "clock_skew", "seconds": -301}, False),
    ],
)
async def test_a_careful_app_takes_only_what_is_signed_and_fresh(
    sandbox: Sandbox, app: ListeningApp, alice: Person, rule: dict[str, Any], is_taken: bool
) -> None:
    await refuse_forgeries(sandbox, app)
    await sandbox.fault("delivery:command", **rule)

    outcome = await alice.types("#general", "/hello")

    assert outcome["ok"] is is_taken


async def test_taking_a_forgery_is_noted(
    sandbox: Sandbox, app: ListeningApp, alice: Person
) -> None:
    sandbox.expects("forgery_accepted")
    await sandbox.fault("delivery:command", "bad_signature")

    await alice.types("#general", "/hello")


async def test_a_trigger_may_be_too_old_on_arrival(
    sandbox: Sandbox, app: ListeningApp, slack: AsyncWebClient, alice: Person
) -> None:
    await sandbox.fault("delivery:command", "old_trigger")
    await alice.types("#general", "/hello")
    trigger = app.heard("command")[0].payload["trigger_id"]

    call = slack.views_open(trigger_id=trigger, view=modal())

    assert await refusal(call) == "expired_trigger_id"


async def test_somebody_else_may_press_the_same_button(
    sandbox: Sandbox, app: ListeningApp, slack: AsyncWebClient, room: Room, alice: Person
) -> None:
    await alice.invites(room, "bob")
    card = await card_in(room, slack)
    await sandbox.fault("delivery:block_actions", "pressed_twice")

    await alice.clicks(card, "Go")
    await app.hears("block_actions", 2)

    pressed = [told.payload for told in app.heard("block_actions")]
    assert {one["user"]["username"] for one in pressed} == {"alice", "bob"}
    assert pressed[0]["actions"] == pressed[1]["actions"]
    for name in ("trigger_id", "response_url"):
        assert pressed[0][name] != pressed[1][name]


async def test_alone_in_a_channel_nobody_else_presses(
    sandbox: Sandbox, app: ListeningApp, slack: AsyncWebClient, room: Room, alice: Person
) -> None:
    card = await card_in(room, slack)
    await sandbox.fault("delivery:block_actions", "pressed_twice")

    assert (await alice.clicks(card, "Go"))["ok"]
    await sandbox.settled()

    assert len(app.heard("block_actions")) == 1


async def test_a_submitted_view_may_be_outdated(
    sandbox: Sandbox, app: ListeningApp, slack: AsyncWebClient, alice: Person
) -> None:
    form = await form_of(slack, app, alice)
    await sandbox.fault("delivery:view_submission", "stale_view")
    app.answer_with("view_submission", {"response_action": "errors", "errors": {"title": "No"}})
    await form.fill({"Title": "one"})
    await form.submit()
    view = app.heard("view_submission")[0].payload["view"]

    call = slack.views_update(view_id=view["id"], hash=view["hash"], view=modal(text_input()))

    assert await refusal(call) == "hash_conflict"


async def test_deliveries_may_have_fields_nobody_knows(
    sandbox: Sandbox, app: ListeningApp, alice: Person
) -> None:
    await sandbox.fault("delivery:*", "unknown_fields", times=0)

    await joins(sandbox, "dave")
    await alice.types("#general", "/hello")

    told = (await app.hears("team_join")).payload
    assert "x_added_later" in told
    assert "x_added_later" in told["event"]
    assert "x_added_later" in told["event"]["user"]
    assert app.heard("command")[0].payload["x_added_later"] == "1"


async def test_deliveries_may_lack_what_is_optional(
    sandbox: Sandbox, app: ListeningApp, alice: Person
) -> None:
    await sandbox.fault("delivery:*", "missing_fields", times=0)

    await joins(sandbox, "dave")
    await alice.types("#general", "/hello")

    told = (await app.hears("team_join")).payload
    assert {"event", "event_id", "event_time", "team_id", "type"} <= set(told)
    assert not {"authorizations", "context_team_id", "event_context"} & set(told)
    command = app.heard("command")[0].payload
    assert {"command", "text", "user_id", "channel_id", "trigger_id", "response_url"} <= set(
        command
    )
    assert not {"user_name", "channel_name", "token"} & set(command)


async def test_a_message_may_be_as_long_as_slack_allows(
    sandbox: Sandbox, app: ListeningApp, room: Room, alice: Person
) -> None:
    already = len(app.heard("message"))
    await sandbox.fault("delivery:event:message.channels", "giant_text")

    await alice.types(room, "short")

    told = await app.hears("message", already + 1)
    assert len(told.payload["event"]["text"]) == LONGEST


@pytest.mark.parametrize("name", ["broadcast_channel", "bidi_override", "code_fence_nested"])
async def test_hostile_texts_come_with_commands_forms_and_messages(
    sandbox: Sandbox,
    app: ListeningApp,
    slack: AsyncWebClient,
    room: Room,
    alice: Person,
    name: str,
) -> None:
    form = await form_of(slack, app, alice)
    already = len(app.heard("message"))
    await sandbox.fault("delivery:*", "hostile_text", text=name, times=0)

    await form.fill({"Title": "one"})
    await form.submit()
    await alice.types("#general", "/hello")
    await alice.types(room, "harmless")
    message = await app.hears("message", already + 1)

    hostile = HOSTILE_TEXTS[name]
    values: Json = app.heard("view_submission")[0].payload["view"]["state"]["values"]
    assert values["title"]["typed"]["value"] == hostile
    assert app.heard("command")[-1].payload["text"] == hostile
    assert "<!channel>" not in message.payload["event"]["text"]


async def test_without_a_name_the_seed_picks_the_hostile_text(
    sandbox: Sandbox, app: ListeningApp, alice: Person
) -> None:
    await sandbox.fault("delivery:command", "hostile_text")

    await alice.types("#general", "/hello")

    assert app.heard("command")[0].payload["text"] in HOSTILE_TEXTS.values()


async def test_latency_counts_towards_the_three_seconds(
    sandbox: Sandbox, app: ListeningApp, slack: AsyncWebClient, alice: Person
) -> None:
    await sandbox.settings(delivery_latency=2.5)
    asking = asyncio.create_task(alice.types("#general", "/hello"))
    while not app.heard("command"):
        await sandbox.advance(0.5)
    await asking
    await sandbox.advance(0.5)

    trigger = app.heard("command")[0].payload["trigger_id"]
    call = slack.views_open(trigger_id=trigger, view=modal())

    assert await refusal(call) == "expired_trigger_id"


async def test_a_text_fault_waits_for_a_delivery_with_a_text(
    sandbox: Sandbox, app: ListeningApp, room: Room, alice: Person
) -> None:
    already = len(app.heard("message"))
    await sandbox.fault("delivery:event", "hostile_text", text="html")

    await joins(sandbox, "dave")
    await alice.types(room, "harmless")
    told = await app.hears("message", already + 1)

    assert "onerror" in told.payload["event"]["text"]


@pytest.mark.parametrize("kind", ["delay", "reorder"])
async def test_what_is_held_back_keeps_the_sandbox_from_settling(
    sandbox: Sandbox, app: ListeningApp, kind: str
) -> None:
    await sandbox.fault("delivery:event", kind, seconds=5)
    await joins(sandbox, "dave")

    with pytest.raises(NothingHappened):
        await sandbox.settled(patience=0.2)
    await sandbox.advance(5)
    await sandbox.settled()

    assert len(app.heard("team_join")) == 1
