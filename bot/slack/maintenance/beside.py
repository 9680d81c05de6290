"""Tells whoever planned or extended a window what else takes place on its services then."""

from bot.slack.maintenance.times import period
from core.views import MaintenanceCard

MOST_OVERLAPS = 5


def overlaps_told(card: MaintenanceCard, zone: str) -> str:
    """A sentence to go on with; empty where there is nothing else."""
    others = [
        f"on {' and '.join(one.services)} {one.reference} “{one.title[:80]}”, "
        f"{period(one.scheduled_start_at, one.scheduled_end_at, zone).rpartition(' (')[0]}"
        for one in card.overlaps[:MOST_OVERLAPS]
    ]
    more = len(card.overlaps) - len(others)
    rest = f"; and {more} more" if more else ""
    return f" Mind that it overlaps {'; '.join(others)}{rest}." if others else ""
