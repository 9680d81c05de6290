"""Deliveries that waited: what they say is collapsed to what is true now.

After a downtime the inbox holds alerts and their ends, one behind the other. What begins in such a
backlog waits a little for its end, which may be the next thing in it, before it calls anybody.
"""

from datetime import datetime, timedelta

LATE = timedelta(minutes=5)
"""A delivery that waited longer than this is one of a backlog."""

HELD_IN_A_BACKLOG = timedelta(seconds=15)
"""So long its end may take to come out of the inbox."""


def is_late(received_at: datetime | None, now: datetime) -> bool:
    return received_at is not None and now - received_at > LATE
