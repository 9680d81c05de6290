"""What somebody did in Slack, and what they get to read in answer."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.slack.blocks import Message, body_of, notice
from bot.slack.workspaces import Workspace
from core.domain.actor import Caller


class NoTrigger(Exception):
    """A form is the answer, and Slack opens none for what was done: it must be pressed for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gesture:
    """A command, a press or a sent form. `key` makes what follows from it happen once. `home` is
    the month that the App Home shows and `asked` what is looked for there, for what was done in
    it; `home_hash` says which view of it."""

    workspace: Workspace
    user_id: str
    key: str
    channel_id: str = ""
    trigger_id: str = ""
    response_url: str = ""
    ephemeral: bool = False
    home: str = ""
    home_hash: str = ""
    asked: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A gesture and on whose behalf the core acts."""

    gesture: Gesture
    caller: Caller


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """For one person only. `replace` puts it in the place of the private message acted on."""

    message: Message
    replace: bool = False

    @property
    def sentence(self) -> str:
        """For where no message can be shown; only of a `reply`."""
        first = self.message.blocks[0] if self.message.blocks else {}
        return str((first.get("text") or {}).get("text") or self.message.text)

    def payload(self) -> dict[str, Any]:
        return {
            "response_type": "ephemeral",
            "replace_original": self.replace,
            **body_of(self.message),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What a form remembers of how it was opened: about which incident or window, with what in its
    fields (`bot.slack.maintenance.meanwhile`), and where to answer."""

    incident_id: str = ""
    maintenance_id: str = ""
    shown: Mapping[str, str] = field(default_factory=dict)
    response_url: str = ""
    home: str = ""

    def packed(self) -> str:
        kept = {
            "incident": self.incident_id,
            "maintenance": self.maintenance_id,
            "shown": self.shown,
            "answer": self.response_url,
            "home": self.home,
        }
        told = {name: value for name, value in kept.items() if value}
        # Slack counts what it is sent: letters outside ASCII are one each, not six.
        return json.dumps(told, ensure_ascii=False).encode(errors="replace").decode()


def reply(sentence: str, *, replace: bool = False) -> Reply:
    return Reply(message=notice(sentence), replace=replace)


def unpacked(private_metadata: str) -> Memory:
    """Nothing, for a form of another version."""
    try:
        kept = json.loads(private_metadata or "{}")
    except ValueError:
        return Memory()
    if not isinstance(kept, dict):
        return Memory()
    shown = kept.get("shown")
    return Memory(
        incident_id=str(kept.get("incident", "")),
        maintenance_id=str(kept.get("maintenance", "")),
        shown=shown if isinstance(shown, dict) else {},
        response_url=str(kept.get("answer", "")),
        home=str(kept.get("home", "")),
    )


def of_command(body: Mapping[str, Any], workspace: Workspace) -> Gesture:
    return Gesture(
        workspace=workspace,
        user_id=body["user_id"],
        key=f"slack:{body.get('trigger_id', '')}",
        channel_id=body.get("channel_id", ""),
        trigger_id=body.get("trigger_id", ""),
        response_url=body.get("response_url", ""),
    )


def of_action(body: Mapping[str, Any], workspace: Workspace) -> Gesture:
    container = body.get("container") or {}
    channel = (body.get("channel") or {}).get("id") or container.get("channel_id") or ""
    view = body.get("view") or {}
    home = view if view.get("type") == "home" else {}
    month, _, asked = (home.get("private_metadata") or "").partition(" ")
    return Gesture(
        workspace=workspace,
        user_id=body["user"]["id"],
        key=f"slack:{body.get('trigger_id', '')}",
        channel_id=channel,
        trigger_id=body.get("trigger_id", ""),
        response_url=body.get("response_url", ""),
        ephemeral=bool(container.get("is_ephemeral")),
        home=month,
        home_hash=home.get("hash") or "",
        asked=asked,
    )


def of_submission(body: Mapping[str, Any], workspace: Workspace) -> Gesture:
    view = body["view"]
    memory = unpacked(view.get("private_metadata", ""))
    return Gesture(
        workspace=workspace,
        user_id=body["user"]["id"],
        key=f"slack:{view['id']}:{view.get('hash', '')}",
        response_url=memory.response_url,
        home=memory.home,
    )


def of_opening(body: Mapping[str, Any], workspace: Workspace) -> Gesture:
    """Somebody looks at the App Home; what they saw last comes with it, if they ever did."""
    event = body["event"]
    view = event.get("view") or {}
    return Gesture(
        workspace=workspace,
        user_id=event["user"],
        key=f"slack:{body.get('event_id', '')}",
        home_hash=view.get("hash") or "",
    )


def of_event(body: Mapping[str, Any], workspace: Workspace) -> Gesture:
    """Something happened in a channel, on whosoever's account."""
    event = body["event"]
    return Gesture(
        workspace=workspace,
        user_id=str(event.get("user") or ""),
        key=f"slack:{body.get('event_id', '')}",
        channel_id=str(event.get("channel") or ""),
    )


def of_message(body: Mapping[str, Any], workspace: Workspace) -> Gesture:
    """Somebody wrote to Tocsin, or a link to it."""
    event = body["event"]
    return Gesture(
        workspace=workspace,
        user_id=event.get("user") or "",
        key=f"slack:{body.get('event_id', '')}",
        channel_id=event.get("channel") or "",
    )
