"""Deliveries that waited: what they say is collapsed to what is true now.

After a downtime the inbox holds alerts and their ends, one behind the other. What begins in such a
backlog waits a little for its end, which may be the next thing in it, before it calls anybody.
"""

from datetime import datetime, timedelta

from core.ports import UnitOfWork

LATE = timedelta(minutes=5)
"""A delivery that waited longer than this is one of a backlog."""

HELD_IN_A_BACKLOG = timedelta(seconds=15)
"""So long it waits at least; and until what came before it was held is out of the inbox."""


def is_late(received_at: datetime | None, now: datetime) -> bool:
    return received_at is not None and now - received_at > LATE


async def dealt_with_until(uow: UnitOfWork, now: datetime) -> datetime:
    """Holds that end by then may end: what had come that while before their end has been dealt
    with, and their own end was not in it."""
    oldest = await uow.deliveries.oldest_waiting()
    return now if oldest is None else min(now, oldest + HELD_IN_A_BACKLOG)
