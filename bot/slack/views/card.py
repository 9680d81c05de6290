"""The status card in an incident's channel."""

from bot.slack import blocks as b
from bot.slack.text import literal, moment
from bot.slack.views import parts
from core.views import IncidentCard

SHOWN_DESCRIPTION = 900
SHOWN_UPDATE = 1_200


def incident_card(card: IncidentCard) -> b.Message:
    if card.incident.deleted_at:
        return deleted(card)
    blocks = [
        parts.title(card.incident),
        parts.facts(card),
        *parts.windows(card),
        *_description(card),
        *_latest_update(card),
        *parts.buttons(card.incident),
        b.context(_origin(card), parts.changed(card.incident)),
    ]
    return b.Message(text=parts.sentence(card), blocks=blocks)


def deleted(card: IncidentCard) -> b.Message:
    """What is left to say: nothing of what it said before."""
    return b.notice(f"{card.incident.reference} was deleted.")


def _description(card: IncidentCard) -> list[b.Block]:
    text = card.incident.description
    return [b.section(b.plain(text, SHOWN_DESCRIPTION))] if text else []


def _latest_update(card: IncidentCard) -> list[b.Block]:
    update = card.latest_update
    if update is None or not update.text:
        return []
    who = literal(update.by.name, parts.SHOWN_NAME)
    heading = f"*Latest update* · {update.phase.value.capitalize()} · {who}, {moment(update.at)}"
    return [
        b.divider(),
        b.context(b.mrkdwn(heading)),
        b.section(b.plain(update.text, SHOWN_UPDATE)),
    ]


def _origin(card: IncidentCard) -> b.TextObject:
    incident = card.incident
    who = parts.person(card.creator) if card.creator else literal(incident.created_by_name, 200)
    return b.mrkdwn(f"Declared by {who or 'Tocsin'}")
