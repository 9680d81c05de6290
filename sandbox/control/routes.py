"""Looking at the sandbox and steering it: /_sandbox/state, clock, settings, snapshots."""

from dataclasses import replace
from pathlib import Path

from aiohttp import web

from sandbox.control.message_pages import message_page
from sandbox.control.reading import Request, read_object
from sandbox.control.settings import Settings
from sandbox.control.showing import state_json
from sandbox.deliveries.courier import Courier
from sandbox.errors import Refusal
from sandbox.facts import limits
from sandbox.installing import install
from sandbox.model.canvasing import standing_in
from sandbox.model.changes import Change
from sandbox.model.snapshot import restore, snapshot
from sandbox.model.wire import view_json
from sandbox.referee.watching import Referee
from sandbox.world import World

PAGE = Path(__file__).parent.parent / "page"
PAGE_HEADERS = {
    # What `default-src` leaves open is named: who may frame it, and where its forms may lead.
    "Content-Security-Policy": (
        "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


class Routes:
    def __init__(self, world: World, courier: Courier, referee: Referee) -> None:
        self._world = world
        self._courier = courier
        self._referee = referee
        # Routes are made when the sandbox starts to listen: what was chosen until then counts.
        self._at_the_start = Settings.of(world)

    def register(self, app: web.Application) -> None:
        app.router.add_get("/", self.to_page)
        app.router.add_get("/_sandbox/page/{path:.*}", self.page)
        app.router.add_get("/_sandbox/state", self.state)
        app.router.add_get("/_sandbox/messages", self.messages)
        app.router.add_get("/_sandbox/views", self.views)
        app.router.add_get("/_sandbox/canvas", self.canvas)
        app.router.add_get("/_sandbox/snapshot", self.snapshot)
        app.router.add_post("/_sandbox/restore", self.restore)
        app.router.add_post("/_sandbox/reset", self.reset)
        app.router.add_post("/_sandbox/clock/advance", self.advance)
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
        """Without `as` nobody looks: no private channel then, and nothing for one person only."""
        workspace = self._world.workspace
        asked = Request(workspace=workspace, body=dict(request.query))
        viewer = asked.person(request.query["as"]).id if request.query.get("as") else ""
        channel = asked.named_channel()
        if channel.is_private and viewer not in channel.members:
            sentence = f"There is no channel {channel.name or channel.id} for you."
            raise Refusal("channel_not_found", sentence, 404)
        return web.json_response(message_page(workspace, channel, viewer, request))

    async def views(self, request: web.Request) -> web.Response:
        workspace = self._world.workspace
        user = Request(workspace=workspace, body=dict(request.query)).user().id
        home = workspace.home_of(user)
        stack = [view_json(view, workspace) for view in workspace.stack_of(user)]
        shown = view_json(home, workspace) if home else None
        return web.json_response({"stack": stack, "home": shown})

    async def canvas(self, request: web.Request) -> web.Response:
        """What a canvas of a channel says, for whoever sees the channel."""
        workspace = self._world.workspace
        channel = Request(workspace=workspace, body=dict(request.query)).channel()
        shown = standing_in(workspace, channel.id)
        wanted = next((one for one in shown if one.id == request.query.get("canvas")), None)
        if wanted is None:
            raise Refusal("not_found", "There is no such canvas for you.", 404)
        told = {"id": wanted.id, "title": wanted.title, "markdown": wanted.markdown}
        return web.json_response(told)

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
        """Back to the workspace as it was founded, with the settings of the start.

        Faults and findings are gone from the page, and the findings stay in the verdict. Where the
        app listens stays as well: it is the same app.
        """
        world = self._world
        restore(world.workspace, world.founding)
        world.faults.clear()
        self._courier.subscriptions.reset()
        world.journal.clear()
        world.limiter.reset()
        world.oauth_codes.clear()
        install(world.app, world.workspace, world.credentials)
        self._referee.reset()
        replace(self._at_the_start, app_url=world.app_url).rule(world)
        await self._courier.sockets.obey()
        return self._changed()

    def _changed(self) -> web.Response:
        """Another workspace: what was handed out in the one before leads nowhere."""
        self._world.triggers.forget()
        self._world.response_urls.forget()
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

    async def settings(self, request: web.Request) -> web.Response:
        wanted = await read_object(request)
        Settings.of(self._world).changed(wanted).rule(self._world)
        await self._courier.sockets.obey()
        return web.json_response({"ok": True})
