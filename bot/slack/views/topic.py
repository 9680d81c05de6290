"""The topic of an incident's channel."""

from bot.slack.text import literal
from bot.slack.views.parts import is_rehearsal
from bot.slack.views.words import status
from core.language import say
from core.views import IncidentCard

MAX_TOPIC = 250


def topic(card: IncidentCard) -> str:
    """Escaped, as Slack stores it, within its limit; names are no mentions, nobody is notified."""
    incident = card.incident
    if incident.deleted_at:
        return say("{reference} was deleted", reference=incident.reference)
    head = say(
        "{severity} | {state} | Lead: {who} |",
        severity=incident.severity.label,
        state=status(incident),
        who=literal(card.assignee.name, 80) if card.assignee else say("nobody yet"),
    )
    head = f"{say('[TEST]')} {head}" if is_rehearsal(incident) else head
    room = MAX_TOPIC - len(head) - len(incident.reference) - 2
    return f"{head} {incident.reference} {literal(incident.title, min(room, 120))}"
