"""What becomes of an app's tokens while it runs: scopes, expiry, revocation."""

from typing import Any, get_args

from aiohttp import web

from sandbox.control.reading import read_object
from sandbox.credentials import STATES, Kind
from sandbox.errors import Refusal
from sandbox.installing import install
from sandbox.json_types import Json
from sandbox.world import World

PARTS = frozenset({"kind", "state", "scopes"})
VALID = "valid"


class Tokens:
    """`POST /_sandbox/tokens` with the kind of a token, and its new state, scopes, or both."""

    def __init__(self, world: World) -> None:
        self._world = world

    def register(self, app: web.Application) -> None:
        app.router.add_post("/_sandbox/tokens", self.change)

    async def change(self, request: web.Request) -> web.Response:
        wanted = await read_object(request)
        kind = self._kind(wanted)
        state = _state(wanted)
        scopes = _scopes(wanted)
        if unknown := sorted(set(wanted) - PARTS):
            raise Refusal("invalid_request", f"A token has no {', '.join(unknown)}.")
        credentials = self._world.credentials
        if state == VALID:
            install(self._world.app, self._world.workspace, credentials)
        elif state:
            credentials.lose(credentials.secret_of(kind), state)
        token = credentials.tokens.get(credentials.secret_of(kind))
        if scopes is not None and token:
            credentials.grant(kind, token.user, scopes)
        return web.json_response({"ok": True})

    def _kind(self, wanted: Json) -> Kind:
        kind = wanted.get("kind", "bot")
        if kind not in get_args(Kind):
            raise Refusal("invalid_request", f"kind is one of {', '.join(get_args(Kind))}.")
        if not self._world.credentials.secret_of(kind):
            raise Refusal("no_such_token", "The manifest asks for no scopes of a user.", 404)
        found: Kind = kind
        return found


def _state(wanted: Json) -> str:
    state = wanted.get("state", "")
    if state not in ("", VALID, *STATES):
        raise Refusal("invalid_request", f"state is one of {', '.join((VALID, *STATES))}.")
    return str(state)


def _scopes(wanted: Json) -> frozenset[str] | None:
    scopes: Any = wanted.get("scopes")
    if scopes is None:
        return None
    if not isinstance(scopes, list) or not all(isinstance(scope, str) for scope in scopes):
        raise Refusal("invalid_request", "scopes is a list of names.")
    return frozenset(scopes)
