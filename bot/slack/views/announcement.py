"""The message about an incident in the announcement channel."""

from bot.slack import blocks as b
from bot.slack.views import parts
from bot.slack.views.card import deleted
from core.views import IncidentCard


def announcement(card: IncidentCard) -> b.Message:
    if card.incident.deleted_at:
        return deleted(card)
    blocks = [
        parts.title(card.incident),
        parts.facts(card, with_channel=True),
        *parts.windows(card),
        *_news(card),
        *parts.buttons(card.incident),
        b.context(parts.changed(card.incident)),
    ]
    return b.Message(text=parts.sentence(card), blocks=blocks)


def _news(card: IncidentCard) -> list[b.Block]:
    update = card.latest_update
    if update is None or not update.text:
        return []
    return [b.section(b.plain(f"{update.phase.value.capitalize()}: {update.text}", 400))]
