"""The key under which an unsafe request happens once."""

from aiohttp import web

from bot.api.auth import Client
from core.errors import InvalidInput

HEADER = "Idempotency-Key"
LONGEST = 255


def idempotency_key(request: web.Request, client: Client) -> str | None:
    """The key of a command, out of the header; one caller's keys are no other's."""
    given = request.headers.get(HEADER, "").strip()
    if not given:
        return None
    return f"rest:{client.member}:{checked_key(given, field=HEADER)}"


def checked_key(given: str, *, field: str) -> str:
    if len(given) > LONGEST or not (given.isascii() and given.isprintable()):
        raise InvalidInput(
            f"An idempotency key has 1 to {LONGEST} printable ASCII characters.", field=field
        )
    return given
