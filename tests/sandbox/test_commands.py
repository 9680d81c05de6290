"""Slash commands: signed, shaped as Slack shapes them, answered within three seconds."""

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
from tests.sandbox.listening_app import ListeningApp, Told
from tests.sandbox.reference import read


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
    sandbox.expects("invalid_ack")
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
    sandbox.expects("late_ack")
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
    sandbox.expects("app_unreachable")
    await app.stop()

    outcome = await alice.types(general, "/hello")

    assert outcome["error"] == "dispatch_failed"
    assert "dispatch_failed" in (await alice.ephemerals(general))[0].text


async def test_commands_are_not_repeated(
    sandbox: Sandbox, app: ListeningApp, alice: Person, general: Room
) -> None:
    sandbox.expects("refused_delivery")
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


async def test_a_forged_or_late_signature_can_be_asked_for(
    sandbox: Sandbox, app: ListeningApp, alice: Person
) -> None:
    sandbox.expects("forgery_accepted")
    await sandbox.fault("delivery:command", "bad_signature")
    await sandbox.fault("delivery:command", "clock_skew", seconds=-301)
    verifier = SignatureVerifier(sandbox.signing_secret)

    await alice.types("#general", "/hello")
    await alice.types("#general", "/hello")

    assert not any(verifier.is_valid_request(told.raw, told.headers) for told in app.told)


async def test_commands_work_where_the_bot_is_not(
    sandbox: Sandbox, app: ListeningApp, alice: Person, bob: Person
) -> None:
    secret = await sandbox.control.act(
        "create_channel", user="alice", name="secret", is_private=True
    )
    direct = await sandbox.control.act("open_dm", user="alice", **{"with": "bob"})
    group = await sandbox.control.act("open_group_dm", user="alice", users=["bob", "carol"])

    for place in (secret, direct, group):
        await alice.types(place["channel"], "/hello")

    names = [told.payload["channel_name"] for told in app.heard("command")]
    assert names == ["privategroup", "directmessage", "privategroup"]
    assert sandbox.world.workspace.channels[group["channel"]].name == "mpdm-alice--bob--carol-1"


async def test_a_command_is_cut_from_its_text_at_the_first_blank(
    app: ListeningApp, alice: Person, general: Room
) -> None:
    await alice.types(general, "/hello\n  two  words ")
    await alice.types(general, "/hello")

    assert [told.payload["text"] for told in app.heard("command")] == ["two  words", ""]


async def test_what_is_typed_arrives_raw_unless_it_is_to_be_escaped(
    app: ListeningApp, alice: Person, general: Room
) -> None:
    await alice.types(general, "/hello @bob <b> & bob@example.com")

    assert app.heard("command")[0].payload["text"] == "@bob <b> & bob@example.com"


async def test_there_are_no_commands_in_archived_channels_and_threads(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room, alice: Person
) -> None:
    await slack.conversations_archive(channel=room.id)

    with pytest.raises(SandboxRefused, match="is_archived"):
        await alice.types(room, "/hello")
    with pytest.raises(SandboxRefused, match="cannot be used in threads"):
        await sandbox.control.act(
            "command", user="alice", channel="general", text="/hello", thread_ts="1.2"
        )


@pytest.mark.parametrize(
    "answer",
    [
        {"text": "x", "response_type": "everywhere"},
        {"text": 7},
        {"text": "x", "blocks": "none"},
        {"text": "x", "replace_original": "perhaps"},
        {"text": "x", "channel": "C1"},
        {"response_type": "in_channel"},
        {"text": "x", "attachments": [{"colour": "red"}]},
    ],
)
async def test_an_answer_slack_does_not_understand_is_shown_as_a_failure(
    sandbox: Sandbox, app: ListeningApp, alice: Person, general: Room, answer: Json
) -> None:
    sandbox.expects("invalid_ack")
    app.answer_with("command", answer)

    assert (await alice.types(general, "/hello"))["error"] == "invalid_answer"
    assert "cannot be shown" in (await alice.ephemerals(general))[0].text
