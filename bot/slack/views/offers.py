"""What can be done about an incident from where it is shown: buttons, a menu, and the rest."""

from collections.abc import Mapping, Sequence

from bot.slack import blocks as b
from bot.slack.views.lists import RUN
from bot.slack.views.parts import ACKNOWLEDGE, ASSIGN_ME, REOPEN, RESOLVE, SEVERITY, UPDATE
from core.domain.incident import Incident
from core.domain.state import OVER, State
from core.language import say, to_say

MORE = "incident.more"
"""Its options carry command lines, but for one, which asks for all the rest."""

REST = "everything"
TOGETHER = {"link": "incident.link", "merge": "incident.merge"}
"""Of these two the incident they carry is the one it is about, not the other one."""

_ACTIVE: Mapping[str, str] = {
    "role": to_say("Roles"),
    "edit": to_say("Edit details"),
    "task": to_say("Add a task"),
    "note": to_say("Add a note"),
}
_OVER: Mapping[str, str] = {
    "postmortem": to_say("Postmortem"),
    "timeline": to_say("Timeline"),
    "tasks": to_say("Tasks"),
    "edit": to_say("Edit details"),
}
_REST: Sequence[Mapping[str, str]] = (
    {
        "timeline": to_say("Timeline"),
        "tasks": to_say("Tasks"),
        "alerts": to_say("Alerts"),
        "similar": to_say("Similar incidents"),
        "subscribe": to_say("Subscribe"),
    },
    {
        "service": to_say("Services"),
        "snooze": to_say("Snooze"),
        "private": to_say("Who may know of it"),
        "link": to_say("Link another incident"),
        "merge": to_say("Merge into another incident"),
    },
    {
        "postmortem": to_say("Postmortem"),
        "export": to_say("Export"),
        "cancel": to_say("Cancel the incident"),
    },
)
_WHILE_ACTIVE = frozenset({"snooze", "merge", "cancel"})


def buttons(incident: Incident) -> list[b.Block]:
    """What can be done from here; nothing for what is canceled or deleted."""
    offers = _offers(incident)
    return [b.actions(offers, id="incident.buttons")] if offers else []


def everything_else(incident: Incident) -> b.Message:
    """All that the buttons of the card leave out, each of them a command."""
    question = say("What would you like to do with {reference}?", reference=incident.reference)
    rows = [
        b.actions([_command(incident, verb, label) for verb, label in row], id=f"{MORE}.{place}")
        for place, row in enumerate(_fitting(incident))
        if row
    ]
    return b.Message(text=question, blocks=[b.section(b.plain(question)), *rows])


def _fitting(incident: Incident) -> list[list[tuple[str, str]]]:
    left_out = _WHILE_ACTIVE if incident.state in OVER else frozenset()
    return [[one for one in row.items() if one[0] not in left_out] for row in _REST]


def _command(incident: Incident, verb: str, label: str) -> b.Element:
    words = say(label)
    if verb in TOGETHER:
        return _button(incident, words, TOGETHER[verb])
    said = f"{words}: {incident.reference}"
    value = f"{verb} {incident.reference}"
    button = b.button(words, action=f"{RUN}.{verb}", value=value, said=said)
    return b.styled(button, "danger") if verb == "cancel" else button


def _offers(incident: Incident) -> Sequence[b.Element]:
    if incident.deleted_at:
        return []
    if incident.state in OVER:
        return _afterwards(incident) if incident.can_become(State.OPEN) else []
    first = (
        [b.styled(_button(incident, say("Acknowledge"), ACKNOWLEDGE), "primary")]
        if incident.can_become(State.ACKNOWLEDGED)
        else []
    )
    return [
        *first,
        _button(incident, say("Update"), UPDATE),
        _button(incident, say("Assign me"), ASSIGN_ME),
        _button(incident, say("Severity"), SEVERITY),
        b.styled(_button(incident, say("Resolve"), RESOLVE), "danger"),
        _menu(incident, _ACTIVE),
    ]


def _afterwards(incident: Incident) -> Sequence[b.Element]:
    return [_button(incident, say("Reopen"), REOPEN), _menu(incident, _OVER)]


def _menu(incident: Incident, verbs: Mapping[str, str]) -> b.Element:
    choices = [
        b.Choice(label=say(label), value=f"{verb} {incident.reference}")
        for verb, label in verbs.items()
    ]
    rest = b.Choice(label=say("More…"), value=f"{REST} {incident.id}")
    return b.overflow([*choices, rest], action=MORE)


def _button(incident: Incident, label: str, action: str) -> b.Element:
    said = f"{label}: {incident.reference}"
    return b.button(label, action=action, value=incident.id, said=said)
