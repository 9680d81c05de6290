"""What people do with channels, the App Home and the app itself, below /_sandbox/act."""

from dataclasses import replace

from aiohttp import web

from sandbox.control.acts import Act, door
from sandbox.control.bounds import (
    require_free_name,
    require_guest_for,
    require_handle,
    require_inside,
    require_leave_for,
    require_open_room,
    require_room,
)
from sandbox.control.profiles import profile_in
from sandbox.control.reading import Request
from sandbox.deliveries.events import EventFeed
from sandbox.errors import Refusal
from sandbox.json_types import Json
from sandbox.model import gathering
from sandbox.model.changes import Change
from sandbox.model.people import User
from sandbox.model.wire import user_json, view_json
from sandbox.rights import require_full_member, require_present
from sandbox.web_api.leaving import uninstall
from sandbox.world import World


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
        require_free_name(self._workspace, name)
        private = bool(request.body.get("is_private"))
        channel = gathering.create_channel(self._workspace, name, user.id, private=private)
        return {"ok": True, "channel": channel.id}

    async def rename(self, request: Request) -> Json:
        user, channel, name = request.user(), request.channel(), request.text("name")
        require_full_member(user, "rename channels")
        require_open_room(channel)
        require_inside(channel, user)
        if channel.creator != user.id and not user.is_admin:
            sentence = "Only who made the channel, or an administrator, renames it."
            raise Refusal("not_authorized", sentence, 403)
        require_free_name(self._workspace, name)
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
        require_present(user)
        require_leave_for(channel, user)
        if user.id in channel.members:
            gathering.leave(self._workspace, channel, user.id)
        return {"ok": True}

    async def invite(self, request: Request) -> Json:
        user, channel = request.user(), request.channel()
        require_full_member(user, "invite others")
        require_open_room(channel)
        require_inside(channel, user)
        guests = request.people()
        for guest in guests:
            require_guest_for(guest)
        for guest in guests:
            if guest.id not in channel.members:
                channel = gathering.join(self._workspace, channel, guest.id, inviter=user.id)
        return {"ok": True}

    async def archive(self, request: Request) -> Json:
        user, channel = request.user(), request.channel()
        require_full_member(user, "archive channels")
        require_room(channel)
        if channel.is_general:
            raise Refusal("cant_archive_general", "The channel of everybody stays open.", 409)
        require_inside(channel, user)
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
        require_present(request.user())
        partner = request.person(request.text("with", bot))
        channel = gathering.open_direct(self._workspace, (request.user().id, partner.id))
        return {"ok": True, "channel": channel.id}

    async def open_home(self, request: Request) -> Json:
        """Look at the app: at its Home `tab`, or at its Messages tab."""
        user, tab = request.user(), request.text("tab", "home")
        require_present(user)
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
        require_handle(name)
        usual: Json = {"real_name": name.capitalize(), "email": f"{name}@example.com"}
        profile = usual | profile_in(request.body)
        if self._workspace.user_named(name):
            raise Refusal("name_taken", f"There is somebody called {name} already.", 409)
        user = User(
            id=self._workspace.ids.make("U"),
            name=name,
            updated=self._workspace.seconds(),
            **profile,
        )
        self._remember(user, "team_join")
        return {"ok": True, "user": user.id}

    async def change_person(self, request: Request) -> Json:
        user = replace(request.user(), **profile_in(request.body))
        self._remember(replace(user, updated=self._workspace.seconds()), "user_change")
        return {"ok": True, "user": user.id}

    def _remember(self, user: User, kind: str) -> None:
        # Whoever cannot be shown is not stored.
        event = {"type": kind, "user": user_json(user, self._workspace)}
        self._workspace.users[user.id] = user
        self._workspace.tell(Change(type="user", user=user.id, event=event))

    async def uninstall(self, _request: Request) -> Json:
        uninstall(self._world)
        return {"ok": True}
