"""Reading the journal, as JSON or as JSON lines, and all that the referee has found."""

import json
from typing import get_args

from aiohttp import web

from sandbox.errors import Refusal
from sandbox.journal import Kind
from sandbox.json_types import Json
from sandbox.world import World

KINDS: tuple[str, ...] = get_args(Kind)
FORMATS = ("json", "jsonl")
# Python reads no numbers of thousands of digits, and nothing here is counted so far.
MOST_DIGITS = 18


class JournalRoutes:
    def __init__(self, world: World) -> None:
        self._world = world

    def register(self, app: web.Application) -> None:
        app.router.add_get("/_sandbox/journal", self.journal)
        app.router.add_get("/_sandbox/findings", self.findings)

    async def journal(self, request: web.Request) -> web.Response:
        """`after` a number, of one `kind` or several with commas, the newest `limit` of them."""
        entries = self._world.journal.after(number_in(request, "after"))
        if kinds := _kinds_in(request):
            entries = [entry for entry in entries if entry["kind"] in kinds]
        if limit := number_in(request, "limit"):
            entries = entries[-limit:]
        if _format_of(request) == "jsonl":
            return web.Response(text=_lines(entries), content_type="application/x-ndjson")
        return web.json_response({"entries": entries})

    async def findings(self, request: web.Request) -> web.Response:
        """What the referee found `after` a number, resets or not, and the newest number."""
        journal = self._world.journal
        found = journal.findings(number_in(request, "after"))
        return web.json_response({"findings": found, "last": journal.last})


def number_in(request: web.Request, name: str, usual: int = 0) -> int:
    """A number of the query that may be left out, which means the usual one."""
    given = request.query.get(name, str(usual))
    if not (given.isascii() and given.isdecimal()) or len(given) > MOST_DIGITS:
        raise Refusal("invalid_request", f"`{name}` is a whole number, not {given[:40]!r}.")
    return int(given)


def _kinds_in(request: web.Request) -> set[str]:
    kinds = {kind for kind in request.query.get("kind", "").split(",") if kind}
    for kind in kinds - set(KINDS):
        raise Refusal("invalid_request", f"`kind` is one of {', '.join(KINDS)}, not {kind!r}.")
    return kinds


def _format_of(request: web.Request) -> str:
    wanted = request.query.get("format", "json")
    if wanted not in FORMATS:
        raise Refusal("invalid_request", f"`format` is one of {', '.join(FORMATS)}.")
    return wanted


def _lines(entries: list[Json]) -> str:
    return "".join(json.dumps(entry, default=str) + "\n" for entry in entries)
