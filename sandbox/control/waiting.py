"""Long polls for programs in any language: /_sandbox/wait/message, /view, /call and /settled.

Each answers as soon as there is something to see, and after `seconds` of the machine's time with
408 and what was seen instead.
"""

import asyncio
from collections.abc import Callable

from aiohttp import web

from sandbox.control.journal_routes import number_in
from sandbox.control.reading import Request
from sandbox.control.showing import visible_messages
from sandbox.deliveries.courier import Courier
from sandbox.errors import Refusal
from sandbox.json_types import Json
from sandbox.model.changes import Change
from sandbox.model.wire import view_json
from sandbox.validation.words import words_of
from sandbox.world import World

USUAL_SECONDS = 10
MOST_SECONDS = 60
# Some things end without anybody saying so.
GLANCE_SECONDS = 0.05
MOST_SEEN = 5

Look = Callable[[], Json | None]


class Waiting:
    def __init__(self, world: World, courier: Courier) -> None:
        self._world = world
        self._courier = courier
        self._news = asyncio.Event()

    def register(self, app: web.Application) -> None:
        app.router.add_get("/_sandbox/wait/message", self.message)
        app.router.add_get("/_sandbox/wait/view", self.view)
        app.router.add_get("/_sandbox/wait/call", self.call)
        app.router.add_get("/_sandbox/wait/settled", self.settled)

    def hear_change(self, _change: Change) -> None:
        self._news.set()

    def hear_entry(self, _entry: Json) -> None:
        self._news.set()

    async def message(self, request: web.Request) -> web.Response:
        """The newest message in `channel` that contains `words`, as the person `as` sees it."""
        asked = self._asked(request)
        asked.channel()  # refuses what is not there before the waiting begins
        words, after = request.query.get("words", ""), request.query.get("after_ts", "")

        def seen() -> list[Json]:
            rows = visible_messages(
                self._world.workspace,
                asked.channel(),
                asked.user().id,
                request.query.get("thread_ts", ""),
            )
            return [row for row in rows if row["ts"] > after]

        def look() -> Json | None:
            found = [row for row in seen() if words in words_of(row)]
            return {"message": found[-1]} if found else None

        what = f"A message with {words!r} in {request.query['channel']}"
        return await self._wait(request, look, what, lambda: [words_of(row) for row in seen()])

    async def view(self, request: web.Request) -> web.Response:
        """The modal in front of `user`, or their home with `type=home`, containing `words`."""
        asked, words = self._asked(request), request.query.get("words", "")
        user, workspace = asked.user().id, self._world.workspace

        def seen() -> list[Json]:
            home = workspace.home_of(user)
            shown = [home] if home else []
            stack = shown if request.query.get("type") == "home" else workspace.stack_of(user)[-1:]
            return [view_json(view, workspace) for view in stack]

        def look() -> Json | None:
            return next(({"view": view} for view in seen() if words in words_of(view)), None)

        what = f"A view with {words!r} for {request.query.get('user')}"
        return await self._wait(request, look, what, lambda: [words_of(view) for view in seen()])

    async def call(self, request: web.Request) -> web.Response:
        """The first call of `method` after the entry number `after`."""
        method, after = request.query.get("method", ""), number_in(request, "after")
        if not method:
            raise Refusal("invalid_request", "The request needs method, a name as in users.info.")

        def calls() -> list[Json]:
            entries = self._world.journal.after(after)
            return [entry for entry in entries if entry["kind"] == "api_call"]

        def look() -> Json | None:
            return next(({"call": one} for one in calls() if one["method"] == method), None)

        what = f"A call of {method}"
        return await self._wait(request, look, what, lambda: [one["method"] for one in calls()])

    async def settled(self, request: web.Request) -> web.Response:
        """Every delivery has its ack."""

        def look() -> Json | None:
            return {} if self._courier.under_way == 0 else None

        return await self._wait(request, look, "An end of all deliveries", list)

    def _asked(self, request: web.Request) -> Request:
        query = dict(request.query)
        body: Json = {**query, "user": query.get("user") or query.get("as") or ""}
        return Request(workspace=self._world.workspace, body=body)

    async def _wait(
        self, request: web.Request, look: Look, what: str, seen: Callable[[], list[str]]
    ) -> web.Response:
        seconds = number_in(request, "seconds", USUAL_SECONDS)
        if seconds > MOST_SECONDS:
            raise Refusal("invalid_request", f"`seconds` is at most {MOST_SECONDS}.")
        try:
            async with asyncio.timeout(seconds):
                while (found := look()) is None:
                    await self._hear_something()
        except TimeoutError:
            instead = ", ".join(repr(one[:100]) for one in seen()[-MOST_SEEN:]) or "nothing"
            sentence = f"{what} did not appear within {seconds} s. Instead there was: {instead}."
            raise Refusal("nothing_happened", sentence, 408) from None
        return web.json_response({"ok": True, **found})

    async def _hear_something(self) -> None:
        self._news.clear()
        try:
            async with asyncio.timeout(GLANCE_SECONDS):
                await self._news.wait()
        except TimeoutError:
            return
