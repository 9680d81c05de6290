"""A small app made with slack_bolt works unchanged: async and threads, HTTP and Socket Mode."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.conversation.control import wait_for
from sandbox.conversation.person import Person
from sandbox.conversation.room import Room
from sandbox.json_types import Json
from sandbox.server import Sandbox
from tests.processes import AMPLE
from tests.sandbox.app_manifest import SCOPES, manifest
from tests.sandbox.asking import modal, plain, text_input
from tests.sandbox.sync_greeter import sync_over_http, sync_over_sockets

Body = dict[str, Any]


class Greeter:
    """Asks for a title, opens a channel, posts a card whose button changes it."""

    def register(self, app: AsyncApp) -> None:
        app.command("/hello")(self.ask)
        app.view("form")(self.create)
        app.action("greet")(self.greet)
        app.event("app_mention")(self.answer)
        app.event("message")(self.ignore)
        app.event("member_joined_channel")(self.ignore)

    async def ask(self, ack: Any, body: Body, client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=modal(text_input()))

    async def create(self, ack: Any, body: Body, client: AsyncWebClient) -> None:
        title = body["view"]["state"]["values"]["title"]["typed"]["value"]
        if " " in title:
            await ack(response_action="errors", errors={"title": "One word, please."})
            return
        await ack()
        made = await client.conversations_create(name=title)
        channel = made["channel"]["id"]
        await client.conversations_invite(channel=channel, users=body["user"]["id"])
        button: Json = {"type": "button", "action_id": "greet", "text": plain("Greet")}
        blocks = [{"type": "actions", "elements": [button]}]
        await client.chat_postMessage(channel=channel, text=f"About {title}", blocks=blocks)

    async def greet(self, ack: Any, body: Body, client: AsyncWebClient, respond: Any) -> None:
        await ack()
        place = {"channel": body["channel"]["id"], "ts": body["message"]["ts"]}
        await client.chat_update(**place, text="Greeted", blocks=[])
        await respond(text="You greeted.")

    async def answer(self, say: Any) -> None:
        await say("You called?")

    async def ignore(self, event: Body) -> None:
        assert event


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    events = ["app_mention", "member_joined_channel", "message.channels"]
    async with Sandbox(manifest(scopes=SCOPES, events=events)) as sandbox:
        await sandbox.settings(answer_seconds=AMPLE)
        yield sandbox


def greeter(sandbox: Sandbox) -> AsyncApp:
    client = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url)
    app = AsyncApp(client=client, signing_secret=sandbox.signing_secret)
    Greeter().register(app)
    return app


@asynccontextmanager
async def over_http(sandbox: Sandbox) -> AsyncIterator[None]:
    bolt = greeter(sandbox)

    async def hear(request: web.Request) -> web.StreamResponse:
        return await to_aiohttp_response(await bolt.async_dispatch(await to_bolt_request(request)))

    server = web.Application()
    server.router.add_post("/slack/events", hear)
    runner = web.AppRunner(server)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    sandbox.app_url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield
    finally:
        await runner.cleanup()


@asynccontextmanager
async def over_sockets(sandbox: Sandbox) -> AsyncIterator[None]:
    await sandbox.settings(socket_mode=True)
    await sandbox.settings(socket_mode=True)
    handler = AsyncSocketModeHandler(greeter(sandbox), sandbox.app_token)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    try:
        yield
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]


TRANSPORTS = {
    "http": over_http,
    "sockets": over_sockets,
    "threads over http": sync_over_http,
    "threads over sockets": sync_over_sockets,
}


@pytest.fixture(params=list(TRANSPORTS))
async def running(request: pytest.FixtureRequest, sandbox: Sandbox) -> AsyncIterator[None]:
    async with TRANSPORTS[request.param](sandbox):
        yield


async def declare(alice: Person, sandbox: Sandbox) -> Room:
    await alice.types("#general", "/hello")
    form = await alice.modal("A form")
    await form.fill({"Title": "inc-1"})
    assert (await form.submit())["ok"]
    return await sandbox.channel_named("inc-1")


@pytest.mark.usefixtures("running")
async def test_a_command_becomes_a_form_becomes_a_channel_becomes_a_card(
    sandbox: Sandbox, alice: Person
) -> None:
    room = await declare(alice, sandbox)
    card = await room.message("About inc-1")

    outcome = await alice.clicks(card, "Greet")

    assert outcome["ok"]
    assert (await room.message("Greeted")).ts == card.ts
    assert await alice.ephemeral(room, "You greeted.")
    assert await sandbox.findings() == []


@pytest.mark.usefixtures("running")
async def test_a_field_error_comes_back_to_the_form(sandbox: Sandbox, alice: Person) -> None:
    await alice.types("#general", "/hello")
    form = await alice.modal("A form")
    await form.fill({"Title": "two words"})

    outcome = await form.submit()

    assert outcome["errors"] == {"title": "One word, please."}


@pytest.mark.usefixtures("running")
async def test_a_mention_is_answered(sandbox: Sandbox, alice: Person) -> None:
    room = await declare(alice, sandbox)
    await room.message("About inc-1")

    await alice.types(room, "@greeter hello?")

    assert await room.message("You called?")


async def test_a_socket_is_opened_anew_when_slack_asks(sandbox: Sandbox, alice: Person) -> None:
    async with over_sockets(sandbox):
        await sandbox.disconnect_sockets("refresh_requested")

        async def answered() -> bool | None:
            return True if (await alice.types("#general", "/hello"))["ok"] else None

        await wait_for(answered, "An answer over the new socket", patience=20)
        assert await alice.modal("A form")
