"""Reduces a pasted log or stack trace to what matters; leaves plain sentences as they are.

Times, ids, addresses and numbers differ each time the same thing happens; so they are left out of
lines that a program wrote. A line that comes again is said once. First come the sentences of
people, then the exceptions, the root first, then errors, the first frames of own code, the rest.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from re import Match

from core.domain import log_shapes as shapes

MOST_READ = 20_000
MOST = 1_600
"""Characters that are left: what a model reads, and a little more."""
_LONGEST_LINE = 1_000
_MOST_LINE = 480
_MOST_FRAMES = 3
"""Frames of own code that are kept."""


class _Kind(IntEnum):
    """In the order in which lines matter."""

    PROSE = 0
    EXCEPTION = 1
    TROUBLE = 2
    FRAME = 3
    OTHER = 4
    FOREIGN_FRAME = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    kind: _Kind
    text: str
    root: bool = False


def condensed(text: str) -> str:
    """What matters of it, at most `MOST` characters. A question of a few words stays what it is."""
    read = text[:MOST_READ]
    raw = [" ".join(line.split()) for line in read.splitlines()]
    lines = _read(raw)
    if all(line.kind is _Kind.PROSE for line in lines):
        return _fitting(raw)
    return _fitting(_chosen(lines)) or _fitting(raw)


def to_embed(title: str, body: str) -> str:
    """The text that a document's vector is of."""
    return condensed(f"{title}\n{body}")


def _read(raw: Iterable[str]) -> list[_Line]:
    """A line right below a frame quotes the code; that is no sentence of anybody."""
    lines: list[_Line] = []
    quoted = False
    for text in raw:
        if not text or shapes.HEADER.match(text):
            quoted = False
            continue
        line = _line(text[:_LONGEST_LINE], text)
        if not (quoted and line.kind is _Kind.PROSE):
            lines.append(line)
        quoted = line.kind in (_Kind.FRAME, _Kind.FOREIGN_FRAME)
    return lines


def _chosen(lines: Iterable[_Line]) -> list[str]:
    """Each once, and only as many frames as say where it was."""
    own = (line for line in lines if line.text and line.kind is not _Kind.FOREIGN_FRAME)
    ordered = sorted(own, key=lambda line: (line.kind, not line.root))
    chosen: dict[str, None] = {}
    frames = 0
    for line in ordered:
        frames += line.kind is _Kind.FRAME
        if line.kind is not _Kind.FRAME or frames <= _MOST_FRAMES:
            chosen[line.text] = None
    return list(chosen)


def _line(read: str, whole: str) -> _Line:
    if shapes.FRAME.match(read):
        foreign = shapes.FOREIGN.search(read)
        kind = _Kind.FOREIGN_FRAME if foreign else _Kind.FRAME
        return _Line(kind=kind, text=_bare(shapes.FRAME_NOISE.sub(" ", read)))
    if shapes.EXCEPTION.match(read):
        root = bool(shapes.ROOT.match(read))
        return _Line(kind=_Kind.EXCEPTION, text=_masked(shapes.ROOT.sub("", read)), root=root)
    if _logged(read):
        kind = _Kind.TROUBLE if shapes.TROUBLE.search(read) else _Kind.OTHER
        return _Line(kind=kind, text=_masked(read))
    return _Line(kind=_Kind.PROSE, text=whole)


def _logged(read: str) -> bool:
    """A program wrote it: it begins with a time or a level, or has fields."""
    starts = shapes.TIME.match(read) or shapes.LEVEL.match(read.lstrip("["))
    later = shapes.TIME.search(read[:60]) and shapes.LEVEL.search(read[:90])
    return bool(starts or later or (read[0] == "{" and shapes.LEVEL_FIELD.search(read)))


def _masked(read: str) -> str:
    told = shapes.JSON_MESSAGE.findall(read) if read[0] == "{" else []
    masked = shapes.TIME.sub(" ", " ".join(told) or read)
    masked = shapes.MASKED.sub(" ", shapes.POD.sub(r"\1", masked))
    for noise in (shapes.THREAD, shapes.LEVEL_FIELD, shapes.LEVEL):
        masked = noise.sub(" ", masked)
    return _bare(shapes.COUNT.sub(_kept, masked))


def _kept(number: Match[str]) -> str:
    return number[0] if shapes.STATUS.fullmatch(number[0]) else " "


def _bare(text: str) -> str:
    bare = shapes.EDGES.sub(" ", shapes.EMPTY.sub(" ", text))
    return " ".join(bare.split())[:_MOST_LINE]


def _fitting(lines: Iterable[str]) -> str:
    kept: list[str] = []
    room = MOST
    for line in filter(None, lines):
        if room <= 0:
            break
        kept.append(line[:room])
        room -= len(line) + 1
    return "\n".join(kept)
