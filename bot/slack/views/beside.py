"""What has to do with an incident, as card and announcement show it."""

from collections.abc import Sequence

from bot.slack import blocks as b
from bot.slack.text import channel_link, literal
from core.language import say
from core.views import IncidentCard, Neighbour

MOST_SHOWN = 5
LONGEST_TITLE = 120


def blocks(card: IncidentCard) -> list[b.Block]:
    """Nothing where nothing has to do with it."""
    lines = [*_merged(card), *_linked(card.related)]
    return [b.section(b.mrkdwn("\n".join(lines)))] if lines else []


def _merged(card: IncidentCard) -> list[str]:
    if card.incident.merged_into is None:
        return []
    other = card.merged_into
    if other is None:
        return [say("🔀 *Merged* into another incident, where it goes on.")]
    return [say("🔀 *Merged* into {other}, where it goes on.", other=_named(other))]


def _linked(related: Sequence[Neighbour]) -> list[str]:
    if not related:
        return []
    names = [_named(one) for one in related[:MOST_SHOWN]]
    left = len(related) - len(names)
    listed = ", ".join(names)
    if left:
        return [say("🔗 *Linked* to {listed} and {count} more", listed=listed, count=left)]
    return [say("🔗 *Linked* to {listed}", listed=listed)]


def _named(other: Neighbour) -> str:
    title = literal(other.title, LONGEST_TITLE)
    place = f" ({channel_link(other.channel_id)})" if other.channel_id else ""
    return f"{other.reference} “{title}”{place}"
