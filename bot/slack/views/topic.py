"""The topic of an incident's channel."""

from bot.slack.text import literal
from bot.slack.views.words import status
from core.views import IncidentCard

MAX_TOPIC = 250


def topic(card: IncidentCard) -> str:
    """Escaped, as Slack stores it, within its limit; names are no mentions, nobody is notified."""
    incident = card.incident
    if incident.deleted_at:
        return f"{incident.reference} was deleted"
    who = literal(card.assignee.name, 80) if card.assignee else "nobody yet"
    state = status(incident.state, incident.phase)
    head = f"{incident.severity.label} | {state} | Assignee: {who} | "
    room = MAX_TOPIC - len(head) - len(incident.reference) - 1
    return f"{head}{incident.reference} {literal(incident.title, min(room, 120))}"
