"""What somebody did in Slack, and what they get to read in answer."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.slack.blocks import Message, body_of, notice
from bot.slack.workspaces import Workspace
from core.domain.actor import Caller


@dataclass(frozen=True, slots=True, kw_only=True)
class Gesture:
    """A command, a press or a sent form. `key` makes what follows from it happen once."""

    workspace: Workspace
    user_id: str
    key: str
    channel_id: str = ""
    trigger_id: str = ""
    response_url: str = ""
    ephemeral: bool = False


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

    def payload(self) -> dict[str, Any]:
        return {
            "response_type": "ephemeral",
            "replace_original": self.replace,
            **body_of(self.message),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What a form remembers of how it was opened: about which incident, and where to answer."""

    incident_id: str = ""
    response_url: str = ""

    def packed(self) -> str:
        return json.dumps({"incident": self.incident_id, "answer": self.response_url})


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
    return Memory(
        incident_id=str(kept.get("incident", "")), response_url=str(kept.get("answer", ""))
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
    return Gesture(
        workspace=workspace,
        user_id=body["user"]["id"],
        key=f"slack:{body.get('trigger_id', '')}",
        channel_id=channel,
        trigger_id=body.get("trigger_id", ""),
        response_url=body.get("response_url", ""),
        ephemeral=bool(container.get("is_ephemeral")),
    )


def of_submission(body: Mapping[str, Any], workspace: Workspace) -> Gesture:
    view = body["view"]
    return Gesture(
        workspace=workspace,
        user_id=body["user"]["id"],
        key=f"slack:{view['id']}:{view.get('hash', '')}",
        response_url=unpacked(view.get("private_metadata", "")).response_url,
    )
