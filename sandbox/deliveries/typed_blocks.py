"""The rich text that Slack's own composer makes of a typed message."""

import re
from collections.abc import Iterator
from dataclasses import replace

from sandbox.deliveries.typing import Piece, escape_typed, pieces
from sandbox.json_types import Json
from sandbox.model.messages import Draft, Message
from sandbox.model.workspace import Workspace

QUOTED = re.compile(r"(?:^> ?.*(?:\n|$))+", re.MULTILINE)


def typed_draft(
    workspace: Workspace, channel: str, user: str, text: str, *, thread_ts: str = ""
) -> Draft:
    """A message as a person's client sends it: escaped text, and the same as rich text."""
    return Draft(
        channel=channel,
        user=user,
        text=escape_typed(workspace, text, labels=False, typist=user),
        blocks=(rich_text(workspace, text, typist=user),),
        thread_ts=thread_ts,
        client_msg_id=client_msg_id(workspace),
    )


def retyped(workspace: Workspace, message: Message, text: str) -> Message:
    """A person's message with other words, as their client sends an edit."""
    return replace(
        message,
        text=escape_typed(workspace, text, labels=False, typist=message.user),
        blocks=(rich_text(workspace, text, typist=message.user),),
        edited={"user": message.user, "ts": f"{workspace.seconds()}.000000"},
    )


def client_msg_id(workspace: Workspace) -> str:
    number = workspace.ids.hex(32)
    return "-".join((number[:8], number[8:12], number[12:16], number[16:20], number[20:]))


def rich_text(workspace: Workspace, text: str, *, typist: str = "") -> Json:
    """One `rich_text` block with sections, quotes and code."""
    elements: list[Json] = []
    for kind, part in _parts(text):
        elements += _lines(workspace, kind, part, typist)
    block_id = workspace.ids.hex(5)
    return {"type": "rich_text", "block_id": block_id, "elements": elements or [_section([])]}


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """Stretches of quoted lines, and of others."""
    end = 0
    for found in QUOTED.finditer(text):
        if found.start() > end:
            yield "rich_text_section", text[end : found.start()]
        quoted = re.sub(r"^> ?", "", found.group(0), flags=re.MULTILINE)
        yield "rich_text_quote", quoted.rstrip("\n")
        end = found.end()
    if end < len(text):
        yield "rich_text_section", text[end:]


def _lines(workspace: Workspace, kind: str, text: str, typist: str) -> list[Json]:
    elements: list[Json] = []
    inline: list[Json] = []
    for piece in pieces(workspace, text, typist=typist):
        if piece.kind != "fence":
            inline += _inline(workspace, piece, {}, typist)
            continue
        if inline:
            elements.append({"type": kind, "elements": inline})
        code = [{"type": "text", "text": piece.value.strip("\n")}]
        elements.append({"type": "rich_text_preformatted", "elements": code, "border": 0})
        inline = []
    if inline:
        elements.append({"type": kind, "elements": inline})
    return elements


def _section(elements: list[Json]) -> Json:
    return {"type": "rich_text_section", "elements": elements}


def _inline(
    workspace: Workspace, piece: Piece, style: dict[str, bool], typist: str
) -> Iterator[Json]:
    if piece.kind in ("bold", "italic", "strike"):
        for inner in pieces(workspace, piece.value, typist=typist):
            yield from _inline(workspace, inner, {**style, piece.kind: True}, typist)
        return
    if piece.kind == "code":
        style = {**style, "code": True}
    yield _element(piece) | ({"style": style} if style else {})


def _element(piece: Piece) -> Json:
    match piece.kind:
        case "user":
            return {"type": "user", "user_id": piece.value}
        case "channel":
            return {"type": "channel", "channel_id": piece.value}
        case "usergroup":
            return {"type": "usergroup", "usergroup_id": piece.value}
        case "broadcast":
            return {"type": "broadcast", "range": piece.value}
        case "emoji":
            return {"type": "emoji", "name": piece.value}
        case "link":
            label = {"text": piece.label} if piece.label else {}
            return {"type": "link", "url": piece.value} | label
        case "code":
            return {"type": "text", "text": piece.value}
    return {"type": "text", "text": piece.typed}
