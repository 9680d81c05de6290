"""The history of an incident as people read it: what happened, what was said, as it was corrected.

The log of what happened stays as it was written. A message that somebody kept stands at the time
at which it was said; a correction gives a line other words, another time, or leaves it out.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Protocol, TypeAlias

from core.domain import events as e
from core.domain.ids import EntryId
from core.domain.kept_message import KeptMessage
from core.domain.narration import narrate
from core.domain.timeline_edit import TimelineEdit
from core.domain.wording import times_in


class LineKind(StrEnum):
    CHANGE = "change"
    UPDATE = "update"
    NOTE = "note"
    ALERT = "alert"
    MESSAGE = "message"
    """A message of the channel that somebody kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """`text` is a sentence, or what a message says; `author` a name. `files` are names. `original`
    is what it would say without its correction; `moved` when it would stand elsewhere. `times` are
    named in `text`, in UTC."""

    id: str
    at: datetime
    kind: LineKind
    text: str
    author: str
    link: str = ""
    files: tuple[str, ...] = ()
    original: str = ""
    moved: bool = False
    hidden: bool = False
    times: tuple[datetime, ...] = ()

    @property
    def edited(self) -> bool:
        return self.moved or bool(self.original)


Place: TypeAlias = tuple[datetime, int]
"""By time; of the same moment as it was written, and what people said after what happened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedLine:
    place: Place
    line: Line


class Happened(Protocol):
    """One entry of the log."""

    @property
    def id(self) -> EntryId: ...

    @property
    def at(self) -> datetime: ...

    @property
    def event(self) -> e.Event: ...

    @property
    def number(self) -> int:
        """What was written later has a greater one."""


UNREAD: tuple[type[e.Event], ...] = (
    e.MessageKept,
    e.MessageDropped,
    e.EntryRevised,
    e.ReminderDue,
    e.ReminderPutOff,
    e.EffectBuried,
)
"""What the log says of the history itself, or what only kept people going."""

_SAID = 2**62
"""Greater than the number of any entry, and small enough for a column of numbers."""

_ALERTS: tuple[type[e.Event], ...] = (
    e.AlertsFired,
    e.AlertsCleared,
    e.AlertsFlapping,
    e.AlertsSteady,
    e.AlertDismissed,
    e.AlertSplit,
)


def chronicle(
    entries: Iterable[Happened],
    messages: Iterable[KeptMessage] = (),
    edits: Iterable[TimelineEdit] = (),
) -> list[Line]:
    """Everything to be read, by time; of the same moment in the order in which it was written."""
    return [line for line in every_line(entries, messages, edits) if not line.hidden]


def every_line(
    entries: Iterable[Happened],
    messages: Iterable[KeptMessage] = (),
    edits: Iterable[TimelineEdit] = (),
) -> list[Line]:
    """The same with what was left out."""
    return [one.line for one in placed_lines(entries, messages, edits)]


def placed_lines(
    entries: Iterable[Happened],
    messages: Iterable[KeptMessage] = (),
    edits: Iterable[TimelineEdit] = (),
) -> list[PlacedLine]:
    """The same with their places. To know that of a message takes all of them."""
    corrections = {one.line_id: one for one in edits}
    written = [
        *((one.number, _of_entry(one)) for one in entries if not isinstance(one.event, UNREAD)),
        *((_SAID + number, _of_message(one)) for number, one in enumerate(messages)),
    ]
    read = [(number, _corrected(line, corrections.get(line.id))) for number, line in written]
    placed = [PlacedLine(place=(line.at, number), line=line) for number, line in read]
    return sorted(placed, key=lambda one: one.place)


def _of_entry(entry: Happened) -> Line:
    event = entry.event
    return Line(
        id=entry.id,
        at=entry.at,
        kind=_kind_of(event),
        text=narrate(event),
        author=event.by.name,
        times=times_in(event),
    )


def _of_message(message: KeptMessage) -> Line:
    return Line(
        id=message.id,
        at=message.said_at,
        kind=LineKind.MESSAGE,
        text=message.text,
        author=message.author,
        link=message.permalink,
        files=message.files,
    )


def _corrected(line: Line, edit: TimelineEdit | None) -> Line:
    if edit is None:
        return line
    reworded = edit.text is not None and edit.text != line.text
    return replace(
        line,
        at=edit.at or line.at,
        text=line.text if edit.text is None else edit.text,
        original=line.text if reworded else "",
        times=() if reworded else line.times,
        moved=edit.at is not None and edit.at != line.at,
        hidden=edit.hidden,
    )


def _kind_of(event: e.Event) -> LineKind:
    match event:
        case e.UpdatePosted():
            return LineKind.UPDATE
        case e.NoteAdded():
            return LineKind.NOTE
        case _:
            return LineKind.ALERT if isinstance(event, _ALERTS) else LineKind.CHANGE
