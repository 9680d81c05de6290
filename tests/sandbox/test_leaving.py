"""Tokens given up, and apps that leave."""

from slack_sdk.web.async_client import AsyncWebClient

from sandbox.server import Sandbox
from tests.sandbox.asking import refusal, refused
from tests.sandbox.listening_app import ListeningApp


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
