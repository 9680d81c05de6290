"""What a shared link to an incident or a maintenance shows below the message it is in."""

from dataclasses import replace

from bot.slack import blocks as b
from bot.slack.views import maintenance_parts, parts
from bot.slack.views.maintenance_card import sentence
from core.views import IncidentCard, MaintenanceCard


def incident_preview(card: IncidentCard) -> list[b.Block]:
    """As it stood when the link was shared: nobody presses anything here. What it was merged into
    may turn private, and nobody changes this then."""
    card = replace(card, merged_into=None)
    return [
        parts.title(card.incident),
        parts.facts(card, with_channel=True),
        *parts.remarks(card.incident),
        b.context(parts.changed(card.incident)),
    ]


def maintenance_preview(card: MaintenanceCard) -> list[b.Block]:
    window = card.maintenance
    return [
        b.header(f"{window.reference} · {window.title}"),
        b.section(b.mrkdwn(sentence(card))),
        b.context(b.mrkdwn(maintenance_parts.marked_state(window))),
    ]
