"""Before a method runs: token, scope, arguments, content type, in Slack's order."""

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.clock import Clock
from sandbox.conversation.room import Room
from sandbox.json_types import Json
from sandbox.server import Sandbox
from tests.sandbox.app_manifest import manifest
from tests.sandbox.asking import refusal, refused


async def ask(sandbox: Sandbox, method: str, **request: object) -> Json:
    async with (
        aiohttp.ClientSession() as session,
        session.post(sandbox.api_url + method, **request) as response,  # type: ignore[arg-type]
    ):
        assert response.status == 200
        answer: Json = await response.json()
        return answer


async def test_a_call_without_a_token_is_not_authed(sandbox: Sandbox) -> None:
    answer = await ask(sandbox, "auth.test")

    assert answer == {"ok": False, "error": "not_authed"}


async def test_an_unknown_token_is_invalid(sandbox: Sandbox) -> None:
    slack = AsyncWebClient(token="xoxb-1-2-nobody", base_url=sandbox.api_url)

    assert await refusal(slack.auth_test()) == "invalid_auth"


async def test_a_token_may_come_as_an_argument(sandbox: Sandbox) -> None:
    answer = await ask(sandbox, "auth.test", data={"token": sandbox.bot_token})

    assert answer["ok"]
    assert answer["bot_id"] == sandbox.world.workspace.team.bot_id


async def test_an_app_token_opens_sockets_and_nothing_else(sandbox: Sandbox) -> None:
    slack = AsyncWebClient(token=sandbox.app_token, base_url=sandbox.api_url)

    assert await refusal(slack.users_list()) == "not_allowed_token_type"
    assert (await slack.apps_connections_open(app_token=sandbox.app_token))["url"]


async def test_a_bot_token_opens_no_socket(sandbox: Sandbox, slack: AsyncWebClient) -> None:
    call = slack.apps_connections_open(app_token=sandbox.bot_token)

    assert await refusal(call) == "not_allowed_token_type"


async def test_a_token_of_a_removed_app_is_inactive(
    sandbox: Sandbox, slack: AsyncWebClient
) -> None:
    await sandbox.control.act("uninstall")

    assert await refusal(slack.auth_test()) == "account_inactive"


async def test_a_missing_scope_names_what_is_needed_and_what_is_there() -> None:
    poor = manifest(scopes=["chat:write"], events=[])
    async with Sandbox(poor, clock=Clock("virtual")) as sandbox:
        sandbox.expects("missing_scope")
        slack = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url)

        answer = await refused(slack.users_list())

        assert answer["error"] == "missing_scope"
        assert answer["needed"] == "users:read"
        assert answer["provided"] == "chat:write"
        assert [finding["code"] for finding in await sandbox.findings()] == ["missing_scope"]


async def test_a_private_channel_needs_the_scope_for_private_channels() -> None:
    public_only = manifest(scopes=["channels:manage"], events=[])
    async with Sandbox(public_only, clock=Clock("virtual")) as sandbox:
        slack = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url)

        answer = await refused(slack.conversations_create(name="secret", is_private=True))

        assert (answer["error"], answer["needed"]) == ("missing_scope", "groups:write")


async def test_the_token_is_checked_before_the_arguments(sandbox: Sandbox) -> None:
    slack = AsyncWebClient(token="xoxb-1-2-nobody", base_url=sandbox.api_url)

    assert await refusal(slack.api_call("chat.postMessage", json={})) == "invalid_auth"


async def test_an_unknown_method_is_refused_and_noted(
    sandbox: Sandbox, slack: AsyncWebClient
) -> None:
    sandbox.expects("unknown_method")
    assert await refusal(slack.api_call("calls.add")) == "unknown_method"
    assert [finding["where"] for finding in await sandbox.findings()] == ["calls.add"]


async def test_an_unknown_argument_is_noted(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room
) -> None:
    sandbox.expects("unknown_argument")
    await slack.api_call("chat.postMessage", json={"channel": room.id, "text": "a", "colour": 1})

    findings = await sandbox.findings()
    assert [(found["code"], found["argument"]) for found in findings] == [
        ("unknown_argument", "colour")
    ]


@pytest.mark.parametrize("kind", ["text/xml", "application/json"])
async def test_a_body_of_the_wrong_type_is_refused(sandbox: Sandbox, kind: str) -> None:
    headers = {"Authorization": f"Bearer {sandbox.bot_token}", "Content-Type": kind}

    answer = await ask(sandbox, "users.info", data=b"{}", headers=headers)

    assert answer["error"] == "invalid_post_type"


async def test_a_body_that_is_not_json_is_refused(sandbox: Sandbox) -> None:
    headers = {
        "Authorization": f"Bearer {sandbox.bot_token}",
        "Content-Type": "application/json",
    }

    answer = await ask(sandbox, "chat.postMessage", data=b"{", headers=headers)

    assert answer["error"] == "invalid_arguments"


async def test_a_missing_argument_is_named(slack: AsyncWebClient, room: Room) -> None:
    answer = await refused(slack.api_call("chat.postEphemeral", json={"channel": room.id}))

    assert answer["error"] == "invalid_arguments"
    assert answer["response_metadata"]["messages"] == ["[ERROR] missing required field: user"]


async def test_the_answer_names_the_granted_scopes(slack: AsyncWebClient) -> None:
    answer = await slack.auth_test()

    assert "chat:write" in answer.headers["x-oauth-scopes"].split(",")


async def test_the_app_keeps_the_secrets_it_was_given() -> None:
    async with Sandbox(
        manifest(), signing_secret="signed", bot_token="xoxb-mine", app_token="xapp-mine"
    ) as sandbox:
        slack = AsyncWebClient(token="xoxb-mine", base_url=sandbox.api_url)

        assert (await slack.auth_test())["ok"]
        assert (await slack.apps_connections_open(app_token="xapp-mine"))["ok"]
        assert sandbox.signing_secret == "signed"
