"""bookmarks.*: links at the top of a channel."""

import re
from dataclasses import replace

from sandbox.errors import SlackError
from sandbox.facts import limits
from sandbox.json_types import Json
from sandbox.model.channels import Bookmark, Channel
from sandbox.model.gathering import set_bookmarks
from sandbox.model.wire import bookmark_json
from sandbox.web_api.call import Call
from sandbox.web_api.rooms import find_channel, places

EMOJI = re.compile(r":[a-z0-9_+'-]{1,100}:")


def add(call: Call) -> Json:
    if call.text("type") != "link":
        raise SlackError("invalid_bookmark_type")
    _check_parts(call)
    if not call.text("link"):
        raise SlackError("invalid_link")
    channel = _writable(call)
    if len(channel.bookmarks) >= limits.BOOKMARKS:
        raise SlackError("too_many_bookmarks")
    bookmark = Bookmark(
        id=call.workspace.ids.make("Bk"),
        title=call.text("title"),
        link=call.text("link"),
        emoji=call.text("emoji"),
        created=call.workspace.seconds(),
        updated_by=call.caller,
    )
    channel = set_bookmarks(call.workspace, channel, (*channel.bookmarks, bookmark))
    return {"bookmark": bookmark_json(bookmark, channel, call.workspace)}


def edit(call: Call) -> Json:
    _check_parts(call)
    channel = _writable(call)
    before = _find(call, channel)
    after = replace(
        before,
        title=call.text("title") or before.title,
        link=call.text("link") or before.link,
        emoji=call.text("emoji") if call.has("emoji") else before.emoji,
        updated=call.workspace.seconds(),
        updated_by=call.caller,
    )
    rows = tuple(after if row.id == before.id else row for row in channel.bookmarks)
    channel = set_bookmarks(call.workspace, channel, rows)
    return {"bookmark": bookmark_json(after, channel, call.workspace)}


def remove(call: Call) -> Json:
    channel = _writable(call)
    gone = _find(call, channel)
    rest = tuple(row for row in channel.bookmarks if row.id != gone.id)
    set_bookmarks(call.workspace, channel, rest)
    return {}


def list_bookmarks(call: Call) -> Json:
    channel = find_channel(call, "channel_id")
    rows = [bookmark_json(row, channel, call.workspace) for row in channel.bookmarks]
    return {"bookmarks": rows}


def _check_parts(call: Call) -> None:
    if len(call.text("title")) > limits.BOOKMARK_TITLE:
        raise call.invalid(f"title must be less than {limits.BOOKMARK_TITLE + 1} characters")
    link = call.text("link")
    if link and (len(link) > limits.BOOKMARK_LINK or not re.match(r"https?://\S+$", link)):
        raise SlackError("invalid_link")
    if call.text("emoji") and not EMOJI.fullmatch(call.text("emoji")):
        raise SlackError("invalid_emoji")


def _writable(call: Call) -> Channel:
    channel = find_channel(call, "channel_id")
    if call.caller not in channel.members or channel.is_archived:
        raise SlackError("permission_denied")
    call.refuse_preferences(*places(channel))
    return channel


def _find(call: Call, channel: Channel) -> Bookmark:
    wanted = call.text("bookmark_id")
    found = next((row for row in channel.bookmarks if row.id == wanted), None)
    if found is None:
        raise SlackError("not_found")
    return found
