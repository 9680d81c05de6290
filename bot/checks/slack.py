"""Slack: whether token and clock are good, which scopes are missing, where is announced."""

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
from bot.slack.failures import Refused
from bot.slack.gateway import Gateway
from bot.slack.naming import name_in
from bot.slack.shapes import Room
from core.domain.ids import ChannelId
from core.ports import Unreachable

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
    try:
        return await _asked(settings, settings.slack_bot_token.get_secret_value(), connections)
    finally:
        await connections.close()


async def _asked(settings: Settings, token: str, connections: Connections) -> list[Finding]:
    try:
        answer = await connections.client(token).auth_test()
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
    wanted = settings.announcement_channel
    unseen = await missing_channel(connections.gateway(token, ""), wanted, str(answer["user"]))
    return [*_findings(settings, answer), *unseen]


def _findings(settings: Settings, answer: AsyncSlackResponse) -> Iterator[Finding]:
    headers = {name.lower(): value for name, value in answer.headers.items()}
    yield Finding.fine("Slack token", f"It is {answer['user']} in the workspace {answer['team']}.")
    yield _way_in(settings)
    if date := headers.get("date"):
        yield compared_clocks(parsedate_to_datetime(date), utc_now())
    yield compared_scopes(headers.get("x-oauth-scopes", ""))


async def missing_channel(gateway: Gateway, wanted: str, bot: str) -> list[Finding]:
    """Nothing where announcements can be posted; a public channel is joined when needed."""
    try:
        if await _is_there(gateway, wanted):
            return []
    except Unreachable as failure:
        sentence = f"It could not be looked for: {failure}"
        return [Finding.wrong("announcement channel", sentence)]
    except Refused as refused:
        if refused.code == "missing_scope":
            return []  # the comparison of scopes says which
    shown = f"#{name_in(wanted)}" if name_in(wanted) else wanted
    return [
        Finding.wrong(
            "announcement channel",
            f"There is no channel {shown} that Tocsin can see; create or unarchive it, type "
            f"“/invite @{bot}” in it if it is private, or name another in "
            "TOCSIN_ANNOUNCEMENT_CHANNEL.",
        )
    ]


async def _is_there(gateway: Gateway, wanted: str) -> bool:
    name = name_in(wanted).lower()
    if not name:
        return not (await gateway.channel(Room(id=ChannelId(wanted)))).archived
    async for channel in gateway.channels():
        if channel.room.name == name:
            return True
    return False


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
