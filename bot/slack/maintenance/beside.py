"""Tells whoever planned or extended a window what else takes place on its services then."""

from bot.slack.maintenance.times import period
from core.language import say
from core.views import MaintenanceCard, Overlap

MOST_OVERLAPS = 5


def overlaps_told(card: MaintenanceCard, zone: str) -> str:
    """A sentence to go on with; empty where there is nothing else."""
    others = [_overlap(one, zone) for one in card.overlaps[:MOST_OVERLAPS]]
    if not others:
        return ""
    if more := len(card.overlaps) - len(others):
        others.append(say("and {more} more", more=more))
    return " " + say("Mind that it overlaps {others}.", others="; ".join(others))


def _overlap(one: Overlap, zone: str) -> str:
    return say(
        "on {services} {reference} “{title}”, {times}",
        services=say(" and ").join(one.services),
        reference=one.reference,
        title=one.title[:80],
        times=period(one.scheduled_start_at, one.scheduled_end_at, zone).rpartition(" (")[0],
    )
