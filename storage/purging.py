"""What need not be remembered for ever: delivered effects, old requests, triaged deliveries."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, select

from core.domain.webhook_delivery import DeliveryState
from core.ports import KEPT_DELIVERIES
from storage.session import EVERY, Draft
from storage.statements import deletion
from storage.tables import inbox, outbox, password_resets, processed, sessions, webhook_deliveries
from storage.types import UtcDateTime
from storage.writer import Writer

KEPT = timedelta(days=7)
"""As long as the documents promise that a repeated idempotency key is recognised."""

_before = bindparam("before", type_=UtcDateTime)
_newer = inbox.alias()
_oldest_kept = (
    select(_newer.c.id)
    .where(_newer.c.integration_id == inbox.c.integration_id)
    .order_by(_newer.c.id.desc())
    .limit(1)
    .offset(KEPT_DELIVERIES - 1)
    .correlate(inbox)
    .scalar_subquery()
)
_PURGES = (
    *(
        deletion(delete(table).where(column < _before), table)
        for table, column in (
            (outbox, outbox.c.settled_at),
            (processed, processed.c.at),
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
    deletion(delete(inbox).where(inbox.c.dealt_at < _before, inbox.c.id < _oldest_kept), inbox),
)
"""A webhook's delivery that was given up stays: a person may want to send it again.
Of every alert source the last deliveries stay, for whoever looks for what it sends."""


async def purge(writer: Writer, now: datetime) -> None:
    """Each in a transaction of its own, so that nobody waits for all of them."""
    for statement in _PURGES:

        async def work(draft: Draft) -> None:
            draft.stage(statement, {"before": now - KEPT}, ("purge", EVERY))  # noqa: B023

        await writer.submit(work)
