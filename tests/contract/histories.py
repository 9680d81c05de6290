"""Histories in which people moved, reworded and left out lines, and how they are read whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from bot.chronicles import Chronicles, Leaf
from core.domain.actor import Actor, Surface
from core.domain.chronicle import Line, every_line
from core.domain.events import EntryRevised, NoteAdded, SeverityChanged
from core.domain.ids import ChannelId, IncidentId, NoteId
from core.domain.kept_message import KeptMessage
from core.domain.severity import Severity
from core.domain.timeline_edit import TimelineEdit
from core.ports import RecordQuery
from tests.fakes.moment import NOON

ALICE = Actor(surface=Surface.SLACK, name="Alice Archer")
MINUTE = timedelta(minutes=1)
Logged = NoteAdded | SeverityChanged | EntryRevised


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Of the line with this number, those of the log first; None leaves it as it is."""

    line: int
    minute: int | None = None
    text: str | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What happened, as (minute, kind); the minutes of what was said; what was corrected."""

    happened: Sequence[tuple[int, int]]
    said: Sequence[int] = ()
    edits: Sequence[Edit] = ()


def drawn(random: Random, lines: int) -> History:
    """Many of the same moment, so that their order matters."""
    happened = [(random.randrange(9), random.randrange(6)) for _ in range(lines)]
    said = [random.randrange(9) for _ in range(random.randrange(6))]
    edited = random.sample(range(lines + len(said)), k=min(9, lines))
    edits = [
        Edit(
            line=line,
            minute=random.choice([None, random.randrange(9)]),
            text=random.choice([None, "In other words"]),
            hidden=random.random() < 0.3,
        )
        for line in edited
    ]
    return History(happened=happened, said=said, edits=edits)


def event(id: IncidentId, number: int, minute: int, kind: int) -> Logged:
    at = NOON + minute * MINUTE
    if kind == 0:
        return EntryRevised(by=ALICE, at=at, incident_id=id, line_id=f"ent_{number}")
    if kind == 1:
        low, high = Severity.LOW, Severity.HIGH
        return SeverityChanged(by=ALICE, at=at, incident_id=id, before=low, after=high)
    note = NoteId(f"nte_{number}")
    return NoteAdded(by=ALICE, at=at, incident_id=id, note_id=note, text=f"Number {number}")


def message(id: IncidentId, number: int, minute: int) -> KeptMessage:
    return KeptMessage(
        id=f"kmg_{number}_of_{id}",
        created_at=NOON,
        updated_at=NOON,
        incident_id=id,
        channel_id=ChannelId("C1"),
        ts=str(number),
        text=f"Said {number}",
        author="Bob Brook",
        said_at=NOON + minute * MINUTE,
        kept_by=("pin",),
    )


def correction(id: IncidentId, line_id: str, edit: Edit) -> TimelineEdit:
    return TimelineEdit(
        id=f"ted_{line_id}",
        created_at=NOON,
        updated_at=NOON,
        incident_id=id,
        line_id=line_id,
        text=edit.text,
        at=None if edit.minute is None else NOON + edit.minute * MINUTE,
        hidden=edit.hidden,
    )


async def whole(chronicles: Chronicles) -> list[Line]:
    """All of it folded at once, with what is left out."""
    reads, organization_id, id = chronicles.reads, chronicles.organization_id, chronicles.id
    query = RecordQuery(parent_id=id, limit=500)
    messages = await reads.records(organization_id, KeptMessage, query)
    edits = await reads.records(organization_id, TimelineEdit, query)
    entries = await reads.timeline(organization_id, id)
    return every_line(entries, messages.rows, edits.rows)


def leaf_before(lines: Sequence[Line], place: str, limit: int) -> Leaf:
    """Cut out of the whole."""
    shown = [line for line in lines if not line.hidden]
    end = next((n for n, line in enumerate(shown) if line.id == place), 0) or len(shown)
    start = max(end - limit, 0)
    left_out = len(lines) - len(shown)
    return Leaf(lines=shown[start:end], before=start, total=len(shown), left_out=left_out)


async def differences(chronicles: Chronicles) -> list[object]:
    """Whatever is not read the same in leaves as in the whole."""
    lines = await whole(chronicles)
    found: list[object] = []
    for limit in (1, 4):
        for place in ("", "ent_gone", *(line.id for line in lines)):
            read = await chronicles.newest(limit, place)
            if read != leaf_before(lines, place, limit):
                found.append((limit, place, read))
    for hidden_too in (False, True):
        shown = [line for line in lines if hidden_too or not line.hidden]
        for offset in range(len(shown) + 2):
            leaf = await chronicles.stretch(offset, 3, hidden_too=hidden_too)
            if (leaf.lines, leaf.total) != (shown[offset : offset + 3], len(shown)):
                found.append((offset, hidden_too, leaf))
    named = [await chronicles.line(line.id) for line in lines]
    hidden = [line for line in lines if line.hidden]
    left_out = await chronicles.left_out()
    return [
        *found,
        *([named] if named != lines else []),
        *([left_out] if left_out != hidden else []),
    ]
