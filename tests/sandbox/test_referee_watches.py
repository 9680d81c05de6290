"""What the referee sees beside single messages: repetitions, crowds, addresses, logs, archives."""

import asyncio
import logging
import socket
from contextlib import suppress
from urllib.parse import urlsplit

import aiohttp
import pytest
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from sandbox.conversation.control import SandboxRefused
from sandbox.conversation.person import Person
from sandbox.conversation.room import Room
from sandbox.expecting import Expectations, UnexpectedFindings
from sandbox.json_types import Json
from sandbox.referee.crowding import MOST_PEOPLE
from sandbox.referee.repetition import HANDLING_SECONDS
from sandbox.server import Sandbox
from tests.sandbox.app_manifest import manifest
from tests.sandbox.asking import modal, plain, refused, text_input
from tests.sandbox.listening_app import ListeningApp, Told
from tests.sandbox.triggers import trigger_of


async def codes(sandbox: Sandbox) -> list[str]:
    return [found["code"] for found in await sandbox.findings()]


async def test_the_same_message_twice_for_one_command_is_noted(
    sandbox: Sandbox, app: ListeningApp, slack: AsyncWebClient, room: Room, alice: Person
) -> None:
    sandbox.expects("duplicate_effect")
    await alice.types(room, "/hello")

    for _ in range(2):
        await slack.chat_postMessage(channel=room.id, text="Alice says hello")

    assert await codes(sandbox) == ["duplicate_effect"]


async def test_each_command_may_have_its_own_copy(
    sandbox: Sandbox, app: ListeningApp, slack: AsyncWebClient, room: Room, alice: Person
) -> None:
    await asyncio.gather(*(alice.types(room, "/hello") for _ in range(2)))

    for _ in range(2):
        await slack.chat_postMessage(channel=room.id, text="Somebody says hello")

    assert await codes(sandbox) == []


async def test_a_delivery_that_came_twice_has_one_effect(
    sandbox: Sandbox, app: ListeningApp, slack: AsyncWebClient, room: Room, alice: Person
) -> None:
    sandbox.expects("duplicate_effect")
    app.answer_with("command", {"response_type": "ephemeral", "text": "Hello"})
    await sandbox.fault("delivery:command", "duplicate")

    await alice.types(room, "/hello")
    await app.hears("command", 2)
    for told in app.heard("command"):
        await AsyncWebhookClient(told.payload["response_url"]).send(text="At work")

    assert await codes(sandbox) == ["duplicate_effect"]


@pytest.mark.parametrize(
    "second",
    [
        {"text": "Another"},
        {"metadata": {"event_type": "note", "event_payload": {"n": 2}}},
        {"thread_ts": "parent"},
    ],
)
async def test_another_text_place_or_metadata_is_another_thing(
    sandbox: Sandbox,
    app: ListeningApp,
    slack: AsyncWebClient,
    room: Room,
    alice: Person,
    second: Json,
) -> None:
    parent = await slack.chat_postMessage(channel=room.id, text="A parent")
    await alice.types(room, "/hello")
    wanted = {**second, "thread_ts": parent["ts"]} if "thread_ts" in second else second
    metadata = {"event_type": "note", "event_payload": {"n": 1}}

    for parts in ({}, wanted):
        message = {"channel": room.id, "text": "Hello", "metadata": metadata, **parts}
        await slack.api_call("chat.postMessage", json=message)

    assert await codes(sandbox) == []


async def test_what_an_app_says_of_its_own_accord_may_be_said_again(
    sandbox: Sandbox, app: ListeningApp, slack: AsyncWebClient, room: Room, alice: Person
) -> None:
    await alice.types(room, "/hello")

    for _ in range(3):
        await slack.chat_postMessage(channel=room.id, text="No update for a while")
        await sandbox.advance(HANDLING_SECONDS + 1)

    assert await codes(sandbox) == []


async def test_the_same_bookmark_twice_is_noted(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room
) -> None:
    sandbox.expects("duplicate_effect")

    for _ in range(2):
        await slack.bookmarks_add(
            channel_id=room.id, title="Runbook", type="link", link="https://runbook.example"
        )

    assert await codes(sandbox) == ["duplicate_effect"]


async def test_the_same_modal_pushed_by_call_and_by_ack_is_noted(
    sandbox: Sandbox, app: ListeningApp, slack: AsyncWebClient, alice: Person
) -> None:
    sandbox.expects("duplicate_effect")
    above = modal(text_input())

    async def push_twice(told: Told) -> web.StreamResponse:
        await slack.views_push(trigger_id=told.payload["trigger_id"], view=above)
        return web.json_response({"response_action": "push", "view": above})

    app.answers["view_submission"] = push_twice
    await slack.views_open(trigger_id=await trigger_of(app, alice), view=modal())
    await sandbox.advance(HANDLING_SECONDS + 1)

    await (await alice.modal()).submit()

    assert await codes(sandbox) == ["duplicate_effect"]


@pytest.mark.parametrize("people", [MOST_PEOPLE, MOST_PEOPLE + 1])
async def test_writing_to_a_crowd_is_noted(
    sandbox: Sandbox, slack: AsyncWebClient, people: int
) -> None:
    sandbox.allows("many_direct_messages")
    for number in range(people):
        added = await sandbox.control.act("add_person", name=f"guest{number}")
        await slack.chat_postMessage(channel=added["user"], text=f"Hello, guest {number}")

    assert await codes(sandbox) == ["many_direct_messages"] * (people - MOST_PEOPLE)


