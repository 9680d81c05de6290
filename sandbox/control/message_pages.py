"""A part of what one person sees in a channel or a thread, for whoever does not want all of it."""

import re
from collections.abc import Mapping

from aiohttp import web

from sandbox.control.journal_routes import number_in
from sandbox.control.showing import message_json, messages_for
from sandbox.errors import Refusal
from sandbox.json_types import Json
from sandbox.model.channels import Channel
from sandbox.model.workspace import Workspace

# As every ts is of this form, they can be compared as texts.
TS = re.compile(r"\d{10}\.\d{6}")


def message_page(workspace: Workspace, channel: Channel, viewer: str, request: web.Request) -> Json:
    """From `since` on, older than `before`, the newest `limit` of them; oldest first."""
    limit, query = number_in(request, "limit"), request.query
    since, before = _ts_in(query, "since"), _ts_in(query, "before")
    older = [
        message
        for message in messages_for(workspace, channel, viewer, query.get("thread_ts", ""))
        if not before or message.ts < before
    ]
    shown = [message for message in older if message.ts >= since][-limit:]
    return {
        "messages": [message_json(workspace, message) for message in shown],
        "has_more": len(shown) < len(older),
    }


def _ts_in(query: Mapping[str, str], name: str) -> str:
    given = query.get(name, "")
    if given and not TS.fullmatch(given):
        sentence = f"`{name}` is the ts of a message, such as 1700000000.000100, not {given!r}."
        raise Refusal("invalid_request", sentence)
    return given
