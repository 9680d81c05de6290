"""The composition root: the only package that knows every concrete class, the clock and chance."""

from bot.bootstrap.application import compose
from bot.bootstrap.database import (
    DatabaseState,
    PendingMigrations,
    administration,
    archive_of,
    bring_up_to_date,
    database_state,
)
from bot.bootstrap.moment import utc_now

__all__ = [
    "DatabaseState",
    "PendingMigrations",
    "administration",
    "archive_of",
    "bring_up_to_date",
    "compose",
    "database_state",
    "utc_now",
]
