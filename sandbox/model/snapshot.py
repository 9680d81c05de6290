"""A workspace as JSON, and back."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from sandbox.ids import IdSource
from sandbox.json_types import Json
from sandbox.model.canvases import Canvas
from sandbox.model.channels import Channel
from sandbox.model.files import File
from sandbox.model.links import LinkShare
from sandbox.model.messages import Message
from sandbox.model.people import Team, User, UserGroup
from sandbox.model.rows import as_list, as_object, row_of, table_of, value_of
from sandbox.model.scheduled import Scheduled
from sandbox.model.views import View
from sandbox.model.wholeness import require_whole
from sandbox.model.workspace import Workspace

VERSION = 2
# Older ones lack tables, which are then empty.
READABLE = (1, VERSION)
LATER = ("canvases", "files", "scheduled", "link_shares")
TABLES: Mapping[str, type[Any]] = {
    "users": User,
    "usergroups": UserGroup,
    "channels": Channel,
    "views": View,
    "files": File,
    "canvases": Canvas,
    "scheduled": Scheduled,
    "link_shares": LinkShare,
}
# Of a read mark: channel, person, time.
MARK_PARTS = 3


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
        "canvases": _rows(workspace.canvases),
        "scheduled": _rows(workspace.scheduled),
        "link_shares": _rows(workspace.link_shares),
        "emoji": dict(workspace.emoji),
        "read_marks": [[*place, ts] for place, ts in workspace.read_marks.items()],
    }


def restore(workspace: Workspace, state: Json) -> None:
    """Put the workspace back to a snapshot; `ValueError` when it is not one of ours.

    Ids and times go on from where they are: an app that has seen one must never see it again for
    something else.
    """
    if not isinstance(state, dict) or state.get("version") not in READABLE:
        raise ValueError(f"A snapshot of version {VERSION} is needed")
    # All is read before anything is changed, so that a broken snapshot changes nothing.
    given = _parts_of(state)
    rows = [
        row_of(Message, row, f"messages[{index}]")
        for index, row in enumerate(as_list(state.get("messages"), "messages"))
    ]
    require_whole(given, rows)
    ids = max(value_of(int, state.get("ids"), "ids"), workspace.ids.count)
    last_ts = max(value_of(int, state.get("last_ts"), "last_ts"), workspace.last_ts)
    workspace.ids = IdSource(value_of(int, state.get("seed"), "seed"), ids)
    workspace.last_ts = last_ts
    for name, part in given.items():
        setattr(workspace, name, part)
    workspace.messages, workspace.threads = {channel: {} for channel in given["channels"]}, {}
    for row in rows:
        workspace.keep(row)


def _rows(table: Mapping[str, Any]) -> list[Json]:
    return [asdict(value) for value in table.values()]


def _parts_of(state: Json) -> dict[str, Any]:
    """The tables of a workspace; those of `LATER` version 1 did not know."""
    rows = {name: state.get(name, ()) for name in LATER} | state
    tables = {name: table_of(kind, rows.get(name), name) for name, kind in TABLES.items()}
    return tables | {
        "team": row_of(Team, state.get("team"), "team"),
        "stacks": {
            user: value_of(tuple[str, ...], stack, f"stacks.{user}")
            for user, stack in as_object(state.get("stacks"), "stacks").items()
        },
        "homes": _texts(state.get("homes"), "homes"),
        "emoji": _texts(state.get("emoji", {}), "emoji"),
        "read_marks": dict(_marks(state.get("read_marks", ()))),
    }


def _texts(given: Any, where: str) -> dict[str, str]:
    return {
        name: value_of(str, text, f"{where}.{name}")
        for name, text in as_object(given, where).items()
    }


def _marks(given: Any) -> Iterator[tuple[tuple[str, str], str]]:
    for index, row in enumerate(as_list(given, "read_marks")):
        mark = value_of(tuple[str, ...], row, f"read_marks[{index}]")
        if len(mark) != MARK_PARTS:
            raise ValueError(f"read_marks[{index}] is a channel, a person and a time")
        channel, user, ts = mark
        yield (channel, user), ts
