"""What card and announcement have in common."""

from bot.slack import blocks as b
from bot.slack.text import channel_link, literal, mention, moment, units
from bot.slack.views import particulars
from bot.slack.views.words import REHEARSED, marked_status, standing
from core.domain.incident import Incident
from core.domain.lasting import lasted
from core.domain.narration import spoken
from core.domain.state import OVER
from core.language import known, say
from core.views import IncidentCard, Person, WindowNote

ACKNOWLEDGE = "incident.acknowledge"
ASSIGN_ME = "incident.assign_me"
UPDATE = "incident.update"
SEVERITY = "incident.severity"
RESOLVE = "incident.resolve"
REOPEN = "incident.reopen"
"""Buttons, whose value is the incident."""

SHOWN_NAME = 200
MOST_WINDOWS = 3
MOST_PLAYERS = 10
PLAYERS_TEXT = 1_900


def sentence(card: IncidentCard) -> str:
    """The incident in one sentence, escaped, for notifications and screen readers."""
    incident = card.incident
    if incident.deleted_at:
        return say("{reference} was deleted.", reference=incident.reference)
    facts = {
        "reference": incident.reference,
        "title": literal(incident.title, 600),
        "state": standing(incident, into(card)),
        "severity": incident.severity.label,
    }
    told = (
        say(
            "{reference} “{title}” is {state}: {severity}, led by {who}.",
            who=literal(card.assignee.name, SHOWN_NAME),
            **facts,
        )
        if card.assignee
        else say("{reference} “{title}” is {state}: {severity}, nobody leads it yet.", **facts)
    )
    return say("This is a test: {told}", told=told) if is_rehearsal(incident) else told


def into(card: IncidentCard) -> str:
    """What it was merged into, for those who may know of that."""
    return card.merged_into.reference if card.merged_into else ""


def is_rehearsal(incident: Incident) -> bool:
    return incident.mode in REHEARSED


def title(incident: Incident) -> b.Block:
    return b.header(called(incident))


def called(incident: Incident) -> str:
    """Reference and title, with the mark of a test; not escaped."""
    named = {"reference": incident.reference, "title": incident.title}
    if is_rehearsal(incident):
        return say("[TEST] {reference} · {title}", **named)
    return say("{reference} · {title}", **named)


def facts(card: IncidentCard, *, with_channel: bool = False) -> b.Block:
    incident = card.incident
    lines = [
        _fact(say("Status"), marked_status(incident, into(card))),
        _fact(say("Severity"), incident.severity.label),
        _fact(say("Lead"), person(card.assignee) if card.assignee else say("Nobody yet")),
        *([_fact(say("Roles"), _players(card))] if card.players else []),
        _fact(say("Started"), moment(incident.created_at)),
    ]
    if with_channel and incident.channel_id:
        lines.append(_fact(say("Channel"), channel_link(incident.channel_id)))
    if incident.call_url:
        lines.append(_fact(say("Call"), particulars.call(incident.call_url)))
    if card.services:
        services = literal(", ".join(card.services.values()), 500)
        lines.append(_fact(say("Services"), services))
    if card.alerts:
        counted = say("{firing} of {alerts} firing", firing=card.firing, alerts=card.alerts)
        lines.append(_fact(say("Alerts"), counted))
    if incident.update_due_at and incident.active:
        lines.append(_fact(say("Next update"), moment(incident.update_due_at)))
    elif card.news_due:
        due = say("due by {at}", at=moment(card.news_due))
        lines.append(_fact(say("Next update"), due))
    if incident.state in OVER and (span := duration(incident)):
        lines.append(_fact(say("Lasted"), span))
    return b.fields(lines)


def remarks(incident: Incident) -> list[b.Block]:
    """What has to be known of it before anything is done: whether it is real, and for whom."""
    told = []
    if is_rehearsal(incident):
        told.append(say("🧪 This is a test or a drill: nobody is affected."))
    if incident.private:
        told.append(say("🔒 Private: only its members know of it."))
    return [b.context(*(b.plain(one) for one in told))] if told else []


def windows(card: IncidentCard) -> list[b.Block]:
    """The maintenance it began in: who planned it may know more."""
    lines = [b.mrkdwn(_window(note)) for note in card.windows[:MOST_WINDOWS]]
    left = len(card.windows) - MOST_WINDOWS
    more = [b.plain(say("🛠️ and {count} more windows", count=left))] if left > 0 else []
    return [b.context(*lines, *more)] if lines else []


def _window(note: WindowNote) -> str:
    values = {
        "reference": note.reference,
        "title": literal(note.title, 300),
        "until": moment(note.ends_at),
    }
    if note.running:
        return say("🛠️ During maintenance {reference} “{title}”, until {until}", **values)
    return say("🛠️ During maintenance {reference} “{title}”, which ended {until}", **values)


def person(somebody: Person) -> str:
    """A mention for who is in Slack, the name of anybody else."""
    if somebody.slack_user_id:
        return mention(somebody.slack_user_id)
    return literal(somebody.name, SHOWN_NAME)


def duration(incident: Incident) -> str:
    end = incident.resolved_at or incident.canceled_at or incident.closed_at
    return spoken(lasted(incident, end)) if end else ""


def changed(incident: Incident) -> b.TextObject:
    return b.mrkdwn(say("Last change {at}", at=moment(incident.updated_at)))


def _players(card: IncidentCard) -> str:
    """One line each, as many as a field holds."""
    lines = [
        f"{literal(known(one.role), 100)}: {person(one.person)}"
        for one in card.players[:MOST_PLAYERS]
    ]
    while sum(units(line) + 1 for line in lines) > PLAYERS_TEXT:
        lines.pop()
    left = len(card.players) - len(lines)
    return "\n".join([*lines, *([say("and {count} more", count=left)] if left > 0 else [])])


def _fact(name: str, value: str) -> str:
    return f"*{name}*\n{value}"