async def test_a_token_in_an_address_is_noted(sandbox: Sandbox) -> None:
    sandbox.expects("secret_in_url")

    async with aiohttp.ClientSession() as session:
        address = f"{sandbox.api_url}auth.test?token={sandbox.bot_token}"
        async with session.get(address) as answer:
            assert answer.status == 200

    assert await codes(sandbox) == ["secret_in_url"]


async def test_a_token_in_the_path_of_an_address_is_noted_and_not_shown(sandbox: Sandbox) -> None:
    sandbox.expects("secret_in_url")

    address = f"{sandbox.url}/hooks/{sandbox.bot_token}/x"
    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        assert answer.status == 404

    (found,) = await sandbox.findings()
    assert (found["code"], found["where"]) == ("secret_in_url", "/hooks/…/x")
    assert sandbox.bot_token not in str(found)


async def test_a_secret_in_the_log_is_noted(sandbox: Sandbox) -> None:
    sandbox.expects("secret_logged")

    logging.getLogger("an.app").warning("Signing with %s", sandbox.signing_secret)
    logging.getLogger("an.app").warning("Hello", extra={"payload": {"t": sandbox.bot_token}})
    logging.getLogger("an.app").warning("Signing with a secret")

    assert await codes(sandbox) == ["secret_logged"] * 2


async def test_the_log_of_another_process_is_read_out(sandbox: Sandbox) -> None:
    sandbox.expects("secret_logged")

    await sandbox.reads_log("started\nstopped\n", "an app")
    await sandbox.reads_log(f"started\nwith {sandbox.bot_token}\n", "an app")

    assert await codes(sandbox) == ["secret_logged"]
    with pytest.raises(SandboxRefused, match="A log needs text"):
        await sandbox.control.post("log", {"name": "an app"})


async def test_every_address_the_app_is_given_is_the_sandbox(
    sandbox: Sandbox, app: ListeningApp, slack: AsyncWebClient, alice: Person
) -> None:
    await alice.types("/hello")
    sockets = AsyncWebClient(token=sandbox.app_token, base_url=sandbox.api_url)

    given = [
        app.heard("command")[0].payload["response_url"],
        (await slack.files_getUploadURLExternal(filename="a.txt", length=1))["upload_url"],
        (await sockets.apps_connections_open(app_token=sandbox.app_token))["url"],
    ]

    assert {urlsplit(address).netloc for address in given} == {urlsplit(sandbox.url).netloc}


async def test_a_call_to_another_host_is_noted(sandbox: Sandbox) -> None:
    sandbox.expects("foreign_host")

    with socket.socket() as strange:
        strange.setblocking(False)
        with suppress(OSError):
            # An address that is reserved for documentation and leads nowhere.
            strange.connect(("192.0.2.1", 443))

    assert await codes(sandbox) == ["foreign_host"]


async def test_changing_a_message_in_an_archive_is_noted(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room, alice: Person
) -> None:
    sandbox.expects("edited_after_archive")
    posted = await slack.chat_postMessage(channel=room.id, text="Before")
    await alice.archives(room)

    await refused(slack.chat_update(channel=room.id, ts=posted["ts"], text="After"))

    assert await codes(sandbox) == ["edited_after_archive"]


async def test_a_payload_in_the_ack_of_a_button_is_noted(
    sandbox: Sandbox, app: ListeningApp, slack: AsyncWebClient, room: Room, alice: Person
) -> None:
    sandbox.expects("payload_not_accepted")
    app.answer_with("block_actions", {"text": "Thank you"})
    button = {"type": "button", "text": plain("Press"), "action_id": "press"}
    blocks = [{"type": "actions", "elements": [button]}]
    await slack.chat_postMessage(channel=room.id, text="Press", blocks=blocks)

    await alice.clicks(await room.message("Press"), "Press")

    assert await codes(sandbox) == ["payload_not_accepted"]


async def test_what_slack_refuses_for_its_size_or_its_form_is_noted(
    sandbox: Sandbox, slack: AsyncWebClient, general: Room
) -> None:
    await refused(slack.conversations_create(name="x" * 81))
    await refused(slack.chat_postMessage(channel=general.id, text="x", blocks="["))

    assert set(await codes(sandbox)) == {"over_limit", "invalid_content"}


def test_a_verdict_names_every_surprise_and_every_absence() -> None:
    expectations = Expectations()
    expectations.expect("late_ack")
    expectations.allow("broadcast")
    seen = [
        {"code": "broadcast", "message": "It would notify everybody."},
        {"code": "secret_shown", "message": "It shows a secret."},
    ]

    with pytest.raises(UnexpectedFindings) as verdict:
        expectations.judge(seen)

    assert str(verdict.value).splitlines() == [
        "secret_shown: It shows a secret.",
        "late_ack: was expected, and the referee saw none.",
    ]


def test_only_findings_that_exist_can_be_expected() -> None:
    with pytest.raises(LookupError, match="There is no finding 'late_act'"):
        Expectations().expect("late_act")


async def test_the_end_of_a_test_is_its_verdict(sandbox: Sandbox) -> None:
    sandbox.expects("unknown_method")
    other = Sandbox(manifest())
    await other.__aenter__()
    await refused(AsyncWebClient(base_url=other.api_url).api_call("calls.add"))

    with pytest.raises(UnexpectedFindings, match="unknown_method"):
        await other.__aexit__(None, None, None)
    # An error of the test itself says more than the verdict could.
    await other.__aexit__(ValueError, ValueError(), None)

    await refused(AsyncWebClient(base_url=sandbox.api_url).api_call("calls.add"))
