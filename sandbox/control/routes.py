"""Looking at the sandbox and steering it: /_sandbox/state, clock, faults, settings, snapshots."""

from pathlib import Path

from aiohttp import web

from sandbox.control.rate_settings import change_rates
from sandbox.control.reading import read_json, read_object
from sandbox.control.showing import state_json, visible_messages
from sandbox.deliveries.courier import Courier
from sandbox.errors import Refusal
from sandbox.facts import limits
from sandbox.faults.checking import read_rule
from sandbox.installing import install
from sandbox.model.changes import Change
from sandbox.model.snapshot import restore, snapshot
from sandbox.model.wire import view_json
from sandbox.referee.watching import Referee
from sandbox.web_api.call import restrictions
from sandbox.world import World

PAGE = Path(__file__).parent.parent / "page"
PAGE_HEADERS = {
    "Content-Security-Policy": "default-src 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


class Routes:
    def __init__(self, world: World, courier: Courier, referee: Referee) -> None:
        self._world = world
        self._courier = courier
        self._referee = referee

    def register(self, app: web.Application) -> None:
        app.router.add_get("/", self.to_page)
        app.router.add_get("/_sandbox/page/{path:.*}", self.page)
        app.router.add_get("/_sandbox/state", self.state)
        app.router.add_get("/_sandbox/messages", self.messages)
        app.router.add_get("/_sandbox/views", self.views)
        app.router.add_get("/_sandbox/snapshot", self.snapshot)
        app.router.add_post("/_sandbox/restore", self.restore)
        app.router.add_post("/_sandbox/reset", self.reset)
        app.router.add_post("/_sandbox/clock/advance", self.advance)
        app.router.add_post("/_sandbox/faults", self.add_faults)
        app.router.add_delete("/_sandbox/faults", self.clear_faults)
        app.router.add_post("/_sandbox/settings", self.settings)

    async def to_page(self, _request: web.Request) -> web.Response:
        raise web.HTTPFound("/_sandbox/page/")

    async def page(self, request: web.Request) -> web.FileResponse:
        wanted = (PAGE / (request.match_info["path"] or "index.html")).resolve()
        if not wanted.is_relative_to(PAGE.resolve()) or not wanted.is_file():
            raise Refusal("not_found", "The page has no such file.", 404)
        return web.FileResponse(wanted, headers=PAGE_HEADERS)

    async def state(self, _request: web.Request) -> web.Response:
        shown = state_json(self._world, pending=self._courier.under_way)
        is_disabled = self._courier.subscriptions.is_disabled
        return web.json_response(shown | {"events_disabled": is_disabled})

    async def messages(self, request: web.Request) -> web.Response:
        workspace, query = self._world.workspace, request.query
        channel = workspace.channels.get(query.get("channel", ""))
        if channel is None:
            raise Refusal("channel_not_found", "There is no such channel.", 404)
        viewer = query.get("as", "")
        if channel.is_private and viewer not in channel.members:
            raise Refusal("channel_not_found", "There is no such channel for you.", 404)
        rows = visible_messages(workspace, channel, viewer, query.get("thread_ts", ""))
        return web.json_response({"messages": rows})

    async def views(self, request: web.Request) -> web.Response:
        workspace, name = self._world.workspace, request.query.get("user", "")
        known = workspace.user_named(name)
        user = known.id if known else name
        home = workspace.home_of(user)
        stack = [view_json(view, workspace) for view in workspace.stack_of(user)]
        shown = view_json(home, workspace) if home else None
        return web.json_response({"stack": stack, "home": shown})

    async def snapshot(self, _request: web.Request) -> web.Response:
        return web.json_response(snapshot(self._world.workspace))

    async def restore(self, request: web.Request) -> web.Response:
        state = await read_object(request)
        try:
            restore(self._world.workspace, state)
        except (KeyError, TypeError, ValueError) as problem:
            raise Refusal("invalid_snapshot", f"That is no snapshot: {problem}.") from problem
        return self._changed()

    async def reset(self, _request: web.Request) -> web.Response:
        """Back to the workspace as it was founded, without faults and findings."""
        restore(self._world.workspace, self._world.founding)
        self._world.faults.clear()
        self._courier.subscriptions.reset()
        self._world.journal.clear()
        self._world.limiter.reset()
        install(self._world.app, self._world.workspace, self._world.credentials)
        self._referee.reset()
        return self._changed()

    def _changed(self) -> web.Response:
        self._world.credentials.belong_to(self._world.workspace.team.bot_user_id)
        for channel in self._world.workspace.channels:
            self._world.workspace.tell(Change(type="channel", channel=channel))
        return web.json_response({"ok": True})

    async def advance(self, request: web.Request) -> web.Response:
        seconds = (await read_object(request)).get("seconds")
        if not isinstance(seconds, int | float) or isinstance(seconds, bool) or seconds < 0:
            raise Refusal("invalid_request", "The clock needs seconds, not less than 0.")
        if not seconds <= limits.LONGEST_WAIT_SECONDS:
            raise Refusal("invalid_request", "`seconds` may be 31 days at most; push it again.")
        await self._world.clock.advance(float(seconds))
        now = self._world.clock.now().isoformat()
        return web.json_response({"ok": True, "now": now})

    async def add_faults(self, request: web.Request) -> web.Response:
        rules = await read_json(request)
        if not isinstance(rules, list) or not all(isinstance(rule, dict) for rule in rules):
            raise Refusal("invalid_request", "Faults are a list of rules.")
        for rule in [read_rule(rule) for rule in rules]:
            self._world.faults.add(rule)
        return web.json_response({"ok": True})

    async def clear_faults(self, _request: web.Request) -> web.Response:
        self._world.faults.clear()
        return web.json_response({"ok": True})

    async def settings(self, request: web.Request) -> web.Response:
        wanted = await read_object(request)
        change_rates(self._world.limiter, wanted)
        if "restricted_actions" in wanted:
            self._world.restricted_actions = restrictions(wanted["restricted_actions"])
        self._world.preferences.change(wanted)
        self._world.transport = self._world.transport.changed(wanted)
        await self._courier.sockets.obey()
        if "broadcasts_allowed" in wanted:
            self._world.broadcasts_allowed = bool(wanted["broadcasts_allowed"])
        if "app_url" in wanted:
            self._world.app_url = str(wanted["app_url"])
        return web.json_response({"ok": True})
