"""Faults of response URLs: what the app is answered, and what people see all the same."""

import asyncio

import aiohttp
import pytest
from slack_sdk.webhook.async_client import AsyncWebhookClient

from sandbox.conversation.control import SandboxRefused
from sandbox.conversation.person import Person
from sandbox.conversation.room import Room
from sandbox.server import Sandbox
from tests.sandbox.listening_app import ListeningApp


async def url_of(app: ListeningApp, alice: Person) -> AsyncWebhookClient:
    await alice.types("#general", "/hello")
    url = app.heard("command")[-1].payload["response_url"]
    return AsyncWebhookClient(url, retry_handlers=[], timeout=1)


async def seen(alice: Person, general: Room) -> list[str]:
    return [card.text for card in await alice.ephemerals(general)]


@pytest.mark.parametrize(("kind", "status"), [("status", 503), ("html", 200)])
async def test_a_response_url_may_be_out_of_order(
    sandbox: Sandbox, app: ListeningApp, alice: Person, general: Room, kind: str, status: int
) -> None:
    await sandbox.fault("response_url", kind, status=status)

    answer = await (await url_of(app, alice)).send(text="Hello")

    assert (answer.status_code, answer.body == "ok") == (status, False)
    assert await seen(alice, general) == []


@pytest.mark.parametrize(("kind", "effect"), [("reset", []), ("lost_reply", ["Hello"])])
async def test_the_connection_of_a_response_url_may_break(
    sandbox: Sandbox,
    app: ListeningApp,
    alice: Person,
    general: Room,
    kind: str,
    effect: list[str],
) -> None:
    await sandbox.fault("response_url", kind)
    url = await url_of(app, alice)

    with pytest.raises(aiohttp.ClientError):
        await url.send(text="Hello")

    assert await seen(alice, general) == effect


@pytest.mark.parametrize(("kind", "effect"), [("timeout_before", []), ("timeout_after", ["Hello"])])
async def test_a_response_url_may_be_silent(
    sandbox: Sandbox,
    app: ListeningApp,
    alice: Person,
    general: Room,
    kind: str,
    effect: list[str],
) -> None:
    await sandbox.fault("response_url", kind)
    url = await url_of(app, alice)

    with pytest.raises(asyncio.TimeoutError):
        await url.send(text="Hello")

    assert await seen(alice, general) == effect


async def test_a_response_url_may_be_slow(
    sandbox: Sandbox, app: ListeningApp, alice: Person, general: Room
) -> None:
    await sandbox.fault("response_url", "slow", seconds=20)
    url = await url_of(app, alice)
    sending = asyncio.create_task(url.send(text="Hello"))
    while not sending.done():
        await sandbox.advance(5)

    assert await seen(alice, general) == ["Hello"]


async def test_a_response_url_has_no_errors_of_methods(sandbox: Sandbox) -> None:
    with pytest.raises(SandboxRefused, match="error happens to Web API methods"):
        await sandbox.fault("response_url", "error")
