"""A workspace as JSON, and back."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sandbox.ids import IdSource
from sandbox.json_types import Json
from sandbox.model.channels import Bookmark, Channel, Note, Pin
from sandbox.model.files import File, Share
from sandbox.model.links import LinkShare
from sandbox.model.messages import Draft, Message, Reaction
from sandbox.model.people import Team, User, UserGroup
from sandbox.model.scheduled import Scheduled
from sandbox.model.views import View
from sandbox.model.workspace import Workspace

VERSION = 2
# Older ones lack tables, which are then empty.
READABLE = (1, VERSION)


def snapshot(workspace: Workspace) -> Json:
    return {
        "version": VERSION,
        "seed": workspace.ids.seed,
        "ids": workspace.ids.count,
        "last_ts": workspace.last_ts,
        "team": asdict(workspace.team),
        "users": _rows(workspace.users),
        "usergroups": _rows(workspace.usergroups),
        "channels": _rows(workspace.channels),
        "messages": [
            asdict(message) for room in workspace.messages.values() for message in room.values()
        ],
        "views": _rows(workspace.views),
        "stacks": {user: list(stack) for user, stack in workspace.stacks.items()},
        "homes": dict(workspace.homes),
        "files": _rows(workspace.files),
        "scheduled": _rows(workspace.scheduled),
        "link_shares": _rows(workspace.link_shares),
        "emoji": dict(workspace.emoji),
        "read_marks": [[*place, ts] for place, ts in workspace.read_marks.items()],
    }


def restore(workspace: Workspace, state: Json) -> None:
    """Put the workspace back to a snapshot; `ValueError` when it is not one of ours."""
    if not isinstance(state, dict) or state.get("version") not in READABLE:
        raise ValueError(f"A snapshot of version {VERSION} is needed.")
    # All is read before anything is changed, so that a broken snapshot changes nothing.
    parts = {
        "ids": IdSource(state["seed"], state["ids"]),
        "last_ts": int(state["last_ts"]),
        "team": Team(**state["team"]),
        "users": {row["id"]: User(**row) for row in state["users"]},
        "usergroups": {row["id"]: _usergroup(row) for row in state["usergroups"]},
        "channels": {row["id"]: _channel(row) for row in state["channels"]},
        "views": {row["id"]: View(**row) for row in state["views"]},
        "stacks": {user: tuple(stack) for user, stack in state["stacks"].items()},
        "homes": dict(state["homes"]),
        **_later_tables(state),
    }
    rows = [_message(row) for row in state["messages"]]
    rooms: dict[str, dict[str, Message]] = {row["id"]: {} for row in state["channels"]}
    if not rooms.keys() >= {row.channel for row in rows}:
        raise ValueError("Some messages are in no channel.")
    for name, part in parts.items():
        setattr(workspace, name, part)
    workspace.messages, workspace.threads = rooms, {}
    for row in rows:
        workspace.keep(row)


def _rows(table: Mapping[str, Any]) -> list[Json]:
    return [asdict(value) for value in table.values()]


def _later_tables(state: Json) -> dict[str, Any]:
    """What version 1 did not know."""
    return {
        "files": {row["id"]: _file(row) for row in state.get("files", ())},
        "scheduled": {row["id"]: _scheduled(row) for row in state.get("scheduled", ())},
        "link_shares": {
            row["id"]: LinkShare(**{**row, "urls": tuple(row["urls"])})
            for row in state.get("link_shares", ())
        },
        "emoji": dict(state.get("emoji", {})),
        "read_marks": {(channel, user): ts for channel, user, ts in state.get("read_marks", ())},
    }


def _file(row: Json) -> File:
    return File(**{**row, "shares": tuple(Share(**item) for item in row["shares"])})


def _scheduled(row: Json) -> Scheduled:
    lists = ("blocks", "attachments", "files")
    draft = row["draft"]
    draft = Draft(**{**draft, **{name: tuple(draft[name]) for name in lists}})
    return Scheduled(**{**row, "draft": draft})


def _usergroup(row: Json) -> UserGroup:
    lists = {"users": tuple(row["users"]), "channels": tuple(row.get("channels", ()))}
    return UserGroup(**{**row, **lists})


def _channel(row: Json) -> Channel:
    parts = {
        "topic": Note(**row["topic"]),
        "purpose": Note(**row["purpose"]),
        "members": tuple(row["members"]),
        "previous_names": tuple(row["previous_names"]),
        "bookmarks": tuple(Bookmark(**item) for item in row["bookmarks"]),
        "pins": tuple(Pin(**item) for item in row["pins"]),
    }
    return Channel(**{**row, **parts})


def _message(row: Json) -> Message:
    parts = {
        "blocks": tuple(row["blocks"]),
        "attachments": tuple(row["attachments"]),
        "files": tuple(row.get("files", ())),
        "reactions": tuple(
            Reaction(name=item["name"], users=tuple(item["users"])) for item in row["reactions"]
        ),
    }
    return Message(**{**row, **parts})
