"""A sandbox with virtual time, Slack's own Python client for it, and the three people."""

from collections.abc import AsyncIterator

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.clock import Clock
from sandbox.conversation.person import Person
from sandbox.conversation.room import Room
from sandbox.server import Sandbox
from tests.sandbox.app_manifest import manifest
from tests.sandbox.listening_app import ListeningApp


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(manifest(), clock=Clock("virtual")) as sandbox:
        # Most of these tests look for refusals of what an app should not have sent.
        sandbox.allows("over_limit", "invalid_content")
        yield sandbox


@pytest.fixture
def slack(sandbox: Sandbox) -> AsyncWebClient:
    return AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url, retry_handlers=[])


@pytest.fixture
async def app(sandbox: Sandbox) -> AsyncIterator[ListeningApp]:
    app = ListeningApp()
    await app.start()
    sandbox.app_url = app.url
    yield app
    await app.stop()


@pytest.fixture
def alice(sandbox: Sandbox) -> Person:
    return sandbox.person("alice")


@pytest.fixture
def bob(sandbox: Sandbox) -> Person:
    return sandbox.person("bob")


@pytest.fixture
async def general(sandbox: Sandbox) -> Room:
    return await sandbox.channel_named("#general")


@pytest.fixture
async def room(slack: AsyncWebClient, sandbox: Sandbox) -> Room:
    """A channel the bot has made, with alice in it."""
    made = await slack.conversations_create(name="room")
    alice = await sandbox.person("alice").id()
    await slack.conversations_invite(channel=made["channel"]["id"], users=alice)
    return await sandbox.channel_named("room")
