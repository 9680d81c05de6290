"""The timeline as one reader leafs through it, and the forms to write and to correct a line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.slack import blocks as b
from bot.slack.text import literal, plain_from_slack, units
from bot.slack.views.lists import RUN
from bot.slack.views.subject import Subject, subject_block
from bot.slack.views.submission import chosen_many, written
from bot.slack.views.submission import moment as picked
from bot.slack.views.timeline_lines import line_blocks
from core.domain.chronicle import Line
from core.domain.incident import Incident
from core.language import say, say_many

EDIT, HIDDEN, RESTORE = "timeline.edit", "timeline.hidden", "timeline.restore"
NOTE_FORM, LINE_FORM, KEEP_FORM = "timeline.note", "timeline.line", "timeline.keep_in"
TEXT, AT, CHANGES = "text", "at", "changes"
LEAVE_OUT, TAKE_BACK = "leave_out", "take_back"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelinePage:
    """`lines` in their order; `before` is how many stand before them, `after` how many behind.
    `place` is where the page begins anew, `left_out` how many lines are in no page."""

    lines: Sequence[Line]
    before: int = 0
    after: int = 0
    place: str = ""
    left_out: int = 0


def note_title() -> str:
    return say("Add a note")


def line_title() -> str:
    return say("Correct a line")


def keep_title() -> str:
    return say("Add to timeline")


def timeline_page(incident: Incident, page: TimelinePage, *, editable: bool) -> b.Message:
    heading = _heading(incident, page)
    buttons = [
        _button(say("Edit"), EDIT, incident, line, page.place) if editable else None
        for line in page.lines
    ]
    lines, turning = line_blocks(page.lines, buttons), _turning(incident, page, editable=editable)
    blocks = [b.section(b.plain(heading)), *lines, *turning]
    return b.Message(text=literal(heading), blocks=blocks)


def left_out_page(incident: Incident, page: TimelinePage) -> b.Message:
    heading = (
        say("What is left out of the timeline of {reference}.", reference=incident.reference)
        if page.lines
        else say(
            "Nothing is left out of the timeline of {reference}.", reference=incident.reference
        )
    )
    buttons = [_button(say("Put back"), RESTORE, incident, line, "") for line in page.lines]
    blocks = [b.section(b.plain(heading)), *line_blocks(page.lines, buttons)]
    if page.before:
        value = f"{incident.id} {page.lines[0].id}"
        earlier = b.button(say("Earlier"), action=HIDDEN, value=value)
        blocks.append(b.actions([earlier], id="timeline.left_out"))
    return b.Message(text=literal(heading), blocks=blocks)


def note_form(subject: Subject, memory: str) -> b.View:
    hint = say("What others should know, as it happened")
    field = b.Input(
        id=TEXT, label=say("Note"), element=b.text_input(multiline=True, hint=hint)
    ).block()
    blocks = [subject_block(subject), field]
    return b.form(note_title(), blocks, callback=NOTE_FORM, submit=say("Add"), memory=memory)


def line_form(incident: Incident, line: Line, memory: str) -> b.View:
    subject = b.context(b.plain(f"{incident.reference} · {incident.title}", 600))
    blocks = [subject, *_rewording(line), _time(line), _changes(line)]
    if line.original:
        said = say("It was written down as: {text}", text=line.original)
        blocks.append(b.context(b.plain(said, 1_900)))
    return b.form(line_title(), blocks, callback=LINE_FORM, submit=say("Save"), memory=memory)


def keep_form(subject: Subject, text: str, memory: str) -> b.View:
    """In which timeline a message of another channel is kept."""
    words = b.context(b.plain(plain_from_slack(text), 1_000))
    return b.form(
        keep_title(),
        [words, subject_block(subject)],
        callback=KEEP_FORM,
        submit=say("Add"),
        memory=memory,
    )


def noted(values: Mapping[str, Any]) -> str:
    return written(values, TEXT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """As filled in; `text` is None where the form did not ask for it."""

    text: str | None
    at: datetime | None
    leave_out: bool
    take_back: bool

    @property
    def filled(self) -> Mapping[str, Any]:
        return {TEXT: self.text, AT: self.at}


def corrected(values: Mapping[str, Any]) -> Correction:
    wanted = chosen_many(values, CHANGES)
    return Correction(
        text=written(values, TEXT) if TEXT in values else None,
        at=picked(values, AT),
        leave_out=LEAVE_OUT in wanted,
        take_back=TAKE_BACK in wanted,
    )


def pressed(value: str) -> tuple[str, str, str]:
    """Incident, line, and where the page began."""
    incident, line, place = (*value.split(" "), "", "")[:3]
    return incident, line, place


def changeable(line: Line) -> Mapping[str, Any]:
    """What of a line the form shows, as it shows it."""
    return {TEXT: line.text, AT: minute_of(line.at)}


def minute_of(at: datetime) -> datetime:
    """What a picker can show of it."""
    return at.replace(second=0, microsecond=0)


def _heading(incident: Incident, page: TimelinePage) -> str:
    count = page.before + len(page.lines) + page.after
    return say_many(
        "The timeline of {reference} has 1 line.",
        "The timeline of {reference} has {count} lines; the newest is the last.",
        count,
        reference=incident.reference,
    )


def _turning(incident: Incident, page: TimelinePage, *, editable: bool) -> list[b.Block]:
    line = f"timeline {incident.reference}"
    buttons = []
    if page.before:
        first = page.lines[0].id
        said = say("Earlier")
        buttons.append(b.button(said, action=f"{RUN}.earlier", value=f"{line} after {first}"))
    if page.after:
        buttons.append(b.button(say("Latest"), action=f"{RUN}.latest", value=line))
    if page.left_out and editable:
        said = say_many("Show 1 line left out", "Show {count} lines left out", page.left_out)
        buttons.append(b.button(said, action=HIDDEN, value=incident.id))
    return [b.actions(buttons, id="timeline.pages")] if buttons else []


def _button(label: str, action: str, incident: Incident, line: Line, place: str) -> b.Element:
    said = say("{label}: {text}", label=label, text=line.text)
    value = f"{incident.id} {line.id} {place}".strip()
    return b.button(label, action=action, value=value, said=said)


def _rewording(line: Line) -> list[b.Block]:
    """A field holds no more than Slack lets it; longer words stay as they are."""
    if units(line.text) > b.MAX_SECTION:
        return [b.context(b.plain(say("The words are too long to be corrected in a form.")))]
    element = b.text_input(multiline=True)
    field = b.Input(id=TEXT, label=say("What does the line say?"), element=element)
    return [field.starting_with(initial_value=line.text).block()]


def _time(line: Line) -> b.Block:
    field = b.Input(
        id=AT,
        label=say("When was it?"),
        element=b.moment_picker(),
        hint=say("In your own time zone; the line moves to its place by this time."),
    )
    return field.starting_with(initial_date_time=int(minute_of(line.at).timestamp())).block()


def _changes(line: Line) -> b.Block:
    leave = b.Choice(label=say("Leave this line out of the timeline"), value=LEAVE_OUT)
    back = b.Choice(label=say("As it was written down, without any correction"), value=TAKE_BACK)
    choices = [leave, *([back] if line.edited else [])]
    element = b.checkboxes(choices)
    label = say("Instead of correcting it")
    return b.Input(id=CHANGES, label=label, element=element, optional=True).block()
