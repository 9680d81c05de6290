"""canvases.* and conversations.canvases.create: documents that an app writes in Markdown.

Only whole documents are replaced; the sections of one have no ids here.
"""

from dataclasses import replace
from typing import Any

from sandbox.errors import SlackError
from sandbox.facts import limits
from sandbox.json_types import Json
from sandbox.model import canvasing
from sandbox.model.canvases import Canvas
from sandbox.model.channels import Channel
from sandbox.web_api.call import Call

LEVELS = (canvasing.READ, canvasing.WRITE, canvasing.OWNER)


def create(call: Call) -> Json:
    """By itself, or where the plan has no such canvases in a channel's tab."""
    _refuse_without(call)
    title, markdown = call.text("title"), _document(call, "canvas_creation_failed")
    if not call.text("channel_id"):
        if not call.world.preferences.is_paid:
            raise SlackError("free_teams_cannot_create_standalone_canvases")
        return _named(canvasing.write(call.workspace, call.caller, title, markdown))
    channel = _channel(call, "canvas_creation_failed")
    if _tab_of(call, channel):
        raise SlackError("free_team_canvas_tab_already_exists")
    return _named(canvasing.write(call.workspace, call.caller, title, markdown, channel.id))


def create_in_channel(call: Call) -> Json:
    _refuse_without(call)
    channel = _channel(call, "channel_canvas_creation_failed")
    markdown = _document(call, "canvas_creation_failed")
    if _tab_of(call, channel):
        is_paid = call.world.preferences.is_paid
        taken = (
            "channel_canvas_already_exists" if is_paid else "free_team_canvas_tab_already_exists"
        )
        raise SlackError(taken)
    title = call.text("title")
    return _named(canvasing.write(call.workspace, call.caller, title, markdown, channel.id))


def edit(call: Call) -> Json:
    """One change at a time, of the whole document."""
    _refuse_without(call)
    canvas = _find(call)
    if not canvas.channel and not call.world.preferences.is_paid:
        raise SlackError("free_teams_cannot_edit_standalone_canvases")
    changes: Any = call.json("changes", "canvas_editing_failed")
    if not isinstance(changes, list) or len(changes) != 1 or not isinstance(changes[0], dict):
        raise SlackError("canvas_editing_failed")
    changed = _changed(canvas, changes[0])
    if len(changed.markdown) > limits.CANVAS_CHARACTERS:
        raise SlackError("canvas_too_large")
    canvasing.keep(call.workspace, changed)
    return {}


def delete(call: Call) -> Json:
    _refuse_without(call, "canvas_deleting_disabled")
    canvas = _find(call)
    canvasing.keep(call.workspace, replace(canvas, is_deleted=True, markdown=""))
    return {}


def set_access(call: Call) -> Json:
    _refuse_without(call)
    level, canvas = call.text("access_level"), _find(call)
    channels, users = call.names("channel_ids"), call.names("user_ids")
    # An owner is one person; a channel or several people are none.
    if level not in LEVELS or bool(channels) is bool(users) or (level == "owner" and channels):
        raise SlackError("invalid_parameters")
    if any(name not in call.workspace.channels for name in channels):
        raise SlackError("channel_not_found")
    if any(name not in call.workspace.users for name in users):
        raise SlackError("user_not_found")
    canvasing.give(call.workspace, canvas, level, channels or users)
    return {}


def _refuse_without(call: Call, error: str = "canvas_disabled_user_team") -> None:
    """Neither a workspace without canvases nor its preferences let the app do this."""
    call.refuse_preferences()
    if not call.world.preferences.canvases:
        raise SlackError(error)


def _channel(call: Call, error: str) -> Channel:
    channel = call.workspace.channels.get(call.text("channel_id"))
    if channel is None or channel.is_archived or call.caller not in channel.members:
        raise SlackError(error)
    return channel


def _tab_of(call: Call, channel: Channel) -> Canvas | None:
    there = canvasing.standing_in(call.workspace, channel.id)
    return next((one for one in there if one.channel == channel.id), None)


def _document(call: Call, error: str) -> str:
    """What the canvas says; it may be empty."""
    if not call.text("document_content"):
        return ""
    return _markdown(call.json("document_content", error), error)


def _markdown(given: Any, error: str) -> str:
    if not isinstance(given, dict) or given.get("type") != "markdown":
        raise SlackError(error)
    markdown = given.get("markdown", "")
    if not isinstance(markdown, str) or len(markdown) > limits.CANVAS_CHARACTERS:
        raise SlackError(error)
    return markdown


def _changed(canvas: Canvas, change: Json) -> Canvas:
    error, operation = "canvas_editing_failed", change.get("operation")
    if change.get("section_id"):
        raise SlackError(error)
    if operation == "rename":
        return replace(canvas, title=_markdown(change.get("title_content"), error))
    words = _markdown(change.get("document_content"), error)
    match operation:
        case "replace":
            return replace(canvas, markdown=words)
        case "insert_at_start":
            return replace(canvas, markdown=f"{words}\n\n{canvas.markdown}")
        case "insert_at_end":
            return replace(canvas, markdown=f"{canvas.markdown}\n\n{words}")
    raise SlackError(error)


def _find(call: Call) -> Canvas:
    canvas = call.workspace.canvases.get(call.text("canvas_id"))
    if canvas is None or canvas.is_deleted or canvas.user != call.caller:
        raise SlackError("canvas_not_found")
    return canvas


def _named(canvas: Canvas) -> Json:
    return {"canvas_id": canvas.id}
