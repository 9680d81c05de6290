"""What people do with channels, the App Home and the app itself, below /_sandbox/act."""

from dataclasses import fields, replace
from zoneinfo import available_timezones

from aiohttp import web

from sandbox.control.acts import Act, door
from sandbox.control.reading import Request
from sandbox.deliveries.events import EventFeed
from sandbox.errors import Refusal
from sandbox.json_types import Json
from sandbox.model import gathering
from sandbox.model.changes import Change
from sandbox.model.people import User
from sandbox.model.wire import user_json, view_json
from sandbox.rights import require_full_member
from sandbox.world import World

CHANGEABLE = ("real_name", "email", "tz", "title", "is_restricted", "deleted")


class Memberships:
    def __init__(self, world: World, feed: EventFeed) -> None:
        self._world = world
        self._workspace = world.workspace
        self._feed = feed

    def register(self, app: web.Application) -> None:
        acts: dict[str, Act] = {
            "create_channel": self.create_channel,
            "rename": self.rename,
            "join": self.join,
            "leave": self.leave,
            "invite": self.invite,
            "archive": self.archive,
            "unarchive": self.unarchive,
            "open_dm": self.open_dm,
            "open_home": self.open_home,
            "add_person": self.add_person,
            "change_person": self.change_person,
            "uninstall": self.uninstall,
        }
        for name, act in acts.items():
            app.router.add_post(f"/_sandbox/act/{name}", door(self._world, act))

    async def create_channel(self, request: Request) -> Json:
        user, name = request.user(), request.text("name")
        require_full_member(user, "create channels")
        if self._workspace.channel_named(name):
            raise Refusal("name_taken", f"There is a channel called {name} already.", 409)
        private = bool(request.body.get("is_private"))
        channel = gathering.create_channel(self._workspace, name, user.id, private=private)
        return {"ok": True, "channel": channel.id}

    async def rename(self, request: Request) -> Json:
        user, channel, name = request.user(), request.channel(), request.text("name")
        require_full_member(user, "rename channels")
        if self._workspace.channel_named(name):
            raise Refusal("name_taken", f"There is a channel called {name} already.", 409)
        gathering.rename(self._workspace, channel, name, user.id)
        return {"ok": True}

    async def join(self, request: Request) -> Json:
        user, channel = request.user(), request.channel()
        require_full_member(user, "join channels uninvited")
        if channel.is_archived:
            raise Refusal("is_archived", f"#{channel.name} is archived.", 409)
        if user.id not in channel.members:
            gathering.join(self._workspace, channel, user.id)
        return {"ok": True}

    async def leave(self, request: Request) -> Json:
        user, channel = request.user(), request.channel()
        if user.id in channel.members:
            gathering.leave(self._workspace, channel, user.id)
        return {"ok": True}

    async def invite(self, request: Request) -> Json:
        user, channel = request.user(), request.channel()
        require_full_member(user, "invite others")
        if user.id not in channel.members:
            raise Refusal("not_in_channel", f"Join #{channel.name} first.", 403)
        for guest in request.people():
            if guest.id not in channel.members:
                channel = gathering.join(self._workspace, channel, guest.id, inviter=user.id)
        return {"ok": True}

    async def archive(self, request: Request) -> Json:
        user, channel = request.user(), request.channel()
        require_full_member(user, "archive channels")
        if not channel.is_archived:
            gathering.archive(self._workspace, channel, user.id)
        return {"ok": True}

    async def unarchive(self, request: Request) -> Json:
        user, channel = request.user(), request.channel()
        require_full_member(user, "unarchive channels")
        if channel.is_archived:
            gathering.unarchive(self._workspace, channel, user.id)
        return {"ok": True}

    async def open_dm(self, request: Request) -> Json:
        bot = self._workspace.team.bot_user_id
        partner = request.person(request.text("with", bot))
        channel = gathering.open_direct(self._workspace, (request.user().id, partner.id))
        return {"ok": True, "channel": channel.id}

    async def open_home(self, request: Request) -> Json:
        """Look at the app: at its Home `tab`, or at its Messages tab."""
        user, tab = request.user(), request.text("tab", "home")
        tabs = {"home": self._world.app.home_tab, "messages": self._world.app.messages_tab}
        if tab not in tabs:
            raise Refusal("invalid_request", "The tab is home or messages.")
        if not tabs[tab]:
            raise Refusal("not_enabled", f"The app has no {tab.capitalize()} tab.", 404)
        bot = self._workspace.team.bot_user_id
        channel = gathering.open_direct(self._workspace, (user.id, bot))
        home = self._workspace.home_of(user.id) if tab == "home" else None
        shown = view_json(home, self._workspace) if home else None
        self._feed.send(
            {
                "type": "app_home_opened",
                "user": user.id,
                "channel": channel.id,
                "tab": tab,
                **({"view": shown} if shown else {}),
            },
            channel=channel.id,
        )
        return {"ok": True, "home": shown, "channel": channel.id}

    async def add_person(self, request: Request) -> Json:
        name = request.text("name")
        if self._workspace.user_named(name):
            raise Refusal("name_taken", f"There is somebody called {name} already.", 409)
        user = User(
            id=self._workspace.ids.make("U"),
            name=name,
            real_name=request.text("real_name", name.capitalize()),
            email=request.text("email", f"{name}@example.com"),
            updated=self._workspace.seconds(),
        )
        self._remember(_changed(user, request.body), "team_join")
        return {"ok": True, "user": user.id}

    async def change_person(self, request: Request) -> Json:
        user = _changed(request.user(), request.body)
        self._remember(replace(user, updated=self._workspace.seconds()), "user_change")
        return {"ok": True, "user": user.id}

    def _remember(self, user: User, kind: str) -> None:
        self._workspace.users[user.id] = user
        event = {"type": kind, "user": user_json(user, self._workspace)}
        self._workspace.tell(Change(type="user", user=user.id, event=event))

    async def uninstall(self, _request: Request) -> Json:
        """Remove the app: its tokens stop working and it is told so."""
        credentials, bot = self._world.credentials, self._workspace.team.bot_user_id
        credentials.uninstall()
        self._feed.send({"type": "app_uninstalled"})
        self._feed.send({"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [bot]}})
        return {"ok": True}


def _changed(user: User, wanted: Json) -> User:
    known = {field.name for field in fields(User)}
    parts = {name: wanted[name] for name in CHANGEABLE if name in wanted and name in known}
    if "tz" in parts and parts["tz"] not in available_timezones():
        raise Refusal("invalid_request", f"There is no time zone {parts['tz']}.")
    return replace(user, **parts)
