"""Slack's own Python clients work unchanged, with threads and with asyncio."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook import WebhookClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from sandbox.conversation.control import wait_for
from sandbox.conversation.person import Person
from sandbox.conversation.room import Room
from sandbox.server import Sandbox
from tests.processes import AMPLE
from tests.sandbox.app_manifest import SCOPES, manifest
from tests.sandbox.listening_app import ListeningApp

Call = tuple[str, dict[str, Any]]


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    scopes = sorted({*SCOPES, "files:read", "files:write"})
    async with Sandbox(manifest(scopes=scopes, events=["app_mention"])) as sandbox:
        await sandbox.settings(answer_seconds=AMPLE)
        yield sandbox


class Caller:
    """Calls methods by name, with the one client or the other."""

    def __init__(self, client: WebClient | AsyncWebClient) -> None:
        self._client = client

    async def __call__(self, method: str, /, **arguments: Any) -> Any:
        function = getattr(self._client, method)
        if isinstance(self._client, AsyncWebClient):
            return await function(**arguments)
        return await asyncio.to_thread(function, **arguments)


@pytest.fixture(params=["threads", "asyncio"])
def call(request: pytest.FixtureRequest, sandbox: Sandbox) -> Caller:
    kind = WebClient if request.param == "threads" else AsyncWebClient
    return Caller(kind(token=sandbox.bot_token, base_url=sandbox.api_url))


async def test_the_web_client_walks_through_many_methods(
    sandbox: Sandbox, alice: Person, call: Caller
) -> None:
    channel = (await call("conversations_create", name="kitchen"))["channel"]["id"]
    await call("conversations_invite", channel=channel, users=[await alice.id()])
    await call("conversations_setTopic", channel=channel, topic="Coffee")
    posted = await call("chat_postMessage", channel=channel, text="Fresh coffee")
    await call("reactions_add", channel=channel, timestamp=posted["ts"], name="coffee")
    await call("pins_add", channel=channel, timestamp=posted["ts"])
    await call("chat_update", channel=channel, ts=posted["ts"], text="Cold coffee")
    thread = await call("conversations_replies", channel=channel, ts=posted["ts"])

    assert [message["text"] for message in thread["messages"]] == ["Cold coffee"]
    assert (await sandbox.channel_named("kitchen")).wire["topic"] == "Coffee"


async def test_the_web_client_pages_through_a_list(call: Caller) -> None:
    names: list[str] = []
    page = await call("conversations_list", limit=1)
    while True:
        names += [channel["name"] for channel in page["channels"]]
        cursor = page["response_metadata"]["next_cursor"]
        if not cursor:
            break
        page = await call("conversations_list", limit=1, cursor=cursor)

    assert names == ["general", "incidents"]


async def test_the_web_client_uploads_a_file(call: Caller) -> None:
    channel = (await call("conversations_create", name="kitchen"))["channel"]["id"]

    answer = await call(
        "files_upload_v2", channel=channel, filename="recipe.txt", content="Grind, pour, wait."
    )

    file = (await call("files_info", file=answer["file"]["id"]))["file"]
    assert (file["name"], file["size"]) == ("recipe.txt", 18)


async def test_the_web_client_raises_what_slack_refuses(call: Caller) -> None:
    with pytest.raises(SlackApiError) as refused:
        await call("chat_postMessage", channel="C404", text="Hello?")

    assert refused.value.response["error"] == "channel_not_found"


async def test_the_web_client_waits_as_long_as_it_is_told(sandbox: Sandbox) -> None:
    client = WebClient(token=sandbox.bot_token, base_url=sandbox.api_url)
    client.retry_handlers.append(RateLimitErrorRetryHandler(max_retry_count=2))
    call = Caller(client)
    channel = (await call("conversations_create", name="hurry"))["channel"]["id"]
    await sandbox.settings(rate_limits="harsh")

    for text in ("One", "Two"):
        await call("chat_postMessage", channel=channel, text=text)

    refused = [one for one in await sandbox.calls("chat.postMessage") if one["status"] == 429]
    assert len(refused) == 1
    assert await (await sandbox.channel_named("hurry")).message("Two")


@pytest.mark.parametrize("kind", [WebhookClient, AsyncWebhookClient])
async def test_the_webhook_client_answers_through_a_response_url(
    app: ListeningApp,
    alice: Person,
    general: Room,
    kind: type[WebhookClient] | type[AsyncWebhookClient],
) -> None:
    await alice.types(general, "/hello")
    client = kind((await app.hears("command")).payload["response_url"])

    if isinstance(client, AsyncWebhookClient):
        answer = await client.send(text="Hello, Alice!")
    else:
        answer = await asyncio.to_thread(client.send, text="Hello, Alice!")

    assert (answer.status_code, answer.body) == (200, "ok")
    assert await alice.ephemeral(general, "Hello, Alice!")


def greet(client: BaseSocketModeClient, request: SocketModeRequest) -> None:
    answer = {"text": f"Hello, {request.payload['text'] or 'you'}!"}
    client.send_socket_mode_response(
        SocketModeResponse(envelope_id=request.envelope_id, payload=answer)
    )


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
async def test_the_socket_client_with_threads_opens_a_new_socket_when_it_is_told_to(
    sandbox: Sandbox, alice: Person, general: Room, reason: str
) -> None:
    await sandbox.settings(socket_mode=True)
    web = WebClient(base_url=sandbox.api_url)
    client = SocketModeClient(app_token=sandbox.app_token, web_client=web)
    client.socket_mode_request_listeners.append(greet)
    await asyncio.to_thread(client.connect)
    before = client.session_id()

    await sandbox.disconnect_sockets(reason)

    async def anew() -> bool | None:
        return True if client.session_id() != before and client.is_connected() else None

    try:
        await wait_for(anew, "A new socket")
        assert (await alice.types(general, "/hello Ada"))["ok"]
        assert await alice.ephemeral(general, "Hello, Ada!")
    finally:
        await asyncio.to_thread(client.close)
