"""What a sandbox that runs by itself says when it is ready, to a person and to a program."""

from collections.abc import Mapping

from sandbox.json_types import Json
from sandbox.options import VARIABLES
from sandbox.server import Sandbox

API_URL = "SLACK_API_URL"
GUARD = "SANDBOX_CONTROL_SECRET"


def places(sandbox: Sandbox, given: Mapping[str, str]) -> Json:
    """Where it is, and what the app needs; a secret that was `given` is not repeated."""
    return {
        "app": sandbox.world.app.name,
        "page_url": sandbox.url,
        "api_url": sandbox.api_url,
        "transport": "http" if sandbox.app_url else "socket_mode",
        "app_url": sandbox.app_url or None,
        "environment": {API_URL: sandbox.api_url, **_unknown(_needed(sandbox), given)},
        "rarely_needed": _unknown(_rarely_needed(sandbox), given),
    }


def words(sandbox: Sandbox, given: Mapping[str, str]) -> str:
    told = places(sandbox, given)
    page = told["page_url"]
    if given.get(GUARD):
        page += f"/_sandbox/page/?secret=THE_{GUARD}"
    lines = [f"export {name}={value}" for name, value in told["environment"].items()]
    if repeated := [name for name in VARIABLES if given.get(name)]:
        lines.append(f"# {', '.join(repeated)}: as in the environment")
    lines += [f"# {name}={value}" for name, value in told["rarely_needed"].items()]
    exports = "\n".join(lines)
    transport = f"HTTP, to {sandbox.app_url}" if sandbox.app_url else "Socket Mode"
    return f"""\
The sandbox is ready for {told["app"]}.

  Page       {page}
  Web API    {told["api_url"]}
  Transport  {transport}

Start the app with these (its client's base URL is the first of them):

{exports}

Ctrl-C stops it.
"""


def _needed(sandbox: Sandbox) -> dict[str, str]:
    credentials = sandbox.world.credentials
    if sandbox.app_url:
        listening = {"SLACK_SIGNING_SECRET": credentials.signing_secret}
    else:
        listening = {"SLACK_APP_TOKEN": credentials.app_token}
    return {"SLACK_BOT_TOKEN": credentials.bot_token, **listening}


def _rarely_needed(sandbox: Sandbox) -> dict[str, str]:
    """Not to be set by everybody: with a client id, bolt ignores the bot token."""
    credentials = sandbox.world.credentials
    found = {"SLACK_USER_TOKEN": credentials.user_token} if credentials.user_token else {}
    if sandbox.world.app.redirect_urls:
        found["SLACK_CLIENT_ID"] = credentials.client_id
        found["SLACK_CLIENT_SECRET"] = credentials.client_secret
    return found


def _unknown(wanted: Mapping[str, str], given: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in wanted.items() if not given.get(name)}
