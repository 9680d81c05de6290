"""oauth.v2.access and the page that asks a person to install the app."""

from base64 import b64decode
from urllib.parse import urlencode

from aiohttp import web

from sandbox.credentials import is_same
from sandbox.errors import SlackError
from sandbox.installing import install, installer_of
from sandbox.json_types import Json
from sandbox.world import World


def authorize(world: World, request: web.Request) -> web.Response:
    """Install at once, as if somebody had pressed Allow, and lead back with a code."""
    query = request.query
    redirect = query.get("redirect_uri") or next(iter(world.app.redirect_urls), "")
    if query.get("client_id") != world.credentials.client_id:
        raise web.HTTPBadRequest(text="The client_id is not that of the installed app.")
    if not _may_lead_to(world, redirect):
        raise web.HTTPBadRequest(text="The redirect_uri is not among the app's redirect URLs.")
    code = f"{world.workspace.ids.number()}.{world.workspace.ids.hex(32)}"
    world.oauth_codes[code] = query.get("redirect_uri", "")
    answer = {"code": code} | ({"state": query["state"]} if "state" in query else {})
    separator = "&" if "?" in redirect else "?"
    raise web.HTTPFound(f"{redirect}{separator}{urlencode(answer)}")


def _may_lead_to(world: World, redirect: str) -> bool:
    if not redirect.startswith(("http://", "https://")):
        return False
    known = world.app.redirect_urls or ((world.app_url,) if world.app_url else ())
    return any(redirect.startswith(url) for url in known)


def access(world: World, arguments: Json, authorization: str) -> Json:
    """Exchange a code for the bot token of this workspace."""
    client, secret = _client(arguments, authorization)
    credentials = world.credentials
    if client != credentials.client_id:
        raise SlackError("invalid_client_id")
    if not is_same(credentials.client_secret, secret):
        raise SlackError("bad_client_secret")
    code = str(arguments.get("code") or "")
    if code not in world.oauth_codes:
        raise SlackError("invalid_code")
    if world.oauth_codes[code] != str(arguments.get("redirect_uri") or ""):
        raise SlackError("bad_redirect_uri")
    del world.oauth_codes[code]
    return _grant(world)


def _client(arguments: Json, authorization: str) -> tuple[str, str]:
    scheme, _, encoded = authorization.partition(" ")
    if scheme.lower() == "basic":
        try:
            client, _, secret = b64decode(encoded).decode().partition(":")
        except ValueError as problem:
            raise SlackError("invalid_client_id") from problem
        return client, secret
    return str(arguments.get("client_id") or ""), str(arguments.get("client_secret") or "")


def _grant(world: World) -> Json:
    team, credentials = world.workspace.team, world.credentials
    install(world.app, world.workspace, credentials)
    return {
        "access_token": credentials.bot_token,
        "token_type": "bot",
        "scope": ",".join(sorted(world.app.bot_scopes)),
        "bot_user_id": team.bot_user_id,
        "app_id": team.app_id,
        "team": {"id": team.id, "name": team.name},
        "enterprise": None,
        "is_enterprise_install": False,
        "authed_user": _authed_user(world),
    }


def _authed_user(world: World) -> Json:
    """Whoever installed the app, with a token where the manifest asks for one."""
    person: Json = {"id": installer_of(world.workspace)}
    if not world.credentials.user_token:
        return person
    return person | {
        "scope": ",".join(sorted(world.app.user_scopes)),
        "access_token": world.credentials.user_token,
        "token_type": "user",
    }
