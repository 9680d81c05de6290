"""Slack: whether the token is good, whether the clocks agree, and which scopes are missing."""

import time
from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.bootstrap import utc_now
from bot.checks.finding import Finding
from bot.manifest import NoManifest, manifest_path, wanted_scopes
from bot.settings import Settings
from bot.slack.connections import Connections

MOST_APART = 60
"""Seconds; at 300 Slack's requests would no longer be believed."""

TOKEN_MENDS = {
    "invalid_auth": "copy it anew from “OAuth & Permissions” of the app",
    "account_inactive": "the app was removed from the workspace; install it again",
    "token_revoked": "the token was revoked; install the app again",
    "token_expired": "the token has expired; install the app again",
}


async def check_slack(settings: Settings) -> list[Finding]:
    if settings.slack_bot_token is None:
        return [Finding.fine("Slack", _without_token(settings))]
    connections = Connections(settings.slack_api_url, time.monotonic)
    client = connections.client(settings.slack_bot_token.get_secret_value())
    try:
        answer = await client.auth_test()
    except SlackApiError as refusal:
        code = str(refusal.response.get("error", "unknown_error"))
        mend = TOKEN_MENDS.get(code, "see what Slack's documentation says of it")
        return [Finding.wrong("Slack token", f"Slack refuses SLACK_BOT_TOKEN ({code}); {mend}.")]
    except (aiohttp.ClientError, TimeoutError, OSError):
        return [
            Finding.wrong(
                "Slack token",
                f"Slack does not answer at {settings.slack_api_url}; look at the network, a "
                "proxy, and SLACK_API_URL.",
            )
        ]
    finally:
        await connections.close()
    return list(_findings(settings, answer))


def _findings(settings: Settings, answer: AsyncSlackResponse) -> Iterator[Finding]:
    headers = {name.lower(): value for name, value in answer.headers.items()}
    yield Finding.fine("Slack token", f"It is {answer['user']} in the workspace {answer['team']}.")
    yield _way_in(settings)
    if date := headers.get("date"):
        yield compared_clocks(parsedate_to_datetime(date), utc_now())
    yield compared_scopes(headers.get("x-oauth-scopes", ""))


def compared_clocks(theirs: datetime, ours: datetime) -> Finding:
    apart = abs((ours - theirs).total_seconds())
    if apart > MOST_APART:
        return Finding.wrong(
            "clock", f"It differs from Slack's by {apart:.0f} seconds; set this machine's clock."
        )
    return Finding.fine("clock", "It agrees with Slack's.")


def compared_scopes(granted: str) -> Finding:
    try:
        wanted = wanted_scopes(manifest_path())
    except NoManifest as problem:
        return Finding.wrong("Slack scopes", str(problem))
    missing = wanted - {scope.strip() for scope in granted.split(",")}
    if missing:
        return Finding.wrong(
            "Slack scopes",
            f"The workspace has not granted {', '.join(sorted(missing))}; update the app from "
            "manifest.yml and install it again.",
        )
    return Finding.fine("Slack scopes", "All that manifest.yml asks for are granted.")


def _way_in(settings: Settings) -> Finding:
    match settings.slack_transport:
        case "socket mode":
            return Finding.fine("Slack requests", "They come through Socket Mode.")
        case "http":
            return Finding.fine("Slack requests", f"They come to {settings.url}/slack/events.")
        case None:
            return Finding.wrong(
                "Slack requests",
                "Nothing can come from Slack; set SLACK_APP_TOKEN or SLACK_SIGNING_SECRET.",
            )


def _without_token(settings: Settings) -> str:
    if settings.slack_client_id:
        return f"Workspaces install the app at {settings.url}/slack/install."
    return "Tocsin runs without it; set SLACK_BOT_TOKEN to connect a workspace."
