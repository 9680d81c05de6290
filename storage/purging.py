"""What need not be remembered for ever: delivered effects, old requests, triaged deliveries."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete

from core.domain.webhook_delivery import DeliveryState
from storage.session import EVERY, Draft
from storage.statements import deletion
from storage.tables import inbox, outbox, password_resets, processed, sessions, webhook_deliveries
from storage.types import UtcDateTime
from storage.writer import Writer

KEPT = timedelta(days=7)
"""As long as the documents promise that a repeated idempotency key is recognised."""

_before = bindparam("before", type_=UtcDateTime)
_PURGES = (
    *(
        deletion(delete(table).where(column < _before), table)
        for table, column in (
            (outbox, outbox.c.settled_at),
            (processed, processed.c.at),
            (inbox, inbox.c.dealt_at),
            (sessions, sessions.c.expires_at),
            (password_resets, password_resets.c.expires_at),
        )
    ),
    deletion(
        delete(webhook_deliveries).where(
            webhook_deliveries.c.state == DeliveryState.DELIVERED,
            webhook_deliveries.c.settled_at < _before,
        ),
        webhook_deliveries,
    ),
)
"""A webhook's delivery that was given up stays: a person may want to send it again."""


async def purge(writer: Writer, now: datetime) -> None:
    """Each in a transaction of its own, so that nobody waits for all of them."""
    for statement in _PURGES:

        async def work(draft: Draft) -> None:
            draft.stage(statement, {"before": now - KEPT}, ("purge", EVERY))  # noqa: B023

        await writer.submit(work)
