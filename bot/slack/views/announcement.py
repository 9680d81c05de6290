"""The message about an incident in the announcement channel."""

from collections.abc import Mapping

from bot.slack import blocks as b
from bot.slack.text import literal
from bot.slack.views import beside, offers, parts
from bot.slack.views.card import deleted
from core.domain.choice_words import labelled
from core.domain.incident_settings import Broadcast
from core.language import say
from core.views import IncidentCard

EVERYBODY: Mapping[Broadcast, str] = {
    Broadcast.NOBODY: "",
    Broadcast.HERE: "<!here>",
    Broadcast.CHANNEL: "<!channel>",
}
"""As Slack calls the people of a channel; only where the organisation wishes it."""


def announcement(card: IncidentCard, whom: Broadcast = Broadcast.NOBODY) -> b.Message:
    """`whom` it calls; an announcement that stands already calls nobody."""
    if card.incident.deleted_at:
        return deleted(card)
    called = EVERYBODY[whom]
    blocks = [
        *([b.section(b.mrkdwn(called))] if called else []),
        parts.title(card.incident),
        parts.facts(card, with_channel=True),
        *parts.remarks(card.incident),
        *parts.windows(card),
        *beside.blocks(card),
        *_news(card),
        *offers.buttons(card.incident),
        b.context(parts.changed(card.incident)),
    ]
    return b.Message(text=f"{called} {parts.sentence(card)}".strip(), blocks=blocks)


def calling(card: IncidentCard, whom: Broadcast) -> b.Message:
    """For everybody, when it became as bad as that only after it had been announced."""
    incident = card.incident
    sentence = say(
        "{reference} “{title}” is {severity} now.",
        reference=incident.reference,
        title=incident.title[:200],
        severity=incident.severity.label,
    )
    text = f"{EVERYBODY[whom]} {literal(sentence)}"
    return b.Message(text=text, blocks=[b.section(b.mrkdwn(text))])


def _news(card: IncidentCard) -> list[b.Block]:
    update = card.latest_update
    if update is None or not update.text:
        return []
    told = say("{phase}: {text}", phase=labelled(update.phase), text=update.text)
    return [b.section(b.plain(told, 400))]
