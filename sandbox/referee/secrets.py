"""Tokens and secrets where they must never stand: on screen, in addresses, in logs."""

from typing import Any
from urllib.parse import unquote

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from sandbox.validation.text import strings_in
from sandbox.world import World

# The sandbox's own doors, and methods that take the app's secret as an argument: Slack's own
# client sends it in the query.
EXCUSED = ("/_sandbox", "/api/apps.uninstall", "/api/oauth.v2.")


def holds_secret(world: World, value: Any) -> bool:
    secrets = world.credentials.secrets()
    return any(secret in text for text in strings_in(value) for secret in secrets)


def review_secrets(world: World, where: str, value: Any) -> None:
    if holds_secret(world, value):
        world.journal.finding("secret_shown", f"{where} contains a token or a secret.", where=where)


def address_review(world: World) -> Middleware:
    """A middleware that looks at every address the app calls, its path and its query."""

    @web.middleware
    async def review(request: web.Request, handler: Handler) -> web.StreamResponse:
        if not request.path.startswith(EXCUSED):
            for part, text in (("path", request.path), ("query", unquote(request.query_string))):
                if holds_secret(world, text):
                    _blame(world, part, _without_secrets(world, request.path))
        return await handler(request)

    return review


def _blame(world: World, part: str, path: str) -> None:
    world.journal.finding(
        "secret_in_url",
        f"The address of {path} carries a token or a secret in its {part}.",
        where=path,
    )


def _without_secrets(world: World, path: str) -> str:
    """A finding must not show what it complains of."""
    for secret in world.credentials.secrets():
        path = path.replace(secret, "…")
    return path
