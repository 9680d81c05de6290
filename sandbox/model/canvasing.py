"""Canvases over their life: written, changed, shared, deleted."""

from collections.abc import Iterable
from dataclasses import replace

from sandbox.model.canvases import Canvas
from sandbox.model.changes import Change
from sandbox.model.workspace import Workspace

READ, WRITE, OWNER = "read", "write", "owner"


def write(workspace: Workspace, user: str, title: str, markdown: str, channel: str = "") -> Canvas:
    """A new one; whoever is in its channel may change it."""
    now = workspace.seconds()
    made = Canvas(
        id=workspace.ids.make("F"),
        user=user,
        title=title,
        markdown=markdown,
        created=now,
        updated=now,
        channel=channel,
        access=((channel, WRITE),) if channel else (),
    )
    return keep(workspace, made)


def keep(workspace: Workspace, canvas: Canvas) -> Canvas:
    """As it is from now on; pages that show one of its channels look again."""
    kept = replace(canvas, updated=workspace.seconds())
    workspace.canvases[kept.id] = kept
    for place, _ in kept.access:
        if place in workspace.channels:
            workspace.tell(Change(type="channel", channel=place))
    return kept


def give(workspace: Workspace, canvas: Canvas, level: str, places: Iterable[str]) -> Canvas:
    wanted = {place: level for place in places}
    others = [one for one in canvas.access if one[0] not in wanted]
    return keep(workspace, replace(canvas, access=(*others, *wanted.items())))


def standing_in(workspace: Workspace, channel: str) -> list[Canvas]:
    """Those that whoever is in the channel may read: the one of its tab first."""
    rows = [
        canvas
        for canvas in workspace.canvases.values()
        if not canvas.is_deleted and any(place == channel for place, _ in canvas.access)
    ]
    return sorted(rows, key=lambda canvas: canvas.channel != channel)
