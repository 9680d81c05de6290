"""One thing that stands in Slack says nothing of its incident any more.

That something is gone is believed where Slack says so of that very thing. Of what it only does not
let anybody change, it is looked whether it is there.
"""

import re

import structlog

from bot.slack.delivery.errand import IncidentErrand
from bot.slack.delivery.posting import LEFT, Poster, as_member
from bot.slack.failures import Refused
from bot.slack.shapes import Room
from bot.slack.shown_links import PREVIEW, shown_by
from bot.slack.views.following import withdrawn_line, withdrawn_words
from core.language import say
from core.ports import Posting, Undeliverable

CANVAS, FILE = "postmortem.canvas", "postmortem.file"
BEFORE = "postmortem.before"
"""The canvases that a channel had before the first attempt to write one there; it has no channel
once it is sure that none was written."""

MESSAGE = re.compile(r"\d+\.\d+")
"""How Slack names messages; what else is noted of an incident is no message."""

GONE = frozenset(
    {
        "cannot_find_message",
        "cannot_unfurl_message",
        "canvas_deleted",
        "canvas_not_found",
        "file_deleted",
        "file_not_found",
        "message_not_found",
    }
)
NOT_OURS = "cant_update_message"
"""Somebody deleted it, and its replies stayed; or another bot user than today's wrote it, and it
stands as it was."""

log = structlog.get_logger(__name__)


def kind_of(role: str) -> str:
    """What stands there, also where the incident went on elsewhere since."""
    return role.removeprefix(f"{LEFT}:").partition(":")[0]


def says_something(told: Posting) -> bool:
    kind = kind_of(told.role)
    if kind == PREVIEW:
        return bool(told.ts)
    return kind.startswith(CANVAS) or kind == FILE or bool(MESSAGE.fullmatch(told.ts))


async def canvases_since(errand: IncidentErrand, room: Room, before: Posting) -> list[str]:
    """What the channel has of canvases besides those that it had."""
    present = (await errand.gateway.channel(room)).canvases
    return sorted(present - set(before.ts.split()))


async def taken_back(errand: IncidentErrand, room: Room, told: Posting, archived: str = "") -> None:
    """It says no more than that there is nothing to be said; `archived` is why that cannot be.
    `Undeliverable` where it stays as it is, and why."""
    if archived and MESSAGE.fullmatch(told.ts):
        raise Undeliverable(archived)
    try:
        await _blotted(errand, room, told)
    except Refused as refused:
        if not await _is_gone(errand, room, told, refused.code):
            raise


async def left_behind(poster: Poster, errand: IncidentErrand, told: Posting) -> None:
    """What stands in a channel that the incident had before shall not lie, as far as Slack
    allows; of what is private nothing stays there."""
    await poster.leaving(errand, told)
    words = "" if errand.secret else say("This is shown elsewhere now.")
    try:
        await _blotted(errand, Room(id=told.channel_id), told, words)
    except Refused as refused:
        log.info("left_as_it_was", role=told.role, reason=str(refused))


async def _blotted(errand: IncidentErrand, room: Room, told: Posting, words: str = "") -> None:
    incident, gateway, kind = errand.card.incident, errand.gateway, kind_of(told.role)
    if kind.startswith(CANVAS):
        await gateway.rewrite_canvas(told.ts, words or withdrawn_words(incident))
    elif kind == FILE:
        await gateway.delete_file(told.ts, room)
    elif kind == PREVIEW:
        shown, blocks = shown_by(told), withdrawn_line(incident).blocks
        previews = dict.fromkeys(shown.links, blocks)
        await gateway.unfurl_anew(room, shown.ts, shown.unfurl_id, previews)
    elif MESSAGE.fullmatch(told.ts):
        await gateway.edit(room, told.ts, withdrawn_line(incident))


async def _is_gone(errand: IncidentErrand, room: Room, told: Posting, code: str) -> bool:
    if code != NOT_OURS:
        return code in GONE
    try:
        found = await as_member(errand, room, lambda: errand.gateway.message(room, told.ts))
    except Refused:
        return False  # nobody can tell
    return found is None or found.get("subtype") == "tombstone"
