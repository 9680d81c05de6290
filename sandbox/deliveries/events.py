"""Which changes become events for the app, and their envelope."""

from collections.abc import Iterator

from sandbox.deliveries.courier import Courier
from sandbox.facts.events import (
    EVENT_SCOPES,
    SCOPES_BY_FAMILY,
    VISIBLE_ANYWHERE,
    VISIBLE_WITHOUT_MEMBERSHIP,
)
from sandbox.json_types import Json
from sandbox.model.changes import Change
from sandbox.model.message_wire import message_json
from sandbox.model.workspace import Workspace
from sandbox.world import World


class EventFeed:
    """Tells the app what it subscribed to, has the scope for, and can see."""

    def __init__(self, world: World, courier: Courier) -> None:
        self._world = world
        self._courier = courier

    def hear(self, change: Change) -> None:
        if change.event is None:
            return
        self.send(change.event, channel=change.channel)

    def send(self, event: Json, *, channel: str = "") -> None:
        for name, shown in subscribable(event, self._world.workspace):
            if self._wants(name, channel) and self._sees(name, channel):
                envelope = self.envelope(shown)
                delivery = self._courier.prepare("event", name, envelope)
                self._courier.start(self._courier.deliver_event(delivery))

    def _wants(self, name: str, channel: str) -> bool:
        if name not in self._world.app.events or name not in EVENT_SCOPES:
            return False
        granted = self._world.credentials.granted("bot")
        known = self._world.workspace.channels.get(channel)
        by_family = SCOPES_BY_FAMILY.get(name)
        if by_family and known:
            return by_family.get(known.family) in granted
        return not EVENT_SCOPES[name] or bool(EVENT_SCOPES[name] & granted)

    def _sees(self, name: str, channel: str) -> bool:
        known = self._world.workspace.channels.get(channel)
        if not channel or name in VISIBLE_ANYWHERE:
            return True
        if known is None:
            return False
        if name in VISIBLE_WITHOUT_MEMBERSHIP and not known.is_private:
            return True
        return self._world.workspace.team.bot_user_id in known.members

    def envelope(self, event: Json) -> Json:
        workspace = self._world.workspace
        team = workspace.team
        event = {**event, "event_ts": event.get("ts") or workspace.next_ts()}
        authorization = {
            "enterprise_id": None,
            "team_id": team.id,
            "user_id": team.bot_user_id,
            "is_bot": True,
            "is_enterprise_install": False,
        }
        return {
            "token": self._world.credentials.verification_token,
            "team_id": team.id,
            "context_team_id": team.id,
            "context_enterprise_id": None,
            "api_app_id": team.app_id,
            "event": event,
            "type": "event_callback",
            "event_id": workspace.ids.make("Ev"),
            "event_time": workspace.seconds(),
            "authorizations": [authorization],
            "is_ext_shared_channel": False,
            "event_context": f"4-{workspace.ids.hex(40)}",
        }


def subscribable(event: Json, workspace: Workspace) -> Iterator[tuple[str, Json]]:
    """The names under which an app may have subscribed to this, each with its form."""
    match event["type"]:
        case "message":
            yield from _message_events(event, workspace)
        case "user_change":
            changed = event | {"cache_ts": workspace.seconds()}
            yield "user_change", changed
            yield "user_profile_changed", changed | {"type": "user_profile_changed"}
        case name:
            yield name, event


def _message_events(event: Json, workspace: Workspace) -> Iterator[tuple[str, Json]]:
    family = workspace.channels[event["channel"]].family
    if event.get("subtype") == "thread_broadcast":
        root = workspace.message(event["channel"], event["thread_ts"])
        event = event | ({"root": message_json(root, workspace)} if root else {})
    yield f"message.{family}", event
    if _mentions_the_bot(event, workspace) and family != "im":
        parts = ("channel_type", "root", "parent_user_id")
        mention = {key: value for key, value in event.items() if key not in parts}
        yield "app_mention", mention | {"type": "app_mention"}


def _mentions_the_bot(event: Json, workspace: Workspace) -> bool:
    is_plain = event.get("subtype") in (None, "thread_broadcast", "file_share")
    bot = workspace.team.bot_user_id
    return is_plain and event.get("user") != bot and f"<@{bot}" in event.get("text", "")
