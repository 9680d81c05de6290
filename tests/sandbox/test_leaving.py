"""Tokens given up, and apps that leave."""

from collections.abc import AsyncIterator, Awaitable, Callable

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.clock import Clock
from sandbox.server import Sandbox
from tests.sandbox.app_manifest import manifest
from tests.sandbox.asking import refusal, refused
from tests.sandbox.listening_app import ListeningApp
from tests.sandbox.socket_app import SocketApp, ticket_url


@pytest.fixture
async def over_sockets() -> AsyncIterator[Sandbox]:
    async with Sandbox(manifest(socket_mode=True), clock=Clock("virtual")) as sandbox:
        yield sandbox


async def test_a_revoked_token_stops_working_and_the_app_is_told(
    app: ListeningApp, sandbox: Sandbox, slack: AsyncWebClient
) -> None:
    tried = await slack.auth_revoke(test=True)
    assert tried["revoked"] is False

    gone = await slack.auth_revoke()

    assert gone["revoked"] is True
    assert await refusal(slack.auth_test()) == "token_revoked"
    told = (await app.hears("tokens_revoked")).payload["event"]
    assert told["tokens"]["bot"] == [sandbox.world.workspace.team.bot_user_id]


async def test_an_app_uninstalls_itself_with_its_secret(
    app: ListeningApp, sandbox: Sandbox, slack: AsyncWebClient
) -> None:
    # The official client puts the secret in the address, as the method asks for it.
    sandbox.allows("secret_in_url", "secret_shown")
    known = sandbox.world.credentials

    async def error(client_id: str, client_secret: str) -> str:
        call = slack.apps_uninstall(client_id=client_id, client_secret=client_secret)
        return await refusal(call)

    assert await error("1.2", known.client_secret) == "invalid_client_id"
    assert await error(known.client_id, "wrong") == "bad_client_secret"

    await slack.apps_uninstall(client_id=known.client_id, client_secret=known.client_secret)

    assert await refusal(slack.auth_test()) == "account_inactive"
    await app.hears("app_uninstalled")


async def test_the_test_method_echoes_and_fails_on_demand(slack: AsyncWebClient) -> None:
    echoed = await slack.api_test(foo="bar")
    failed = await refused(slack.api_test(error="my_error"))

    assert echoed["args"] == {"foo": "bar"}
    assert (failed["error"], failed["args"]) == ("my_error", {"error": "my_error"})


async def leave_by_itself(sandbox: Sandbox) -> None:
    # The official client puts the secret in the address, as the method asks for it.
    sandbox.allows("secret_in_url", "secret_shown")
    slack = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url)
    known = sandbox.world.credentials
    await slack.apps_uninstall(client_id=known.client_id, client_secret=known.client_secret)


async def be_removed(sandbox: Sandbox) -> None:
    await sandbox.control.act("uninstall")


@pytest.mark.parametrize("leave", [leave_by_itself, be_removed])
async def test_an_app_that_is_gone_is_told_so_and_loses_its_sockets(
    over_sockets: Sandbox, leave: Callable[[Sandbox], Awaitable[None]]
) -> None:
    async with SocketApp(over_sockets) as first, SocketApp(over_sockets) as second:
        await leave(over_sockets)
        for app in (first, second):
            await app.hears("closed")

        envelopes = [*first.heard("envelope_id"), *second.heard("envelope_id")]
        told = {envelope["payload"]["event"]["type"] for envelope in envelopes}
        assert told == {"app_uninstalled", "tokens_revoked"}
        assert first.reasons == second.reasons == ["link_disabled"]
    assert (await over_sockets.control.get("transport"))["sockets"] == []


async def test_an_app_that_is_gone_opens_no_socket_with_a_ticket_from_before(
    over_sockets: Sandbox,
) -> None:
    address = await ticket_url(over_sockets)
    await over_sockets.control.act("uninstall")

    async with aiohttp.ClientSession() as session, session.ws_connect(address) as socket:
        assert (await socket.receive_json())["reason"] == "link_disabled"
