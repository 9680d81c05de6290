"""What card and announcement have in common."""

from collections.abc import Sequence

from bot.slack import blocks as b
from bot.slack.text import channel_link, literal, mention, moment
from bot.slack.views.words import marked_status
from core.domain.incident import Incident
from core.domain.narration import spoken
from core.domain.state import OVER, State
from core.views import IncidentCard, Person, WindowNote

ACKNOWLEDGE = "incident.acknowledge"
ASSIGN_ME = "incident.assign_me"
UPDATE = "incident.update"
RESOLVE = "incident.resolve"
REOPEN = "incident.reopen"

SHOWN_NAME = 200
MOST_WINDOWS = 3


def sentence(card: IncidentCard) -> str:
    """The incident in one sentence, escaped, for notifications and screen readers."""
    incident = card.incident
    if incident.deleted_at:
        return f"{incident.reference} was deleted."
    who = f"assigned to {person_name(card)}" if card.assignee else "nobody is assigned"
    title = literal(incident.title, 600)
    return f"{incident.reference} “{title}” is {incident.state}: {incident.severity.label}, {who}."


def person_name(card: IncidentCard) -> str:
    return literal(card.assignee.name, SHOWN_NAME) if card.assignee else "nobody"


def title(incident: Incident) -> b.Block:
    return b.header(f"{incident.reference} · {incident.title}")


def facts(card: IncidentCard, *, with_channel: bool = False) -> b.Block:
    incident = card.incident
    lines = [
        _fact("Status", marked_status(incident.state, incident.phase)),
        _fact("Severity", incident.severity.label),
        _fact("Assignee", person(card.assignee) if card.assignee else "Nobody yet"),
        _fact("Started", moment(incident.created_at)),
    ]
    if with_channel and incident.channel_id:
        lines.append(_fact("Channel", channel_link(incident.channel_id)))
    if card.services:
        lines.append(_fact("Services", literal(", ".join(card.services.values()), 500)))
    if card.alerts:
        lines.append(_fact("Alerts", f"{card.firing} of {card.alerts} firing"))
    if incident.state in OVER and (lasted := duration(incident)):
        lines.append(_fact("Lasted", lasted))
    return b.fields(lines)


def windows(card: IncidentCard) -> list[b.Block]:
    """The maintenance it began in: who planned it may know more."""
    lines = [b.mrkdwn(_window(note)) for note in card.windows[:MOST_WINDOWS]]
    left = len(card.windows) - MOST_WINDOWS
    more = [b.plain(f"🛠️ and {left} more windows")] if left > 0 else []
    return [b.context(*lines, *more)] if lines else []


def _window(note: WindowNote) -> str:
    until = "until" if note.running else "which ended"
    title = literal(note.title, 300)
    return f"🛠️ During maintenance {note.reference} “{title}”, {until} {moment(note.ends_at)}"


def person(somebody: Person) -> str:
    """A mention for who is in Slack, the name of anybody else."""
    if somebody.slack_user_id:
        return mention(somebody.slack_user_id)
    return literal(somebody.name, SHOWN_NAME)


def duration(incident: Incident) -> str:
    end = incident.resolved_at or incident.canceled_at or incident.closed_at
    return spoken(end - incident.created_at) if end else ""


def buttons(incident: Incident) -> list[b.Block]:
    """What can be done from here; nothing for what is canceled or deleted."""
    offers = _offers(incident)
    return [b.actions(offers, id="incident.buttons")] if offers else []


def changed(incident: Incident) -> b.TextObject:
    return b.mrkdwn(f"Last change {moment(incident.updated_at)}")


def _offers(incident: Incident) -> Sequence[b.Element]:
    if incident.deleted_at:
        return []
    if incident.state in OVER:
        return [_button(incident, "Reopen", REOPEN)] if incident.can_become(State.OPEN) else []
    first = (
        [b.styled(_button(incident, "Acknowledge", ACKNOWLEDGE), "primary")]
        if incident.can_become(State.ACKNOWLEDGED)
        else []
    )
    return [
        *first,
        _button(incident, "Assign me", ASSIGN_ME),
        _button(incident, "Update", UPDATE),
        _resolve(incident),
    ]


def _resolve(incident: Incident) -> b.Element:
    return b.confirmed(
        b.styled(_button(incident, "Resolve", RESOLVE), "danger"),
        title=f"Resolve {incident.reference}?",
        text="Everybody in its channel is told that it is over. It can be reopened.",
        yes="Resolve",
        no="Not yet",
    )


def _button(incident: Incident, label: str, action: str) -> b.Element:
    said = f"{label}: {incident.reference}"
    return b.button(label, action=action, value=incident.id, said=said)


def _fact(name: str, value: str) -> str:
    return f"*{name}*\n{value}"
