"""Use cases on the calendar feed."""

from datetime import datetime
from typing import Any

from core import commands as c
from core.domain.actor import Permission
from core.domain.calendar_feed import CalendarFeed
from core.domain.events import RecordCreated, RecordDeleted
from core.permissions import require
from core.ports import UnitOfWork


async def open_feed(command: c.OpenCalendarFeed, uow: UnitOfWork, now: datetime) -> CalendarFeed:
    """Nobody gives away more than they may see themselves."""
    require(command.caller, Permission.READ_MAINTENANCES)
    feed = CalendarFeed(
        token_hash=command.token_hash,
        created_at=now,
        created_by=command.caller.actor.user_id,
    )
    return await uow.calendar_feeds.put(feed, because=RecordCreated(**_told(command, now)))


async def withdraw_feed(
    command: c.WithdrawCalendarFeed, uow: UnitOfWork, now: datetime
) -> CalendarFeed:
    feed = await uow.calendar_feeds.get()
    await uow.calendar_feeds.delete(because=RecordDeleted(**_told(command, now)))
    return feed


def _told(command: c.OpenCalendarFeed | c.WithdrawCalendarFeed, now: datetime) -> dict[str, Any]:
    """Nothing of the token, of which a history need not know."""
    return {
        "by": command.caller.actor,
        "at": now,
        "noun": CalendarFeed.NOUN,
        "record_id": command.caller.organization_id,
        "name": CalendarFeed.LABEL,
    }
