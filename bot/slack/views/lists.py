"""Several incidents at once, for one reader."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.slack import blocks as b
from bot.slack.grammar import Either
from bot.slack.places import place_of
from bot.slack.text import literal, moment
from bot.slack.views.rows import Line, carried, listed, typed
from bot.slack.views.words import marked_status, marked_title
from core.domain.service import Service
from core.domain.severity import Severity
from core.language import say, to_say
from core.views import IncidentPage, IncidentRow

RUN = "incident.run"
"""A button that carries a whole command line, as if it had been typed."""

MOST_SERVICES = 25
"""So many buttons stand in one block."""

LABELS: Mapping[str, str] = {
    "ack": to_say("Acknowledge"),
    "alerts": to_say("Alerts"),
    "assign": to_say("Assign"),
    "cancel": to_say("Cancel the incident"),
    "edit": to_say("Edit details"),
    "export": to_say("Export"),
    "lead": to_say("Lead"),
    "link": to_say("Link"),
    "merge": to_say("Merge"),
    "note": to_say("Add a note"),
    "postmortem": to_say("Postmortem"),
    "private": to_say("Who may know of it"),
    "reopen": to_say("Reopen"),
    "resolve": to_say("Resolve"),
    "role": to_say("Roles"),
    "service": to_say("Services"),
    "severity": to_say("Change the severity"),
    "show": to_say("Show"),
    "similar": to_say("Similar incidents"),
    "snooze": to_say("Snooze"),
    "subscribe": to_say("Subscribe"),
    "task": to_say("Add a task"),
    "tasks": to_say("Tasks"),
    "timeline": to_say("Timeline"),
    "unlink": to_say("Take the link away"),
    "unsubscribe": to_say("Unsubscribe"),
    "update": to_say("Update"),
}
"""What the button says that goes on with the command: one for each that is about an incident."""


def incident_list(
    page: IncidentPage, heading: str, typed: str = "list", after: str = ""
) -> b.Message:
    """A page at a time: `typed` asks for the first one, and `after` is where this one begins."""
    lines = [_line(row, say("Show"), f"show {row.reference}") for row in page.rows]
    message = listed(heading, lines, RUN)
    return replace(message, blocks=[*message.blocks, *_turning(page, typed, after)])


def which_incident(page: IncidentPage, verb: str, rest: str) -> b.Message:
    """The same command for each incident that could have been meant."""
    heading = say("Which incident? Choose one, or type “/incident {verb} INC-n”.", verb=verb)
    label = say(LABELS[verb])
    lines = [_line(row, label, typed(verb, row.reference, rest)) for row in page.rows]
    return listed(heading, lines, RUN)


def number_or_text(either: Either, action: str = RUN) -> b.Message:
    """Whether the number before what was typed is an incident's, or another thing's of `action`."""
    question = say(
        "Nothing is done yet: does the number name {reference}, or does your text begin with it?",
        reference=either.reference,
    )
    buttons = [
        b.button(
            say("It names {reference}", reference=either.reference),
            action=f"{action}.named",
            value=carried(either.named, 2),
        ),
        b.button(
            say("It belongs to the text"), action=f"{action}.told", value=carried(either.told, 1)
        ),
    ]
    words = [] if carried(either.told, 1) == either.told else _to_copy(either)
    offered = b.actions(buttons, id=f"{action}.number")
    return b.Message(text=question, blocks=[b.section(b.plain(question)), *words, offered])


def _to_copy(either: Either) -> list[b.Block]:
    """Slack keeps nothing of a typed command, and a button carries only so much."""
    text = either.named.split(" ", 2)[2]
    why = say("Your text is too long for a button: the form opens empty. Copy it from here.")
    return [b.context(b.plain(why)), *b.paragraphs(text)]


def which_service(services: Sequence[Service], before: str, after: str) -> b.Message:
    """The same command for each service that could have been meant."""
    question, more = say("Which service?"), len(services) > MOST_SERVICES
    buttons = [
        b.button(one.name, action=f"{RUN}.{number}", value=f"{before} “{one.name}” {after}".strip())
        for number, one in enumerate(services[:MOST_SERVICES])
    ]
    left = say("{total} more are not shown.", total=len(services) - MOST_SERVICES)
    rest = [b.context(b.plain(left))] if more else []
    offered = b.actions(buttons, id="which.service")
    return b.Message(text=question, blocks=[b.section(b.plain(question)), offered, *rest])


def which_severity(before: str, after: str) -> b.Message:
    question = say("Which severity?")
    buttons = [
        b.button(one.label, action=f"{RUN}.{one}", value=f"{before} {one} {after}".strip())
        for one in Severity
    ]
    offered = b.actions(buttons, id="which.severity")
    return b.Message(text=question, blocks=[b.section(b.plain(question)), offered])


def _line(row: IncidentRow, label: str, typed: str) -> Line:
    who = literal(row.assignee_name, 100) if row.assignee_name else say("no lead yet")
    named = f"*{row.reference}* {marked_title(row, 300)}"
    text = (
        f"{named}\n{marked_status(row)} · {row.severity.label} · {who} · {moment(row.created_at)}"
    )
    return Line(reference=row.reference, title=row.title, text=text, label=label, typed=typed)


def _turning(page: IncidentPage, typed: str, after: str) -> list[b.Block]:
    buttons = [b.button(say("Newest"), action=f"{RUN}.newest", value=typed)] if after else []
    if page.more:
        older = f"{typed} after {place_of(page.rows[-1])}"
        buttons.append(b.button(say("Older"), action=f"{RUN}.older", value=older))
    return [b.actions(buttons, id="incident.pages")] if buttons else []
