"""What Slack makes of what a person types: names become mentions, addresses become links."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sandbox.model.workspace import Workspace
from sandbox.validation.loose import BARE_HOST, MAIL, NAME, URL
from sandbox.validation.text import escape

BROADCASTS = ("here", "channel", "everyone")
STYLES = {"*": "bold", "_": "italic", "~": "strike"}
TOKEN = re.compile(
    rf"""
    (?P<fence>```(?:.|\n)+?```)
    | (?P<code>`[^`\n]+`)
    | (?P<link>{URL})
    | (?P<mail>{MAIL})
    | (?P<host>{BARE_HOST})
    | (?P<name>{NAME})
    | (?P<emoji>(?<!\w):[a-z0-9_+'-]+:(?!\w))
    | (?P<style>(?<![\w*_~])(?P<sign>[*_~])(?=\S)[^*_~\n]+?(?<=\S)(?P=sign)(?![\w*_~]))
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Some of what was typed: `kind` says what it is, `value` whom or what it names."""

    kind: str
    typed: str
    value: str = ""
    label: str = ""


def pieces(workspace: Workspace, text: str, *, typist: str = "") -> Iterator[Piece]:
    """The text cut into plain stretches and what Slack recognises in between."""
    end = 0
    for found in TOKEN.finditer(text):
        if found.start() > end:
            yield Piece(kind="text", typed=text[end : found.start()])
        yield from _recognise(workspace, found.lastgroup or "", found, typist)
        end = found.end()
    if end < len(text):
        yield Piece(kind="text", typed=text[end:])


def _recognise(
    workspace: Workspace, kind: str, found: re.Match[str], typist: str
) -> Iterator[Piece]:
    typed = found.group(0)
    match kind:
        case "link":
            yield Piece(kind="link", typed=typed, value=typed)
        case "mail":
            yield Piece(kind="link", typed=typed, value=f"mailto:{typed}", label=typed)
        case "host":
            yield Piece(kind="link", typed=typed, value=f"http://{typed}", label=typed)
        case "name":
            name = typed.rstrip(".-_")
            yield _mention(workspace, name, typist)
            if typed != name:
                yield Piece(kind="text", typed=typed.removeprefix(name))
        case "style":
            yield Piece(kind=STYLES[found["sign"]], typed=typed, value=typed[1:-1])
        case _:
            yield Piece(kind=kind, typed=typed, value=typed.strip("`:"))


def _mention(workspace: Workspace, typed: str, typist: str) -> Piece:
    name = typed[1:]
    if typed[0] == "#":
        channel = workspace.channel_named(name)
        if channel and (not channel.is_private or typist in channel.members):
            return Piece(kind="channel", typed=typed, value=channel.id, label=channel.name)
        return Piece(kind="text", typed=typed)
    user = workspace.user_named(name)
    if user and not user.deleted:
        return Piece(kind="user", typed=typed, value=user.id, label=user.name)
    if name in BROADCASTS:
        return Piece(kind="broadcast", typed=typed, value=name)
    for group in workspace.usergroups.values():
        if group.handle == name:
            return Piece(kind="usergroup", typed=typed, value=group.id, label=f"@{name}")
    return Piece(kind="text", typed=typed)


def escape_typed(workspace: Workspace, text: str, *, labels: bool, typist: str = "") -> str:
    """Escaped text with mentions; commands get labels (`<@U1|bob>`), messages do not."""
    return "".join(
        _written(workspace, piece, labels=labels, typist=typist)
        for piece in pieces(workspace, text, typist=typist)
    )


def _written(workspace: Workspace, piece: Piece, *, labels: bool, typist: str) -> str:
    label = f"|{piece.label}" if labels and piece.label else ""
    match piece.kind:
        case "user":
            return f"<@{piece.value}{label}>"
        case "channel":
            return f"<#{piece.value}|{piece.label}>"
        case "usergroup":
            return f"<!subteam^{piece.value}{label}>"
        case "broadcast":
            return f"<!{piece.value}>"
        case "link":
            shown = f"|{escape(piece.label)}" if piece.label else ""
            return f"<{escape(piece.value)}{shown}>"
        case "bold" | "italic" | "strike":
            sign = piece.typed[0]
            inner = escape_typed(workspace, piece.value, labels=labels, typist=typist)
            return f"{sign}{inner}{sign}"
    return escape(piece.typed)
