"""auth.revoke and apps.uninstall: tokens that stop working."""

import hmac

from sandbox.errors import SlackError
from sandbox.json_types import Json
from sandbox.model.changes import UNINSTALLED, Change
from sandbox.web_api.call import Call
from sandbox.world import World


def revoke(call: Call) -> Json:
    """Give up the token the call came with."""
    if call.flag("test"):
        return {"revoked": False}
    credentials = call.world.credentials
    for secret, token in list(credentials.tokens.items()):
        if token == call.token:
            credentials.lose(secret, "revoked")
    kind = "bot" if call.token.kind == "bot" else "oauth"
    users: Json = {"oauth": [], "bot": []} | {kind: [call.caller]}
    _tell(call.world, {"type": "tokens_revoked", "tokens": users})
    return {"revoked": True}


def uninstall_app(call: Call) -> Json:
    credentials = call.world.credentials
    if call.text("client_id") != credentials.client_id:
        raise SlackError("invalid_client_id")
    secret = call.text("client_secret").encode()
    if not hmac.compare_digest(secret, credentials.client_secret.encode()):
        raise SlackError("bad_client_secret")
    uninstall(call.world)
    return {}


def uninstall(world: World) -> None:
    """Remove the app: its tokens stop working and it is told so."""
    credentials = world.credentials
    users = {token.user for token in credentials.tokens.values() if token.kind == "user"}
    credentials.uninstall()
    bot = world.workspace.team.bot_user_id
    _tell(world, {"type": "app_uninstalled"})
    tokens: Json = {"oauth": sorted(users), "bot": [bot]}
    _tell(world, {"type": "tokens_revoked", "tokens": tokens})
    world.workspace.tell(Change(type=UNINSTALLED))


def _tell(world: World, event: Json) -> None:
    world.workspace.tell(Change(type="app", event=event))
