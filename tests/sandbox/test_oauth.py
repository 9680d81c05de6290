"""Installing the app: the authorize page and oauth.v2.access."""

from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.server import Sandbox
from tests.sandbox.asking import refusal

# slack_sdk still uses a class that aiohttp has begun to retire.
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")

REDIRECT = "http://127.0.0.1:9/slack/oauth_redirect"


async def authorize(sandbox: Sandbox, **query: str) -> tuple[int, dict[str, list[str]]]:
    async with (
        aiohttp.ClientSession() as session,
        session.get(
            f"{sandbox.url}/oauth/v2/authorize", params=query, allow_redirects=False
        ) as response,
    ):
        return response.status, parse_qs(urlsplit(response.headers.get("Location", "")).query)


async def test_a_code_is_exchanged_for_the_bot_token_once(sandbox: Sandbox) -> None:
    own = sandbox.world.credentials
    status, answer = await authorize(
        sandbox, client_id=own.client_id, redirect_uri=REDIRECT, state="s1"
    )
    slack = AsyncWebClient(base_url=sandbox.api_url)

    granted = await slack.oauth_v2_access(
        client_id=own.client_id,
        client_secret=own.client_secret,
        code=answer["code"][0],
        redirect_uri=REDIRECT,
    )

    assert (status, answer["state"]) == (302, ["s1"])
    assert granted["access_token"] == sandbox.bot_token
    assert "chat:write" in granted["scope"].split(",")
    again = slack.oauth_v2_access(
        client_id=own.client_id,
        client_secret=own.client_secret,
        code=answer["code"][0],
        redirect_uri=REDIRECT,
    )
    assert await refusal(again) == "invalid_code"


@pytest.mark.parametrize(
    ("client_id", "client_secret", "error"),
    [("1.2", "", "invalid_client_id"), ("", "wrong", "bad_client_secret")],
)
async def test_only_the_app_itself_may_exchange_codes(
    sandbox: Sandbox, client_id: str, client_secret: str, error: str
) -> None:
    own = sandbox.world.credentials
    slack = AsyncWebClient(base_url=sandbox.api_url)

    call = slack.oauth_v2_access(
        client_id=client_id or own.client_id,
        client_secret=client_secret or own.client_secret,
        code="x",
    )

    assert await refusal(call) == error


async def test_a_foreign_redirect_is_not_followed(sandbox: Sandbox) -> None:
    own = sandbox.world.credentials

    status, _ = await authorize(
        sandbox, client_id=own.client_id, redirect_uri="https://evil.example/"
    )

    assert status == 400


async def test_a_code_goes_with_the_redirect_it_was_given_for(sandbox: Sandbox) -> None:
    own = sandbox.world.credentials
    _, answer = await authorize(sandbox, client_id=own.client_id, redirect_uri=REDIRECT)

    call = AsyncWebClient(base_url=sandbox.api_url).oauth_v2_access(
        client_id=own.client_id,
        client_secret=own.client_secret,
        code=answer["code"][0],
        redirect_uri=f"{REDIRECT}/elsewhere",
    )

    assert await refusal(call) == "bad_redirect_uri"


async def test_reinstalling_brings_a_removed_app_back(
    sandbox: Sandbox, slack: AsyncWebClient
) -> None:
    await sandbox.control.act("uninstall")
    own = sandbox.world.credentials
    _, answer = await authorize(sandbox, client_id=own.client_id, redirect_uri=REDIRECT)

    await AsyncWebClient(base_url=sandbox.api_url).oauth_v2_access(
        client_id=own.client_id,
        client_secret=own.client_secret,
        code=answer["code"][0],
        redirect_uri=REDIRECT,
    )

    assert (await slack.auth_test())["ok"]
