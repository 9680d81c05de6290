"""The history of an incident as it is read: what happened, what was said, what was corrected."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from core.domain import events as e
from core.domain.actor import Actor, Surface
from core.domain.chronicle import Line, LineKind, chronicle, every_line
from core.domain.ids import ChannelId, EntryId, IncidentId, NoteId
from core.domain.kept_message import KeptMessage
from core.domain.timeline_edit import TimelineEdit
from core.views import TimelineEntry
from tests.fakes.moment import NOON

ALICE = Actor(surface=Surface.SLACK, name="Alice Archer")
ID = IncidentId("inc_1")
MINUTE = timedelta(minutes=1)


def entry(number: int, event: e.Event) -> TimelineEntry:
    return TimelineEntry(id=EntryId(f"ent_{number}"), at=event.at, event=event)


def acknowledged(minutes: int = 1) -> e.IncidentAcknowledged:
    return e.IncidentAcknowledged(by=ALICE, at=NOON + minutes * MINUTE, incident_id=ID)


def message(minutes: int, text: str = "It is the index") -> KeptMessage:
    return KeptMessage(
        id="kmg_1",
        created_at=NOON + 30 * MINUTE,
        updated_at=NOON + 30 * MINUTE,
        incident_id=ID,
        channel_id=ChannelId("C1"),
        ts="1",
        text=text,
        author="Bob Brook",
        said_at=NOON + minutes * MINUTE,
        permalink="https://slack.example.com/1",
        files=("graph.png",),
    )


def edit(line_id: str, **parts: Any) -> TimelineEdit:
    plain = TimelineEdit(
        id="ted_1", created_at=NOON, updated_at=NOON, incident_id=ID, line_id=line_id
    )
    return replace(plain, **parts)


def ids(lines: list[Line]) -> list[str]:
    return [line.id for line in lines]


def test_a_kept_message_stands_at_the_time_at_which_it_was_said() -> None:
    entries = [entry(1, acknowledged(1)), entry(2, acknowledged(10))]

    lines = chronicle(entries, [message(5)])

    assert ids(lines) == ["ent_1", "kmg_1", "ent_2"]
    assert lines[1] == Line(
        id="kmg_1",
        at=NOON + 5 * MINUTE,
        kind=LineKind.MESSAGE,
        text="It is the index",
        author="Bob Brook",
        link="https://slack.example.com/1",
        files=("graph.png",),
    )


def test_what_happened_is_narrated_in_the_order_in_which_it_was_written() -> None:
    note = e.NoteAdded(
        by=ALICE, at=NOON + MINUTE, incident_id=ID, note_id=NoteId("nte_1"), text="Odd"
    )

    lines = chronicle([entry(1, acknowledged(1)), entry(2, note)])

    assert [(line.kind, line.text) for line in lines] == [
        (LineKind.CHANGE, "Alice Archer acknowledged the incident."),
        (LineKind.NOTE, "Alice Archer noted: Odd"),
    ]


def test_what_the_log_says_of_the_history_itself_is_no_line() -> None:
    kept = e.MessageKept(
        by=ALICE,
        at=NOON,
        incident_id=ID,
        message_id="kmg_1",
        author="Bob Brook",
        text="It is the index",
        said_at=NOON,
    )
    revised = e.EntryRevised(by=ALICE, at=NOON, incident_id=ID, line_id="ent_1")

    lines = chronicle([entry(1, kept), entry(2, revised)], [message(5)])

    assert ids(lines) == ["kmg_1"]


def test_a_line_with_another_time_moves_to_its_place() -> None:
    entries = [entry(1, acknowledged(1)), entry(2, acknowledged(10))]

    lines = chronicle(entries, edits=[edit("ent_2", at=NOON)])

    assert ids(lines) == ["ent_2", "ent_1"]
    assert [line.edited for line in lines] == [True, False]


def test_a_line_with_other_words_says_them_and_remembers_its_own() -> None:
    [line] = chronicle([], [message(5)], [edit("kmg_1", text="It was the index")])

    assert (line.text, line.original) == ("It was the index", "It is the index")
    assert line.edited


def test_what_was_left_out_is_read_by_nobody_and_still_known() -> None:
    entries, edits = [entry(1, acknowledged())], [edit("ent_1", hidden=True)]

    assert chronicle(entries, edits=edits) == []
    assert [line.hidden for line in every_line(entries, edits=edits)] == [True]


def test_a_correction_of_what_is_gone_does_nothing() -> None:
    assert chronicle([], [], [edit("kmg_9", text="Gone")]) == []
