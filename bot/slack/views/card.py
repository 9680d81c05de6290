"""The status card in an incident's channel."""

from bot.slack import blocks as b
from bot.slack.text import literal, moment
from bot.slack.views import beside, offers, particulars, parts
from core.domain.choice_words import labelled
from core.language import say
from core.views import IncidentCard

SHOWN_DESCRIPTION = 900
SHOWN_UPDATE = 1_200


def incident_card(card: IncidentCard) -> b.Message:
    if card.incident.deleted_at:
        return deleted(card)
    blocks = [
        parts.title(card.incident),
        parts.facts(card),
        *parts.remarks(card.incident),
        *parts.windows(card),
        *beside.blocks(card),
        *_description(card),
        *particulars.blocks(card),
        *_latest_update(card),
        *offers.buttons(card.incident),
        b.context(_origin(card), parts.changed(card.incident)),
    ]
    return b.Message(text=parts.sentence(card), blocks=blocks)


def deleted(card: IncidentCard) -> b.Message:
    """What is left to say: nothing of what it said before."""
    return b.notice(say("{reference} was deleted.", reference=card.incident.reference))


def _description(card: IncidentCard) -> list[b.Block]:
    text = card.incident.description
    return [b.section(b.plain(text, SHOWN_DESCRIPTION))] if text else []


def _latest_update(card: IncidentCard) -> list[b.Block]:
    update = card.latest_update
    if update is None or not update.text:
        return []
    heading = say(
        "*Latest update* · {phase} · {who}, {at}",
        phase=labelled(update.phase),
        who=literal(update.by.name, parts.SHOWN_NAME),
        at=moment(update.at),
    )
    return [
        b.divider(),
        b.context(b.mrkdwn(heading)),
        b.section(b.plain(update.text, SHOWN_UPDATE)),
    ]


def _origin(card: IncidentCard) -> b.TextObject:
    incident = card.incident
    who = parts.person(card.creator) if card.creator else literal(incident.created_by_name, 200)
    return b.mrkdwn(say("Declared by {who}", who=who or "Tocsin"))
