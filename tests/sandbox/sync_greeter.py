"""The app of `test_bolt` once more, for slack_bolt's `App` with threads instead of `AsyncApp`."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_sdk import WebClient

from sandbox.json_types import Json
from sandbox.server import Sandbox
from tests.sandbox.asking import modal, plain, text_input

Body = dict[str, Any]


class SyncGreeter:
    """Asks for a title, opens a channel, posts a card whose button changes it."""

    def register(self, app: App) -> None:
        app.command("/hello")(self.ask)
        app.view("form")(self.create)
        app.action("greet")(self.greet)
        app.event("app_mention")(self.answer)
        app.event("message")(self.ignore)
        app.event("member_joined_channel")(self.ignore)

    def ask(self, ack: Any, body: Body, client: WebClient) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=modal(text_input()))

    def create(self, ack: Any, body: Body, client: WebClient) -> None:
        title = body["view"]["state"]["values"]["title"]["typed"]["value"]
        if " " in title:
            ack(response_action="errors", errors={"title": "One word, please."})
            return
        ack()
        channel = client.conversations_create(name=title)["channel"]["id"]
        client.conversations_invite(channel=channel, users=body["user"]["id"])
        button: Json = {"type": "button", "action_id": "greet", "text": plain("Greet")}
        blocks = [{"type": "actions", "elements": [button]}]
        client.chat_postMessage(channel=channel, text=f"About {title}", blocks=blocks)

    def greet(self, ack: Any, body: Body, client: WebClient, respond: Any) -> None:
        ack()
        place = {"channel": body["channel"]["id"], "ts": body["message"]["ts"]}
        client.chat_update(**place, text="Greeted", blocks=[])
        respond(text="You greeted.")

    def answer(self, say: Any) -> None:
        say("You called?")

    def ignore(self, event: Body) -> None:
        assert event


def sync_greeter(sandbox: Sandbox) -> App:
    """Made in a thread: it asks the sandbox who it is."""
    client = WebClient(token=sandbox.bot_token, base_url=sandbox.api_url)
    app = App(client=client, signing_secret=sandbox.signing_secret)
    SyncGreeter().register(app)
    return app


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Nobody reads it."""


@asynccontextmanager
async def sync_over_http(sandbox: Sandbox) -> AsyncIterator[None]:
    app = await asyncio.to_thread(sync_greeter, sandbox)
    handler = SlackRequestHandler(app, path="/slack/events")
    server = make_server("127.0.0.1", 0, handler, handler_class=Quiet)
    sandbox.app_url = f"http://127.0.0.1:{server.server_port}"
    serving = asyncio.create_task(asyncio.to_thread(server.serve_forever, 0.01))
    try:
        yield
    finally:
        await asyncio.to_thread(server.shutdown)
        await serving
        server.server_close()


@asynccontextmanager
async def sync_over_sockets(sandbox: Sandbox) -> AsyncIterator[None]:
    await sandbox.settings(socket_mode=True)
    app = await asyncio.to_thread(sync_greeter, sandbox)
    handler = SocketModeHandler(app, sandbox.app_token)
    await asyncio.to_thread(handler.connect)
    try:
        yield
    finally:
        await asyncio.to_thread(handler.close)
